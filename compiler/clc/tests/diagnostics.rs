//! What the compiler says about wrong programs, seen through the public JSON output.
//!
//! Each `tests/diagnostics/NAME.cl` ends in comment lines `;! …` that hold the expected diagnostics; `lib_*.cl` are
//! imported by others; `style_*.cl` are linted, the others checked, with the options of a first line `; clc check OPTION…`.
//! Programs are checked without their trailers, which would be part of an unclosed string.
//! `BLESS=1 cargo test -p clc --test diagnostics` writes the trailers anew: review the change as text.

mod common;

use cl_text::codes;
use common::{Folder, assert_orderly, clc, repository, stderr};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Codes without a program in the folder, and why.
const WITHOUT_GOLDEN: &[(&str, &str)] = &[
    ("E0010", "takes 200 errors before it; the reader's own tests have it"),
    ("E0011", "takes a file of 4 GiB"),
    ("E0012", "is about a file that is not there; tests/commands.rs has it"),
    ("E0801", "is about clc.toml; tests/project.rs has it"),
    ("E0802", "is about clc.toml; tests/project.rs has it"),
    ("E0803", "is about clc.toml; tests/project.rs has it"),
    ("E0804", "is about clc.toml; tests/project.rs has it"),
];

fn folder() -> PathBuf {
    repository().join("tests/diagnostics")
}

fn programs() -> Vec<String> {
    let entries = fs::read_dir(folder()).expect("the folder is there");
    let names = entries.filter_map(|e| e.ok()?.file_name().into_string().ok());
    let programs: BTreeSet<String> = names.filter(|n| n.ends_with(".cl") && !n.starts_with("lib_")).collect();
    programs.into_iter().collect()
}

/// The diagnostics of a program as JSON values.
fn diagnostics(folder: &Path, name: &str) -> Vec<Value> {
    let command = if name.starts_with("style_") { "lint" } else { "check" };
    let text = fs::read_to_string(folder.join(name)).unwrap_or_default();
    let options = text.lines().next().and_then(|l| l.strip_prefix("; clc check ")).unwrap_or_default();
    let fixed = [command, name, "--format", "json"];
    let output = clc(folder, fixed.into_iter().chain(options.split_whitespace()));
    assert_orderly(&output, name);
    let lines = stderr(&output);
    let found: Vec<Value> = lines.lines().map(|l| serde_json::from_str(l).expect("each line is JSON")).collect();
    let errors = found.iter().any(|d| d["level"] == "error");
    let warned = i32::from(command == "lint" && !found.is_empty());
    assert_eq!(output.status.code(), Some(if errors { 2 } else { warned }), "{name}");
    found
}

/// Diagnostics as the trailer shows them.
fn trailer(name: &str, found: &[Value]) -> String {
    let mut out = String::new();
    for d in found {
        out += &format!(";! {} {}: {}\n", text(&d["level"]), text(&d["code"]), text(&d["message"]));
        for label in d["labels"].as_array().into_iter().flatten() {
            let file = if label["file"] == name { String::new() } else { format!("{}:", text(&label["file"])) };
            out += &format!(";!   {file}{}:{}: {}\n", label["line"], label["column"], text(&label["message"]));
        }
        for note in d["notes"].as_array().into_iter().flatten() {
            out += &format!(";!   = {}\n", text(note));
        }
    }
    out
}

/// A JSON string on one line.
fn text(value: &Value) -> String {
    let text = value.as_str().expect("the field is a string");
    text.chars().map(|c| if c.is_control() { c.escape_debug().to_string() } else { c.to_string() }).collect()
}

/// A program's bytes without the trailer, and the trailer.
fn split(bytes: &[u8]) -> (&[u8], String) {
    let marker = b"\n;! ";
    let at = bytes.windows(marker.len()).position(|w| w == marker).map_or(bytes.len(), |i| i + 1);
    (&bytes[..at], String::from_utf8_lossy(&bytes[at..]).into_owned())
}

/// A copy of the folder in which no program has a trailer.
fn bare_programs() -> Folder {
    let copy = Folder::new();
    for entry in fs::read_dir(folder()).expect("the folder is there").flatten() {
        let bytes = fs::read(entry.path()).expect("the program can be read");
        copy.file(&entry.file_name().to_string_lossy(), split(&bytes).0);
    }
    copy
}

