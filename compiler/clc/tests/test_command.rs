//! `clc test`: what it runs, what it says, its exit statuses.

mod common;

use common::{Folder, clc, stderr, stdout};
use serde_json::Value;

const IMPORT: &str = "(import \"std/test\" (test property assert assert= assert-error))\n";

fn project(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    for (name, text) in files {
        folder.file(name, format!("{IMPORT}{text}"));
    }
    folder
}

/// The events of a run with `--format json`, and its exit status.
fn events(folder: &Folder, args: &[&str]) -> (Vec<Value>, Option<i32>) {
    let output = clc(&folder.0, ["test", "--format", "json", "--seed", "1"].iter().chain(args));
    let lines = stdout(&output);
    let events = lines.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect();
    (events, output.status.code())
}

/// (name, status) of each test.
fn verdicts(events: &[Value]) -> Vec<(&str, &str)> {
    let tests = events.iter().filter(|e| e["event"] == "test");
    tests.map(|e| (e["name"].as_str().unwrap(), e["status"].as_str().unwrap())).collect()
}

#[test]
fn tests_run_without_main_and_failures_say_where_and_what() {
    let text = "(define (main) (print \"main\"))\n(test \"good\" (assert= 1 1))\n(test \"bad\" (print \"hint\")\n  (assert= (+ 1 1) 3))";
    let folder = project(&[("a.cl", text)]);
    let (events, status) = events(&folder, &["a.cl"]);
    assert_eq!(verdicts(&events), [("good", "passed"), ("bad", "failed")]);
    assert_eq!(status, Some(1));
    let error = &events[1]["error"];
    assert_eq!((&error["type"], &error["place"]), (&Value::from("assertion-error"), &Value::from("a.cl:5:3")));
    assert_eq!((&error["expected"], &error["actual"]), (&Value::from("3"), &Value::from("2")));
    assert_eq!(events[1]["output"], "hint\n");
    assert_eq!(events[0]["output"], "");
}

#[test]
fn the_end_of_the_process_costs_one_test() {
    let text = "(test \"exit\" (io:exit 0))\n(test \"after\" (assert true))\n(define (deep n) (+ 1 (deep n)))\n(test \"deep\" (assert-error \"stack-overflow\" (lambda () (deep 0))))";
    let folder = project(&[("a.cl", text), ("b.cl", "(test \"other\" (assert true))")]);
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_clc"))
        .args(["test", "--format", "json", "a.cl", "b.cl"])
        .current_dir(&folder.0)
        .env("CL_STACK_MAX", "4M")
        .output()
        .expect("clc can be started");
    let lines = stdout(&output);
    let events: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let expected = [("exit", "failed"), ("after", "passed"), ("deep", "passed"), ("other", "passed")];
    assert_eq!(verdicts(&events), expected);
    assert_eq!(events[0]["error"]["type"], "crash");
}

#[test]
fn a_file_that_does_not_compile_is_told_and_the_others_run() {
    let folder = project(&[("a.cl", "(print gone)"), ("b.cl", "(test \"runs\" (assert true))")]);
    let (events, status) = events(&folder, &["."]);
    assert_eq!(status, Some(2));
    assert_eq!(events[0]["event"], "compile-error");
    assert!(events[0]["output"].as_str().unwrap().contains("E0101"));
    assert_eq!(verdicts(&events), [("runs", "passed")]);
}

#[test]
fn an_error_at_the_top_level_is_a_failure() {
    let folder = project(&[("a.cl", "(head (drop 1 [1]))\n(test \"lost\" (assert true))")]);
    let (events, status) = events(&folder, &["a.cl"]);
    assert_eq!((verdicts(&events), status), (vec![("(top level)", "failed")], Some(1)));
    assert!(events[0]["output"].as_str().unwrap().contains("empty-error"));
}

