//! What an executable promises beside its output: size, depth, bounded memory, and an orderly end whatever happens to
//! its streams, arguments and memory.

use cl_tests::harness::{self, Outcome, Trial};
use cl_tests::process::{End, Finished, Run};
use cl_tests::{clc, repository};
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

type Test = fn(&Path) -> Result<(), String>;

const TESTS: [(&str, Test); 25] = [
    ("hello world takes at most 380 KB stripped", hello_is_small),
    ("a clc that was copied alone builds programs", a_copied_clc_works),
    ("two builds give the same bytes", builds_are_reproducible),
    ("an executable runs where nothing else is", an_executable_is_alone),
    ("a program of twenty thousand lines", a_long_program),
    ("ten million frames are fine", ten_million_frames),
    ("recursion past the limit is an error that can be caught", the_stack_limit_is_an_error),
    ("memory that is dropped is given back", memory_is_given_back),
    ("a hundred thousand coroutines take little memory", many_coroutines),
    ("coroutines that are dropped half-way are freed", dropped_coroutines),
    ("a million frames in a coroutine, and a limit", deep_coroutines),
    ("goroutines do the same under a hundred schedules", many_schedules),
    ("goroutines do the same on any number of workers", any_number_of_workers),
    ("on one worker goroutines run first come, first served", first_come_first_served),
    ("a million goroutines take less than 1.5 KB each", a_million_goroutines),
    ("ten million messages", ten_million_messages),
    ("goroutines run while the main program waits for input", input_does_not_stop_goroutines),
    ("a program ends though a goroutine waits for input", input_does_not_stop_the_end),
    ("goroutines that could never go on are reported", leaks),
    ("running out of memory is an error message", out_of_memory_is_reported),
    ("a closed standard output ends a program in order", closed_output),
    ("a reader that goes away ends a program in order", a_reader_goes_away),
    ("a full disk is not silent", a_full_device),
    ("arguments that are not UTF-8 are no crash", arguments_that_are_not_utf8),
    ("input that is not UTF-8 is no crash", input_that_is_not_utf8),
];

fn main() -> ExitCode {
    let trials = TESTS.into_iter().enumerate().map(|(i, (name, test))| {
        Trial::one(name, move || {
            let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("executables-{i}"));
            // What an earlier run left.
            drop(fs::remove_dir_all(&folder));
            match fs::create_dir_all(&folder) {
                Ok(()) => Outcome::from(test(&folder)),
                Err(error) => Outcome::Failed(format!("{}: {error}", folder.display())),
            }
        })
    });
    harness::run(trials.collect())
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn expect(what: &str, condition: bool, done: &Finished) -> Result<(), String> {
    if condition {
        return Ok(());
    }
    let out = cl_tests::corpus::shorten(&text(&done.stdout), 300);
    Err(format!("expected {what}\ngot {:?}\noutput: {out}\nstandard error: {}", done.end, done.stderr))
}

/// Builds a program with a compiler; the executable's path.
fn build_with(clc: &Path, folder: &Path, program: &str) -> Result<PathBuf, String> {
    fs::write(folder.join("program.cl"), program).map_err(|error| error.to_string())?;
    let done = Run::new(clc).args(["build", "program.cl", "-o", "program"]).folder(folder).finish()?;
    expect("a build without errors", done.end == End::Exit(0), &done)?;
    Ok(folder.join("program"))
}

fn build(folder: &Path, program: &str) -> Result<PathBuf, String> {
    build_with(&clc::path(), folder, program)
}

fn size(path: &Path) -> Result<u64, String> {
    fs::metadata(path).map(|data| data.len()).map_err(|error| error.to_string())
}

fn hello_is_small(folder: &Path) -> Result<(), String> {
    let program = build(folder, "(print \"hello\")\n")?;
    let done = Run::new("strip").arg(&program).finish()?;
    expect("strip to work", done.end == End::Exit(0), &done)?;
    let size = size(&program)?;
    if size <= 380_000 { Ok(()) } else { Err(format!("{size} bytes")) }
}

fn a_copied_clc_works(folder: &Path) -> Result<(), String> {
    let copy = folder.join("clc-copy");
    fs::copy(clc::path(), &copy).map_err(|error| error.to_string())?;
    let program = build_with(&copy, folder, "(print \"built\" (sum (range 5)))\n")?;
    let done = Run::new(program).finish()?;
    expect("its output", done.stdout == b"built 10\n", &done)
}

