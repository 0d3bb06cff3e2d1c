//! What each command does and how it fails, seen from outside.

mod common;

use common::{Folder, assert_orderly, clc, repository, stderr, stdout};
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Output};

const HELLO: &str = "(print \"hello\")\n";

/// Runs clc, expects status 2 and each of these texts on standard error.
fn assert_fails(output: &Output, texts: &[&str]) {
    let error = stderr(output);
    assert_eq!(output.status.code(), Some(2), "{error}");
    for text in texts {
        assert!(error.contains(text), "{text:?} is missing in:\n{error}");
    }
}

#[test]
fn help_teaches_with_examples() {
    let folder = Folder::new();
    let output = clc(&folder.0, ["--help"]);
    assert!(output.status.success());
    for text in ["clc run hello.cl", "clc build main.cl -o app", "clc explain E0101"] {
        assert!(stdout(&output).contains(text), "{text}");
    }
    for command in ["build", "run", "check", "test", "explain", "read"] {
        let output = clc(&folder.0, [command, "--help"]);
        let shown = stdout(&output);
        assert!(output.status.success() && shown.contains(&format!("clc {command}")), "{command}: {shown}");
    }
    assert!(stdout(&clc(&folder.0, ["--version"])).starts_with("clc 0."));
    assert_fails(&clc(&folder.0, ["biuld"]), &["similar", "build"]);
}

#[test]
fn every_code_is_explained() {
    let folder = Folder::new();
    let list = stdout(&clc(&folder.0, ["explain"]));
    for code in cl_text::codes::ALL {
        assert!(list.contains(code.id));
        let page = stdout(&clc(&folder.0, ["explain", &code.id.to_lowercase()]));
        assert!(page.starts_with(&format!("{}: {}", code.id, code.title)) && page.contains(code.page.trim_end()));
    }
    assert_fails(&clc(&folder.0, ["explain", "E010l"]), &["no code `E010l`", "did you mean E010"]);
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason() {
    let folder = Folder::new();
    folder.file("latin.cl", b"(print \"caf\xe9\")");
    std::fs::create_dir(folder.0.join("dir")).unwrap();
    for command in ["check", "run", "build", "read"] {
        assert_fails(&clc(&folder.0, [command, "missing.cl"]), &["E0012", "missing.cl", "no such file"]);
        let reason = if command == "read" { ["E0012", "it is a directory"] } else { ["dir is a folder", "clc.toml"] };
        assert_fails(&clc(&folder.0, [command, "dir"]), &reason);
        assert_fails(&clc(&folder.0, [command, "latin.cl"]), &["E0009", "latin.cl:1:12", "0xe9"]);
    }
}

#[test]
fn diagnostics_come_in_both_formats_and_nothing_runs() {
    let folder = Folder::new();
    folder.file("wrong.cl", "(print \"ran\")\n(print totl)\n");
    for command in ["check", "run", "build"] {
        let output = clc(&folder.0, [command, "wrong.cl"]);
        assert_fails(&output, &["error[E0101]", "wrong.cl:2:8"]);
        assert!(output.stdout.is_empty());
        let output = clc(&folder.0, [command, "--format", "json", "wrong.cl"]);
        assert_eq!(output.status.code(), Some(2));
        let value: serde_json::Value = serde_json::from_str(stderr(&output).trim()).unwrap();
        assert_eq!(value["code"], "E0101");
    }
    assert!(!folder.0.join("wrong").exists());
}

#[test]
fn warnings_do_not_stop_a_program() {
    let folder = Folder::new();
    folder.file("warn.cl", "(define (f n) (match n (x \"any\") (0 \"zero\")))\n(print (f 1))\n");
    let output = clc(&folder.0, ["run", "warn.cl"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "any\n"));
    assert!(stderr(&output).contains("warning[W0001 unreachable-arm]"));
}

#[test]
fn run_gives_the_program_its_arguments_and_its_exit_status() {
    let folder = Folder::new();
    folder.file("main.cl", "(define (main args)\n  (print args)\n  (length args))\n");
    let output = clc(&folder.0, ["run", "-O0", "--jit", "main.cl", "-O2", "--help", "-x", "--", "é"]);
    assert_eq!(stdout(&output), "[\"-O2\" \"--help\" \"-x\" \"--\" \"é\"]\n", "{}", stderr(&output));
    assert_eq!(output.status.code(), Some(5));
    assert_fails(&clc(&folder.0, ["run", "--unknown", "main.cl"]), &["unexpected argument '--unknown'"]);
}

#[test]
fn build_makes_an_executable_that_stands_alone() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    let output = clc(&folder.0, ["build", "hello.cl", "-MD"]);
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
    let run = Command::new(folder.0.join("hello")).current_dir("/").output().unwrap();
    assert_eq!((run.status.code(), stdout(&run).as_str()), (Some(0), "hello\n"));
    assert!(std::fs::read_to_string(folder.0.join("hello.d")).unwrap().starts_with("hello: \\\n  hello.cl\n"));
    let names: Vec<_> = std::fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!(names.len(), 3, "{names:?}");
}

