//! Projects: `clc new`, commands without a FILE, and what can be wrong with a `clc.toml`.

mod common;

use common::{Folder, assert_orderly, clc, stderr, stdout};
use serde_json::Value;

/// A folder with a new project `greeter` in it.
fn new_project() -> Folder {
    let folder = Folder::new();
    let output = clc(&folder.0, ["new", "greeter"]);
    assert!(output.status.success(), "{}", stderr(&output));
    folder
}

#[test]
fn a_new_project_checks_runs_builds_and_is_formatted() {
    let folder = new_project();
    let project = folder.0.join("greeter");
    for (args, expected) in [
        (vec!["check"], ""),
        (vec!["fmt", "--check"], ""),
        (vec!["run"], "Hello, world!\n"),
        (vec!["run", ".", "Ada", "--help"], "Hello, Ada!\nHello, --help!\n"),
        (vec!["build"], ""),
    ] {
        let output = clc(&project, &args);
        assert!(output.status.success() && output.stderr.is_empty(), "{args:?}: {}", stderr(&output));
        assert_eq!(stdout(&output), expected, "{args:?}");
    }
    let tested = clc(&project, ["test"]);
    assert!(tested.status.success() && stdout(&tested).contains("1 passed"), "{}", stdout(&tested));
    assert!(project.join("greeter").is_file());
    let ran = std::process::Command::new(project.join("greeter")).arg("Bob").output().unwrap();
    assert_eq!(stdout(&ran), "Hello, Bob!\n");
}

#[test]
fn a_new_project_builds_with_make() {
    let folder = new_project();
    let clc = format!("CLC={}", env!("CARGO_BIN_EXE_clc"));
    let make = |target: &str| {
        let mut command = std::process::Command::new("make");
        command.args(["-s", target, &clc]).current_dir(folder.0.join("greeter")).output().unwrap()
    };
    let output = make("run");
    assert_eq!(stdout(&output), "Hello, world!\n", "{}", stderr(&output));
    assert!(make("check").status.success());
    assert!(make("clean").status.success() && !folder.0.join("greeter/build").exists());
}

#[test]
fn the_project_is_found_from_its_folders_and_from_outside() {
    let folder = new_project();
    let inside = folder.0.join("greeter/tests");
    assert_eq!(stdout(&clc(&inside, ["run"])), "Hello, world!\n");
    assert_eq!(stdout(&clc(&folder.0, ["run", "greeter", "Ada"])), "Hello, Ada!\n");
    std::fs::write(folder.0.join("greeter/main.cl"), "(print totl)").unwrap();
    let output = clc(&inside, ["check"]);
    assert!(stderr(&output).contains("../main.cl:1:8"), "{}", stderr(&output));
    let ugly = clc(&inside, ["fmt", "--check"]);
    assert_eq!(stdout(&ugly), "../main.cl\n");
}

#[test]
fn imports_are_found_beside_the_importer_then_in_the_project_and_its_modules() {
    let folder = new_project();
    let project = folder.0.join("greeter");
    std::fs::create_dir_all(project.join("modules")).unwrap();
    std::fs::create_dir_all(project.join("lib")).unwrap();
    folder.file("greeter/modules/a.cl", "(define a \"modules\")");
    folder.file("greeter/modules/b.cl", "(define b \"modules\")");
    folder.file("greeter/b.cl", "(define b \"root\")");
    folder.file("greeter/lib/c.cl", "(import \"b\" (b)) (import \"a\" (a)) (import \"d\" (d)) (define c [a b d])");
    folder.file("greeter/lib/d.cl", "(define d \"beside\")");
    folder.file("greeter/d.cl", "(define d \"root\")");
    folder.file("greeter/main.cl", "(import \"lib/c\" (c)) (print c)");
    assert_eq!(stdout(&clc(&project, ["run"])), "[\"modules\" \"root\" \"beside\"]\n");
}

#[test]
fn a_command_with_nothing_to_work_on_says_so() {
    let folder = Folder::new();
    for command in ["run", "check", "build", "fmt"] {
        let output = clc(&folder.0, [command]);
        assert_eq!(output.status.code(), Some(2), "{command}");
        assert!(stderr(&output).contains("no clc.toml") && stderr(&output).contains("clc new"), "{}", stderr(&output));
    }
    let output = clc(&folder.0, ["run", "."]);
    assert!(stderr(&output).contains("without a clc.toml"), "{}", stderr(&output));
}

#[test]
fn new_refuses_bad_names_and_what_is_there() {
    let folder = Folder::new();
    folder.file("taken", "");
    for name in ["", ".", "..", "1st", "a b", "ä", "-x", "a/../..", "x.cl", "no/folder/app"] {
        let output = clc(&folder.0, ["new", "--", name]);
        assert_orderly(&output, name);
        assert_eq!(output.status.code(), Some(2), "{name}: {}", stdout(&output));
    }
    let output = clc(&folder.0, ["new", "taken"]);
    assert!(stderr(&output).contains("taken is there already"), "{}", stderr(&output));
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);
}

/// The diagnostics for a project with this clc.toml: code, line and message under the first label.
fn wrong_with(manifest: &str) -> Vec<String> {
    let folder = Folder::new();
    folder.file("clc.toml", manifest);
    folder.file("main.cl", "(print 1)");
    let output = clc(&folder.0, ["check", "--format", "json"]);
    assert_eq!(output.status.code(), Some(if output.stderr.is_empty() { 0 } else { 2 }));
    let lines = stderr(&output);
    let values = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"));
    values
        .map(|d| {
            let label = &d["labels"][0];
            assert!(!d["notes"].as_array().unwrap().is_empty(), "no hint: {d}");
            format!("{} {}:{}", d["code"].as_str().unwrap(), label["line"], label["column"])
        })
        .collect()
}

#[test]
fn each_mistake_in_a_manifest_is_reported_at_its_place() {
    let none: Vec<String> = Vec::new();
    assert_eq!(wrong_with("name = \"a\""), none);
    assert_eq!(wrong_with("# all\nname = \"a\"\nversion = \"1.2.3\"\nedition = 1\nmain = \"./main.cl\"\n"), none);
    assert_eq!(wrong_with(""), ["E0803 1:1"]);
    assert_eq!(wrong_with("name = \"a\"\nnmae = \"b\"\n[section]\n"), ["E0802 2:1", "E0802 3:2"]);
    assert_eq!(
        wrong_with("name = \"a b\"\nversion = 1\nedition = 2\nmain = \"main.txt\""),
        ["E0803 1:8", "E0803 2:11", "E0803 3:11", "E0803 4:8"]
    );
    assert_eq!(wrong_with("name = \"a\"\nmain = \"/main.cl\""), ["E0803 2:8"]);
    assert_eq!(wrong_with("name = \"a\"\nmain = \"other.cl\""), ["E0804 2:8"]);
    assert_eq!(wrong_with("name = \"a\"\nname = \"b\"")[0][..5], *"E0801");
    assert_eq!(wrong_with("name = a")[0][..5], *"E0801");
    assert_eq!(wrong_with(&("x = ".to_owned() + &"[".repeat(100_000)))[0][..5], *"E0801");
}