fn builds_are_reproducible(folder: &Path) -> Result<(), String> {
    let source = fs::read_to_string(repository().join("examples/units.cl")).map_err(|error| error.to_string())?;
    let read = |path: &Path| fs::read(path).map_err(|error| error.to_string());
    let first = read(&build(folder, &source)?)?;
    let second = read(&build(folder, &source)?)?;
    if first == second { Ok(()) } else { Err("the executables differ".to_string()) }
}

/// In another folder, without an environment.
fn an_executable_is_alone(folder: &Path) -> Result<(), String> {
    let program = build(folder, "(print \"alone\" (string-upper \"é\"))\n")?;
    fs::remove_file(folder.join("program.cl")).map_err(|error| error.to_string())?;
    let done = Run::new("env").arg("-i").arg(&program).folder(Path::new("/")).finish()?;
    expect("its output", done.stdout == "alone É\n".as_bytes() && done.end == End::Exit(0), &done)
}

/// A program whose output does not depend on the schedule.
fn many_schedules(folder: &Path) -> Result<(), String> {
    let path = repository().join("tests/programs/concurrency/any_schedule");
    let read = |extension| fs::read_to_string(path.with_extension(extension)).map_err(|error| error.to_string());
    let (program, expected) = (build(folder, &read("cl")?)?, read("out")?);
    for seed in 1..=100 {
        let done = Run::new(&program).env("CL_SCHEDULE", &seed.to_string()).finish()?;
        expect(&format!("under schedule {seed}\n{expected}"), text(&done.stdout) == expected, &done)?;
    }
    Ok(())
}

fn any_number_of_workers(folder: &Path) -> Result<(), String> {
    for name in ["concurrency/races", "concurrency/scopes", "effects/captured"] {
        let path = repository().join("tests/programs").join(name);
        let read = |extension| fs::read_to_string(path.with_extension(extension)).map_err(|error| error.to_string());
        let (program, expected) = (build(folder, &read("cl")?)?, read("out")?);
        for (workers, collector) in [("1", ""), ("2", ""), ("3", "verify"), ("16", ""), ("4", "stress")] {
            let run = Run::new(&program).env("CL_WORKERS", workers).env("CL_GC", collector);
            let done = run.limit(Duration::from_secs(60)).finish()?;
            let what = format!("from {name} on {workers} workers, collector {collector:?}\n{expected}");
            expect(&what, text(&done.stdout) == expected, &done)?;
        }
    }
    Ok(())
}