#[test]
fn build_overwrites_a_running_executable_and_gives_equal_bytes() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    assert!(clc(&folder.0, ["build", "hello.cl", "-o", "a"]).status.success());
    assert!(clc(&folder.0, ["build", "hello.cl", "-o", "b"]).status.success());
    let read = |name: &str| std::fs::read(folder.0.join(name)).unwrap();
    assert!(read("a") == read("b"), "two builds of one program differ");
    std::fs::copy("/bin/sleep", folder.0.join("a")).unwrap();
    let mut child = Command::new(folder.0.join("a")).arg("5").spawn().unwrap();
    let output = clc(&folder.0, ["build", "hello.cl", "-o", "a"]);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(read("a") == read("b"));
}

#[test]
fn the_depfile_names_every_file_that_was_read() {
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("lib")).unwrap();
    folder.file("main.cl", "(import \"lib/a\" (x))\n(import \"std/list\" *)\n(print x)\n");
    folder.file("lib/a.cl", "(import \"b\" (y))\n(define x y)\n");
    folder.file("lib/b.cl", "(define y 1)\n");
    let rule = "main: \\\n  main.cl \\\n  lib/a.cl \\\n  lib/b.cl\n\nlib/a.cl:\n\nlib/b.cl:\n";
    assert_eq!(stdout(&clc(&folder.0, ["build", "main.cl", "--emit", "dep"])), rule);
    assert!(clc(&folder.0, ["build", "main.cl", "--emit", "dep", "-o", "deps.mk"]).status.success());
    assert_eq!(std::fs::read_to_string(folder.0.join("deps.mk")).unwrap(), rule);
}

#[test]
fn each_stage_can_be_shown() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    assert!(stdout(&clc(&folder.0, ["build", "hello.cl", "--emit", "clif"])).contains("function"));
    for what in ["asm", "core"] {
        let output = clc(&folder.0, ["build", "hello.cl", "--emit", what]);
        assert!(output.status.success() && stdout(&output).len() > 50, "{what}: {}", stderr(&output));
    }
    assert!(clc(&folder.0, ["build", "hello.cl", "--emit", "obj"]).status.success());
    assert_eq!(std::fs::read(folder.0.join("hello.o")).unwrap()[..4], *b"\x7fELF");
}

#[test]
fn an_output_that_cannot_be_written_is_named_with_the_reason() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    let original = HELLO.as_bytes();
    std::fs::create_dir(folder.0.join("dir")).unwrap();
    assert_fails(&clc(&folder.0, ["build", "hello.cl", "-o", "dir"]), &["dir", "it is a directory"]);
    assert_fails(&clc(&folder.0, ["build", "hello.cl", "-o", "no/app"]), &["no folder no", "mkdir -p no"]);
    assert_fails(&clc(&folder.0, ["build", "hello.cl", "-o", "hello.cl"]), &["overwrite the source"]);
    assert_eq!(std::fs::read(folder.0.join("hello.cl")).unwrap(), original);
    assert_fails(&clc(&folder.0, ["build", "hello.cl", "-o", "/proc/app"]), &["cannot write /proc/app"]);
}

#[test]
fn a_missing_linker_says_what_to_install() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    let mut command = Command::new(env!("CARGO_BIN_EXE_clc"));
    let output = command.args(["build", "hello.cl"]).current_dir(&folder.0).env("CC", "no-such-cc").output().unwrap();
    assert_fails(&output, &["no-such-cc", "apt install gcc", "clc run"]);
    assert!(!folder.0.join("hello").exists());
}

#[test]
fn a_foreign_target_gives_an_object_but_no_executable() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    let foreign = if cfg!(target_arch = "x86_64") { "aarch64-unknown-linux-gnu" } else { "x86_64-unknown-linux-gnu" };
    assert_fails(&clc(&folder.0, ["build", "hello.cl", "--target", foreign]), &[foreign]);
    assert_fails(&clc(&folder.0, ["build", "hello.cl", "--target", "nonsense"]), &["nonsense"]);
    assert_orderly(&clc(&folder.0, ["build", "hello.cl", "--target", foreign, "--emit", "obj"]), foreign);
}

#[test]
fn clc_copied_alone_to_another_folder_builds() {
    let folder = Folder::new();
    folder.file("hello.cl", HELLO);
    let copy = folder.0.join("clc");
    std::fs::copy(env!("CARGO_BIN_EXE_clc"), &copy).unwrap();
    std::fs::set_permissions(&copy, std::fs::Permissions::from_mode(0o755)).unwrap();
    let output = Command::new(&copy).args(["build", "hello.cl", "-o", "app"]).current_dir(&folder.0).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&Command::new(folder.0.join("app")).output().unwrap()), "hello\n");
}

#[test]
fn a_closed_standard_output_is_no_panic() {
    let folder = Folder::new();
    for args in ["explain", "--help", "--version"] {
        let shell = format!("'{}' {args} | true", env!("CARGO_BIN_EXE_clc"));
        let output = Command::new("sh").args(["-c", &shell]).current_dir(&folder.0).output().unwrap();
        assert!(!stderr(&output).contains("panicked"), "{}", stderr(&output));
    }
}

#[test]
fn both_readers_print_the_same_tree() {
    let file = repository().join("compiler/syntax/examples/sample.cl");
    let fast = clc(&repository(), ["read".as_ref(), file.as_os_str()]);
    let slow = clc(&repository(), ["read".as_ref(), "--reference".as_ref(), file.as_os_str()]);
    assert!(fast.status.success() && fast.stdout.len() > 1000);
    assert!(fast.stdout == slow.stdout);
    assert!(stdout(&fast).starts_with("Root 1:1\n  Paren 2:1\n    Symbol 2:2 module\n"), "{}", stdout(&fast));
}