#[test]
fn programs_get_the_diagnostics_in_their_trailers() {
    let bless = std::env::var_os("BLESS").is_some();
    let bare = bare_programs();
    let mut wrong = Vec::new();
    for name in programs() {
        let path = folder().join(&name);
        let bytes = fs::read(&path).expect("the program can be read");
        let (program, expected) = split(&bytes);
        let found = trailer(&name, &diagnostics(&bare.0, &name));
        if found == expected {
            continue;
        }
        if bless {
            fs::write(&path, [program, found.as_bytes()].concat()).expect("the program can be written");
        } else {
            wrong.push(format!("{name}\nexpected:\n{expected}\nfound:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_code_has_a_program() {
    if std::env::var_os("BLESS").is_some() {
        return; // the trailers are just being written
    }
    let mut missing = BTreeSet::new();
    let trailers: Vec<String> =
        programs().iter().map(|n| split(&fs::read(folder().join(n)).expect("it can be read")).1).collect();
    for code in codes::ALL {
        let shown = format!(" {}: ", code.id);
        let excused = WITHOUT_GOLDEN.iter().any(|&(id, _)| id == code.id);
        if trailers.iter().any(|t| t.contains(&shown)) == excused {
            missing.insert(code.id);
        }
    }
    assert!(missing.is_empty(), "codes with no program, or excused without need: {missing:?}");
}

#[test]
fn the_programs_on_each_page_are_wrong_and_mended() {
    let place = Folder::new();
    let mut wrong = Vec::new();
    for code in codes::ALL {
        let blocks: Vec<&str> = code.page.split("```").skip(1).step_by(2).collect();
        let excused = WITHOUT_GOLDEN.iter().any(|&(id, _)| id == code.id);
        let [bad, good] = blocks[..] else { continue };
        let prefix = if codes::is_style(code.id) { "style_" } else { "" };
        let (bad_name, good_name) = (format!("{prefix}bad.cl"), format!("{prefix}good.cl"));
        place.file(&bad_name, bad.trim_start_matches('\n'));
        place.file(&good_name, good.trim_start_matches('\n'));
        let found = diagnostics(&place.0, &bad_name);
        if !excused && !found.iter().any(|d| d["code"] == code.id) {
            wrong.push(format!("{}: its wrong program gets {found:?}", code.id));
        }
        let found = diagnostics(&place.0, &good_name);
        if !found.is_empty() {
            wrong.push(format!("{}: its mended program gets {found:?}", code.id));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_position_and_fix_of_a_diagnostic_is_valid() {
    for name in programs() {
        for diagnostic in diagnostics(&folder(), &name) {
            assert_eq!(diagnostic["schema"], 1);
            assert!(codes::find(&text(&diagnostic["code"])).is_some(), "{name}: {diagnostic}");
            for label in diagnostic["labels"].as_array().expect("labels are a list") {
                assert!(label["start"].as_u64() <= label["end"].as_u64(), "{name}: {label}");
                assert!(label["line"].as_u64() >= Some(1) && label["column"].as_u64() >= Some(1));
            }
            assert!(
                !diagnostic["notes"].as_array().expect("notes are a list").is_empty(),
                "{name}: no hint: {diagnostic}"
            );
        }
    }
}

#[test]
fn the_page_of_warnings_lists_them_all() {
    let path = repository().join("docs/reference/warnings.md");
    let page = fs::read_to_string(&path).expect("the page is there");
    let head = "| name | code | about |\n| --- | --- | --- |\n";
    let (before, after) = page.split_once(head).expect("the page has a table");
    let rest = &after[after.find("\n## ").expect("more follows")..];
    let warnings = codes::ALL.iter().filter(|code| code.level == cl_text::Level::Warning);
    let rows: Vec<String> =
        warnings.map(|code| format!("| `{}` | {} | {} |\n", codes::name(code.id), code.id, code.title)).collect();
    let made = format!("{before}{head}{}\n{}", rows.concat(), rest.trim_start());
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, made).expect("the page can be written");
    } else {
        assert_eq!(page, made, "run with BLESS=1 and review the change");
    }
}