fn first_come_first_served(folder: &Path) -> Result<(), String> {
    let program = "
(define c (chan 100))
(define gs (map (lambda (i) (go (send! c i) (time:sleep 0) (send! c (+ 10 i)) (send! c (+ 20 i)))) (range 3)))
(for-each (g gs) (concurrent:join g))
(print (map (lambda (_) (get (receive! c) \"value\")) (range 9)))
";
    let done = Run::new(build(folder, program)?).env("CL_WORKERS", "1").finish()?;
    expect("that order", text(&done.stdout) == "[0 1 2 10 20 11 21 12 22]\n", &done)
}

/// All wait for one gate, then each sends a number.
fn a_million_goroutines(folder: &Path) -> Result<(), String> {
    let program = "
(define gate (chan))
(define out (chan 1024))
(dotimes (i 1000000) (go (receive! gate) (send! out (rem i 2))))
(concurrent:close gate)
(print (loop ((i 0) (sum 0)) (if (= i 1000000) sum (recur (+ i 1) (+ sum (get (receive! out) \"value\"))))))
";
    with_peak(folder, program, "500000\n", 1_500_000)
}

fn ten_million_messages(folder: &Path) -> Result<(), String> {
    let program = "
(define (echo in out) (send! out (+ 1 (get (receive! in) \"value\"))) (echo in out))
(define (main)
  (let ((a (chan)) (b (chan)))
    (go (echo a b))
    (print (loop ((i 0) (v 0)) (if (= i 5000000) v (do (send! a v) (recur (+ i 1) (get (receive! b) \"value\"))))))))
";
    let done = Run::new(build(folder, program)?).limit(Duration::from_secs(60)).finish()?;
    expect("5000000", text(&done.stdout) == "5000000\n", &done)
}

/// The input comes from a program that ends when it is told that the goroutine ran.
fn input_does_not_stop_goroutines(folder: &Path) -> Result<(), String> {
    let program = "
(go (time:sleep 0.01) (io:write-file \"ran\" \"\"))
(print (read-line))
";
    build(folder, program)?;
    let script = "for i in $(seq 500); do [ -e ran ] && echo yes && exit; sleep 0.02; done";
    let run = Run::new("sh").args(["-c", &format!("({script}) | CL_WORKERS=2 ./program")]).folder(folder);
    let done = run.limit(Duration::from_secs(20)).finish()?;
    expect("yes", text(&done.stdout) == "yes\n", &done)
}

/// The input stays open. Whoever waits for it, the others end the program.
fn input_does_not_stop_the_end(folder: &Path) -> Result<(), String> {
    let waits = "(define (spin n) (if (= n 0) 0 (spin (- n 1))))";
    let ends = [
        // A goroutine ends it, while the main program waits.
        "(go (spin 1000000) (print \"end\") (io:exit 3))\n(read-line)",
        // The main program ends it, while a goroutine waits on the first worker.
        "(go (read-line))\n(time:sleep 0.02)\n(print \"end\")\n(io:exit 3)",
        "(go (read-line))\n(define (main) (time:sleep 0.02) (print \"end\") 3)",
        // The same, on another worker.
        "(go (spin 30000000) (go (read-line)))\n(spin 200000000)\n(print \"end\")\n(io:exit 3)",
    ];
    for end in ends {
        build(folder, &format!("{waits}\n{end}\n"))?;
        let script = "sleep 20 | (CL_WORKERS=2 ./program; echo $? > status; kill 0)";
        let started = std::time::Instant::now();
        drop(Run::new("setsid").args(["sh", "-c", script]).folder(folder).limit(Duration::from_secs(30)).finish()?);
        let status = fs::read_to_string(folder.join("status")).map_err(|error| error.to_string())?;
        if status.trim() != "3" || started.elapsed() > Duration::from_secs(15) {
            return Err(format!("exit status {status} after {:?} of {end}", started.elapsed()));
        }
        fs::remove_file(folder.join("status")).map_err(|error| error.to_string())?;
    }
    Ok(())
}

/// Those that wait for a channel that nobody else has; one that the program can still reach is none.
fn leaks(folder: &Path) -> Result<(), String> {
    let program = "
(define (forgotten) (go (receive! (chan))))
(dotimes (_ 3) (forgotten))
(define kept (chan))
(go (receive! kept))
(time:sleep 0.01)
(print \"end\")
";
    let done = Run::new(build(folder, program)?).env("CL_REPORT", "leaks").finish()?;
    let expected = "warning: leak: 3 goroutines, each waits to receive: go (program.cl:2:25)\n";
    expect(expected, text(&done.stdout) == "end\n" && done.stderr == expected, &done)
}

/// Four thousand functions, each of which calls the one before.
fn a_long_program(folder: &Path) -> Result<(), String> {
    let mut program = String::from("(define (f0 x y) (+ x y))\n");
    let mut expected: i64 = 3;
    for i in 1..4000 {
        let factor = i % 7 + 1;
        program.push_str(&format!(
            "\n(define (f{i} x y)\n  (let ((a (+ (f{} x y) {i}))\n        (b (* a {factor})))\n    (if (> b 1000000) (mod b 1009) b)))\n",
            i - 1
        ));
        expected = (expected + i) * factor;
        expected = if expected > 1_000_000 { expected % 1009 } else { expected };
    }
    program.push_str("(print (f3999 1 2))\n");
    let done = Run::new(build(folder, &program)?).finish()?;
    expect(&format!("{expected}"), text(&done.stdout) == format!("{expected}\n"), &done)
}

const DEEP: &str = "
(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))
(define (main args)
  (print (try (deep (parse-int (head args))) (catch (e) (get e \"type\"))))
  (print (deep 1000)))
";

fn ten_million_frames(folder: &Path) -> Result<(), String> {
    let done = Run::new(build(folder, DEEP)?).arg("10000000").limit(Duration::from_secs(60)).finish()?;
    expect("the depth", done.stdout == b"10000000\n1000\n", &done)
}

fn the_stack_limit_is_an_error(folder: &Path) -> Result<(), String> {
    let program = build(folder, DEEP)?;
    let done = Run::new(&program).arg("10000000").env("CL_STACK_MAX", "16M").finish()?;
    expect("a stack-overflow that is caught", done.stdout == b"stack-overflow\n1000\n", &done)
}

/// 100 MB are built and dropped a hundred times; the peak of resident memory is read from the kernel.
fn memory_is_given_back(folder: &Path) -> Result<(), String> {
    let program = build(
        folder,
        "
(define (round-of i) (length (map (lambda (x) (+ x i)) (range 2000000))))
(dotimes (i 100) (round-of i))
(for-each (line (string-lines (file-read \"/proc/self/status\")))
  (when (string-starts-with? line \"VmHWM\") (print (nth (string-words line) 1))))
",
    )?;
    if !Path::new("/proc/self/status").exists() {
        return Ok(());
    }
    let done = Run::new(program).limit(Duration::from_secs(120)).finish()?;
    let peak: Option<u64> = text(&done.stdout).trim().parse().ok();
    expect("at most 400 MB at the peak", peak.is_some_and(|kib| kib < 400_000), &done)
}

/// Prints the peak of resident memory, in KiB, where the kernel tells it.
const PRINT_PEAK: &str = "
(for-each (line (string-lines (file-read \"/proc/self/status\")))
  (when (string-starts-with? line \"VmHWM\") (print (nth (string-words line) 1))))
";

/// Runs a program that prints `expected`, then the peak of memory, which must be below a number of KiB.
fn with_peak(folder: &Path, program: &str, expected: &str, most: u64) -> Result<(), String> {
    if !Path::new("/proc/self/status").exists() {
        return Ok(());
    }
    let done = Run::new(build(folder, &format!("{program}{PRINT_PEAK}"))?).limit(Duration::from_secs(60)).finish()?;
    let output = text(&done.stdout);
    let peak = output.strip_prefix(expected).and_then(|peak| peak.trim().parse::<u64>().ok());
    expect(&format!("{expected} and at most {most} KiB"), peak.is_some_and(|peak| peak < most), &done)
}

/// 1.2 KB each, and a list of them.
fn many_coroutines(folder: &Path) -> Result<(), String> {
    let program = "
(import \"std/%coroutine\" (coroutine-new coroutine-resume coroutine-yield))
(define (counter start) (loop ((n start)) (recur (+ n (coroutine-yield n)))))
(define (started i) (let ((c (coroutine-new counter))) (coroutine-resume c i) c))
(define all (map started (range 100000)))
(define (sum v) (fold (lambda (sum c) (+ sum (coroutine-resume c v))) 0 all))
(print (sum 1) (sum 2))
";
    with_peak(folder, program, "5000050000 5000250000\n", 160_000)
}

/// A million, each with a stack that has grown, one garbage after the other.
fn dropped_coroutines(folder: &Path) -> Result<(), String> {
    let program = "
(import \"std/%coroutine\" (coroutine-new coroutine-resume coroutine-yield))
(define (deep n) (if (= n 0) (coroutine-yield 1) (+ 1 (deep (- n 1)))))
(print (loop ((i 0) (sum 0))
  (if (= i 1000000) sum (recur (+ i 1) (+ sum (coroutine-resume (coroutine-new deep) (rem i 100)))))))
";
    with_peak(folder, program, "1000000\n", 120_000)
}

const DEEP_COROUTINE: &str = "
(import \"std/%coroutine\" (coroutine-new coroutine-resume coroutine-yield))
(define (deep n) (if (= n 0) (do (coroutine-yield :bottom) []) (let ((mine (str n))) (cons mine (deep (- n 1))))))
(define (main args)
  (let ((c (coroutine-new deep)))
    (print (try (do (coroutine-resume c (parse-int (head args)))
                    (gc:collect)
                    (let ((items (coroutine-resume c nil))) (list (length items) (head items))))
                (catch (e) (get e \"type\"))))))
";

fn deep_coroutines(folder: &Path) -> Result<(), String> {
    let program = build(folder, DEEP_COROUTINE)?;
    let done = Run::new(&program).arg("1000000").limit(Duration::from_secs(60)).finish()?;
    expect("the depth", done.stdout == b"[1000000 \"1000000\"]\n", &done)?;
    let done = Run::new(&program).arg("1000000").env("CL_STACK_MAX", "16M").finish()?;
    expect("a stack-overflow that is caught", done.stdout == b"stack-overflow\n", &done)
}

const ENDLESS: &str = "
(print \"before\")
(define (grow kept i) (if (< i 0) kept (grow (cons (list i i i) kept) (+ i 1))))
(print (length (grow [] 0)))
";

fn out_of_memory_is_reported(folder: &Path) -> Result<(), String> {
    let program = build(folder, ENDLESS)?;
    let done = Run::new(&program).env("CL_HEAP_MAX", "64M").limit(Duration::from_secs(60)).finish()?;
    let orderly = |done: &Finished| {
        done.end == End::Exit(1) && done.stdout == b"before\n" && done.stderr.contains("out-of-memory")
    };
    expect("out-of-memory and status 1 at the heap's bound", orderly(&done), &done)?;
    // The kernel refuses memory before our own bound is reached.
    let script = "ulimit -v 3000000; exec \"$1\"";
    let done = Run::new("sh").args(["-c", script, "sh"]).arg(&program).limit(Duration::from_secs(60)).finish()?;
    expect("out-of-memory and status 1 where the kernel refuses memory", orderly(&done), &done)
}

const CHATTY: &str = "(dotimes (i 200000) (print \"line\" i))\n";

/// Runs a shell line in which `$1` is the program and which must print the program's status at its end.
fn status_in_shell(program: &Path, script: &str) -> Result<(Option<i32>, Finished), String> {
    let done = Run::new("sh").args(["-c", script, "sh"]).arg(program).finish()?;
    let status = text(&done.stdout).lines().last().and_then(|line| line.trim().parse().ok());
    Ok((status, done))
}

fn closed_output(folder: &Path) -> Result<(), String> {
    let program = build(folder, CHATTY)?;
    let (status, done) = status_in_shell(&program, "\"$1\" >&-; echo $?")?;
    expect("status 0 or 1", status.is_some_and(|status| status <= 1), &done)
}

fn a_reader_goes_away(folder: &Path) -> Result<(), String> {
    let program = build(folder, CHATTY)?;
    let script = "{ \"$1\"; echo $? >\"$1.status\"; } | head -n 1; cat \"$1.status\"";
    let (status, done) = status_in_shell(&program, script)?;
    expect("the first line", text(&done.stdout).starts_with("line 0\n"), &done)?;
    expect("no signal but that of a closed pipe", status.is_some_and(|status| status <= 1 || status == 141), &done)
}

fn a_full_device(folder: &Path) -> Result<(), String> {
    if !Path::new("/dev/full").exists() {
        return Ok(());
    }
    let program = build(folder, CHATTY)?;
    let (status, done) = status_in_shell(&program, "\"$1\" >/dev/full; echo $?")?;
    expect("status 1 and a message", status == Some(1) && !done.stderr.is_empty(), &done)
}

#[cfg(unix)]
fn arguments_that_are_not_utf8(folder: &Path) -> Result<(), String> {
    use std::os::unix::ffi::OsStringExt;
    let program = build(folder, "(define (main args) (print (length args)) (print (map string-length args)) 0)\n")?;
    let bad = OsString::from_vec(vec![b'a', 0xff, b'b']);
    let done = Run::new(&program).arg(&bad).arg("fine").finish()?;
    expect("an orderly end", matches!(done.end, End::Exit(0 | 1)), &done)?;
    let done = Run::new(clc::path()).args(["run", "program.cl"]).arg(&bad).folder(folder).finish()?;
    expect("an orderly end under clc run", matches!(done.end, End::Exit(0..=2)), &done)
}

#[cfg(not(unix))]
fn arguments_that_are_not_utf8(_: &Path) -> Result<(), String> {
    Ok(())
}

fn input_that_is_not_utf8(folder: &Path) -> Result<(), String> {
    let program = build(
        folder,
        "
(print \"before\")
(define line (try (read-line) (catch (e) (get e \"type\"))))
(print (string-length line))
",
    )?;
    let done = Run::new(&program).input(b"ab\xff\xfe\n".to_vec()).finish()?;
    expect("an orderly end", matches!(done.end, End::Exit(0 | 1)) && done.stdout.starts_with(b"before\n"), &done)
}
