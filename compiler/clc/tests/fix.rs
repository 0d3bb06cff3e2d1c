//! `clc check --fix`, `clc lint` and `clc lint --fix`: programs come out better, or as they were.

mod common;

use common::{Folder, clc, stderr, stdout};

fn text(folder: &Folder, file: &str) -> String {
    std::fs::read_to_string(folder.0.join(file)).unwrap()
}

const OLDER: &str = "\
(define (join first ... rest) ; joins
  (string-append first (car rest)))
(effect io:print (join \"a\" \"b\") (map car [[1] [2]]))
(print (list-sort [2 1]) (cdr [1 2]) (match [1 2] ([_ ... b] b) (_ nil)))
";

const PRESENT: &str = "\
(define (join first ...rest) ; joins
  (concat first (head rest)))
(io:print (join \"a\" \"b\") (map head [[1] [2]]))
(print (sort [2 1]) (tail [1 2]) (match [1 2] ([_ ...b] b) (_ nil)))
";

#[test]
fn older_spellings_run_and_are_rewritten_to_what_means_the_same() {
    let folder = Folder::new();
    folder.file("main.cl", OLDER);
    let before = stdout(&clc(&folder.0, ["run", "main.cl"]));
    let output = clc(&folder.0, ["check", "--fix", "main.cl"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", stderr(&output));
    let told = stdout(&output);
    assert!(told.contains("fixed main.cl:1:21: ") && told.contains("[split-rest]"), "{told}");
    assert_eq!(text(&folder, "main.cl"), PRESENT);
    assert_eq!(stdout(&clc(&folder.0, ["run", "main.cl"])), before);
    assert!(clc(&folder.0, ["check", "main.cl"]).stderr.is_empty());
    let again = clc(&folder.0, ["check", "--fix", "main.cl"]);
    assert!(stdout(&again).is_empty() && text(&folder, "main.cl") == PRESENT);
}

#[test]
fn check_without_fix_and_silenced_warnings_change_nothing() {
    let folder = Folder::new();
    folder.file("main.cl", OLDER);
    assert!(clc(&folder.0, ["check", "main.cl"]).status.success());
    assert_eq!(text(&folder, "main.cl"), OLDER);
    let silenced = "; allow-file: older-name\n(print (car [1]))\n";
    folder.file("silenced.cl", silenced);
    assert!(stdout(&clc(&folder.0, ["check", "--fix", "silenced.cl"])).is_empty());
    assert_eq!(text(&folder, "silenced.cl"), silenced);
}

#[test]
fn imported_files_are_mended_but_not_those_of_others() {
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("others")).unwrap();
    folder.file("main.cl", "(import \"own\" (f))\n(import \"foreign\" (g))\n(print (f [1]) (g [1]))");
    folder.file("own.cl", "(define (f x) (car x))");
    folder.file("others/foreign.cl", "(define (g x) (car x))");
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_clc"));
    let command = command.args(["check", "--fix", "main.cl", "--format", "json"]).current_dir(&folder.0);
    let output = command.env("CL_PATH", folder.0.join("others")).output().unwrap();
    assert_eq!(text(&folder, "own.cl"), "(define (f x) (head x))");
    assert_eq!(text(&folder, "others/foreign.cl"), "(define (g x) (car x))");
    let told: serde_json::Value = serde_json::from_str(stdout(&output).trim()).unwrap();
    assert_eq!((&told["event"], &told["name"], &told["line"]), (&"fixed".into(), &"older-name".into(), &1.into()));
    assert!(stderr(&output).contains("foreign.cl"), "{}", stderr(&output));
}

#[test]
fn errors_stay_errors_and_what_can_be_mended_is() {
    let folder = Folder::new();
    folder.file("main.cl", "(print (car [1]) totl)");
    let output = clc(&folder.0, ["check", "--fix", "main.cl"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(stderr(&output).contains("E0101"));
    assert_eq!(text(&folder, "main.cl"), "(print (head [1]) totl)");
    folder.file("broken.cl", "(print (car [1])");
    assert_eq!(clc(&folder.0, ["check", "--fix", "broken.cl"]).status.code(), Some(2));
    assert_eq!(text(&folder, "broken.cl"), "(print (car [1])");
}

#[test]
fn style_is_for_lint_alone_and_its_edits_keep_what_the_program_does() {
    let folder = Folder::new();
    let program = "\
(define (small? n) (if (< n 10) true false))
(define (other n) (if n #f #t))
(define (show n)
  (do
    (unless (not n) (print n))
    (if (= n nil) (do (print \"none\")) nil)
    (if n nil (print \"nothing\"))
    (not (= n 1))))
(print (small? 3) (other 1) (show nil) (show 1))
";
    folder.file("main.cl", program);
    let before = stdout(&clc(&folder.0, ["run", "main.cl"]));
    assert!(clc(&folder.0, ["check", "main.cl"]).stderr.is_empty());
    let lint = clc(&folder.0, ["lint", "main.cl"]);
    assert_eq!(lint.status.code(), Some(1));
    for name in ["boolean-if", "if-nil", "equals-nil", "negated-condition", "useless-do"] {
        assert!(stderr(&lint).contains(name), "{name}: {}", stderr(&lint));
    }
    let fixed = clc(&folder.0, ["lint", "--fix", "main.cl"]);
    assert_eq!(fixed.status.code(), Some(0), "{}", stderr(&fixed));
    assert_eq!(
        text(&folder, "main.cl"),
        "\
(define (small? n) (< n 10))
(define (other n) (not n))
(define (show n)
  (when n (print n))
    (when (nil? n) (print \"none\"))
    (unless n (print \"nothing\"))
    (not= n 1))
(print (small? 3) (other 1) (show nil) (show 1))
"
    );
    assert_eq!(stdout(&clc(&folder.0, ["run", "main.cl"])), before);
}

#[test]
fn lint_takes_folders_and_projects_and_tells_each_thing_once() {
    let folder = Folder::new();
    folder.file("clc.toml", "name = \"a\"");
    folder.file("main.cl", "(import \"shared\" (f))\n(print (f 1))\n");
    folder.file("shared.cl", "(define (f x) (if x (print x) nil))\n");
    folder.file("test.cl", "(import \"shared\" (f))\n(print (f 2))\n");
    for arguments in [&["lint"][..], &["lint", "."], &["lint", "test.cl", "shared.cl", "main.cl"]] {
        let output = clc(&folder.0, arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert_eq!(stderr(&output).matches("if-nil").count(), 1, "{arguments:?}: {}", stderr(&output));
    }
    folder.file("test.cl", "(print totl)");
    assert_eq!(clc(&folder.0, ["lint"]).status.code(), Some(2));
    folder.file("clean.cl", "(print 1)");
    assert_eq!(clc(&folder.0, ["lint", "clean.cl"]).status.code(), Some(0));
}

#[test]
fn many_edits_take_no_time() {
    let folder = Folder::new();
    folder.file("main.cl", "(print (car [1]) (if (= 1 nil) (do 1) nil))\n".repeat(5_000));
    let start = std::time::Instant::now();
    let output = clc(&folder.0, ["lint", "--fix", "main.cl"]);
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output).chars().take(500).collect::<String>());
    assert_eq!(text(&folder, "main.cl"), "(print (head [1]) (when (nil? 1) 1))\n".repeat(5_000));
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}