#[test]
fn properties_shrink_to_the_smallest_counterexample_and_a_seed_repeats_it() {
    let text = "(property \"small\" ((x (gen:int 0 1000)) (xs (gen:list (gen:map (lambda (n) (* 2 n)) (gen:int 0 9)))))\n  (assert (or (< x 51) (< (length xs) 2))))";
    let folder = project(&[("a.cl", text)]);
    let (first, _) = events(&folder, &["a.cl"]);
    let message = first[0]["error"]["message"].as_str().unwrap();
    assert!(message.starts_with("it fails for x = 51, xs = [0 0] (case "), "{message}");
    assert!(message.contains("seed 1)"), "{message}");
    assert_eq!(events(&folder, &["a.cl"]).0[0]["error"], first[0]["error"]);
}

#[test]
fn the_filter_and_the_folder_choose_what_runs() {
    let text = "(test \"one\" (assert true))\n(test \"two\" (assert true))";
    let folder = project(&[("a.cl", text)]);
    std::fs::create_dir(folder.0.join("tests")).unwrap();
    folder.file("tests/b.cl", format!("{IMPORT}{text}"));
    folder.file("tests/helper.cl", "(print gone)");
    let (in_tests, status) = events(&folder, &["--filter", "tw"]);
    assert_eq!((verdicts(&in_tests), status), (vec![("two", "passed")], Some(0)));
    assert_eq!(in_tests[0]["file"], "tests/b.cl");
    let empty = Folder::new();
    let output = clc(&empty.0, ["test"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("no tests"), "{}", stderr(&output));
}

#[test]
fn text_and_junit_tell_the_same() {
    let folder = project(&[("a.cl", "(test \"<a> & \\\"b\\\"\" (assert= \"x<y\" \"\"))")]);
    let output = clc(&folder.0, ["test", "a.cl"]);
    let shown = stdout(&output);
    for text in ["FAIL  <a> & \"b\"", "a.cl:2:21: assertion-error", "expected \"\"", "got \"x<y\"", "1 failed"] {
        assert!(shown.contains(text), "{text} is missing in:\n{shown}");
    }
    let xml = stdout(&clc(&folder.0, ["test", "a.cl", "--format", "junit"]));
    for text in [
        "<testsuites name=\"clc test\" tests=\"1\" failures=\"1\"",
        "name=\"&lt;a&gt; &amp; &quot;b&quot;\"",
        "</testsuites>",
    ] {
        assert!(xml.contains(text), "{text} is missing in:\n{xml}");
    }
}

/// Three goroutines add to a variable without a lock, with a call between reading and writing.
const RACE: &str = "(define (slow x) (if (> x 1000000) (slow (- x 1)) x))
(define (add n) (go (dotimes (i 10) (let ((v (state:get n))) (state:set n (+ (slow v) 1))))))
(test \"race\" (let ((n (state:new 0))) (for-each (g (map (lambda (_) (add n)) (range 3))) (concurrent:join g))
  (assert= (state:get n) 30)))
(test \"sleeps\" (time:sleep 3600) (assert= (time:now) 3600.0))";

#[test]
fn a_race_shows_under_some_schedule_and_shows_again_under_its_seed() {
    let folder = project(&[("a.cl", RACE)]);
    assert_eq!(verdicts(&events(&folder, &["a.cl", "--filter", "race"]).0), [("race", "passed")]);
    let (found, status) = events(&folder, &["a.cl", "--schedules", "200"]);
    assert_eq!((verdicts(&found), status), (vec![("race", "failed"), ("sleeps", "passed")], Some(1)));
    let message = found[0]["error"]["message"].as_str().unwrap();
    let (_, seed) = message.rsplit_once("--seed ").expect("the message has the seed");
    let seed = seed.split(' ').next().unwrap();
    let again = clc(&folder.0, ["test", "a.cl", "--schedules", "1", "--seed", seed]);
    assert!(stdout(&again).contains(message), "{}", stdout(&again));
}
