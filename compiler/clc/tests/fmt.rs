//! `clc fmt` as a user sees it.

mod common;

use common::{Folder, clc, stderr, stdout};
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::{Command, Stdio};

const UGLY: &str = "(define (f x)\n(print   x) ; why\nx)";
const NEAT: &str = "(define (f x)\n  (print x) ; why\n  x)\n";

#[test]
fn files_and_folders_are_formatted_in_place_and_named() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.0.join("lib/.hidden")).unwrap();
    for file in ["main.cl", "lib/b.cl", "lib/a.cl", "lib/.hidden/c.cl", "lib/notes.txt"] {
        folder.file(file, UGLY);
    }
    let output = clc(&folder.0, ["fmt", "main.cl", "lib"]);
    assert!(output.status.success(), "{}", stderr(&output));
    assert_eq!(stdout(&output), "formatted main.cl\nformatted lib/a.cl\nformatted lib/b.cl\n");
    assert_eq!(std::fs::read_to_string(folder.0.join("lib/a.cl")).unwrap(), NEAT);
    assert_eq!(std::fs::read_to_string(folder.0.join("lib/.hidden/c.cl")).unwrap(), UGLY);
    assert_eq!(std::fs::read_to_string(folder.0.join("lib/notes.txt")).unwrap(), UGLY);
    let again = clc(&folder.0, ["fmt", "main.cl", "lib"]);
    assert!(again.status.success() && stdout(&again).is_empty());
}

#[test]
fn check_lists_what_would_change_and_changes_nothing() {
    let folder = Folder::new();
    folder.file("ugly.cl", UGLY);
    folder.file("neat.cl", NEAT);
    let output = clc(&folder.0, ["fmt", "--check", "."]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(1), "./ugly.cl\n"));
    assert_eq!(std::fs::read_to_string(folder.0.join("ugly.cl")).unwrap(), UGLY);
    assert_eq!(clc(&folder.0, ["fmt", "--check", "neat.cl"]).status.code(), Some(0));
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let format = |text: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_clc"));
        command.args(["fmt", "--stdin"]).current_dir(&folder.0).stdin(Stdio::piped());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(text.as_bytes()).unwrap();
        child.wait_with_output().unwrap()
    };
    assert_eq!(stdout(&format(UGLY)), NEAT);
    let refused = format("(f");
    assert_eq!((refused.status.code(), stdout(&refused).as_str()), (Some(2), ""));
    assert!(stderr(&refused).contains("E0001") && stderr(&refused).contains("<stdin>:1:1"), "{}", stderr(&refused));
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone_and_the_others_are_formatted() {
    let folder = Folder::new();
    folder.file("broken.cl", "(f ]");
    folder.file("ugly.cl", UGLY);
    let output = clc(&folder.0, ["fmt", "missing.cl", "broken.cl", "ugly.cl", "--format", "json"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(2), "formatted ugly.cl\n"));
    for code in ["E0012", "E0002"] {
        assert!(stderr(&output).contains(code), "{}", stderr(&output));
    }
    assert_eq!(std::fs::read_to_string(folder.0.join("broken.cl")).unwrap(), "(f ]");
}

#[test]
fn a_file_keeps_its_permissions_and_links_lead_to_it() {
    let folder = Folder::new();
    let file = folder.file("tool.cl", UGLY);
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o750)).unwrap();
    symlink("tool.cl", folder.0.join("link.cl")).unwrap();
    assert!(clc(&folder.0, ["fmt", "link.cl"]).status.success());
    assert!(folder.0.join("link.cl").is_symlink());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), NEAT);
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o750);
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 2);
}
