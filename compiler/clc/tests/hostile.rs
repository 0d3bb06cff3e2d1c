//! Input that nobody writes by hand: clc answers with diagnostics, never with a panic, a signal or an endless wait.
//! Seeds are fixed, so a failure can be repeated.

mod common;

use common::{Folder, assert_orderly, clc, repository, stderr};

fn check(folder: &Folder, name: &str, bytes: impl AsRef<[u8]>) -> std::process::Output {
    folder.file(name, bytes);
    let output = clc(&folder.0, ["check", name]);
    assert_orderly(&output, name);
    output
}

/// A xorshift generator.
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

#[test]
fn random_bytes_get_a_diagnostic() {
    let folder = Folder::new();
    let mut state = 0x5eed;
    for round in 0..20 {
        let bytes: Vec<u8> = (0..2000).map(|_| next(&mut state) as u8).collect();
        let output = check(&folder, &format!("bytes{round}.cl"), bytes);
        assert_eq!(output.status.code(), Some(2));
    }
}

#[test]
fn random_tokens_get_no_panic() {
    let words = [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        "#{",
        "'",
        "define",
        "lambda",
        "let",
        "match",
        "if",
        "cond",
        "loop",
        "recur",
        "data",
        "import",
        "\"std/list\"",
        "module",
        "export",
        "define-syntax",
        "syntax-rules",
        "...",
        "x",
        "y",
        "Some",
        "_",
        ":when",
        "1",
        "2.5",
        "\"s\"",
        ":k",
        "try",
        "catch",
        "finally",
        "quote",
        "set!",
        "for-each",
        "->",
        ":",
        "Int",
        "else",
        "as",
        "or",
        "tuple",
        "handler",
        "nil",
        "true",
        "do",
        "while",
        "dotimes",
        "error",
        "raise",
        "type",
        "define-effect",
        "main",
    ];
    let folder = Folder::new();
    let mut state = 0x5eed1;
    for round in 0..60 {
        let mut text = String::new();
        let mut depth = 0;
        for _ in 0..400 {
            let word = words[(next(&mut state) % words.len() as u64) as usize];
            // More brackets than their share, balanced, so that much gets past the reader.
            match next(&mut state) % 4 {
                0 => {
                    text.push('(');
                    depth += 1;
                }
                1 if depth > 0 => {
                    text.push(')');
                    depth -= 1;
                }
                _ if "()[]{}#{'".contains(word) => {}
                _ => text.push_str(word),
            }
            text.push(' ');
        }
        text.push_str(&")".repeat(depth));
        check(&folder, &format!("tokens{round}.cl"), text);
    }
}

/// The start and end of each form in brackets of a text that the reader has no complaint about.
fn forms(text: &str) -> Vec<(usize, usize)> {
    let found = cl_syntax::read(text, cl_text::FileId(0));
    let nodes = found.tree.nodes.iter().filter(|n| n.kind == cl_syntax::NodeKind::Paren);
    nodes.map(|n| (n.span.start as usize, n.span.end as usize)).collect()
}

#[test]
fn programs_with_exchanged_parts_compile_or_get_diagnostics() {
    let corpus = repository().join("tests/conformance");
    let folders = ["basics", "functions", "patterns", "errors", "lists"];
    let entries =
        folders.iter().flat_map(|f| std::fs::read_dir(corpus.join(f)).expect("the corpus is there").flatten());
    let mut paths: Vec<_> = entries.map(|e| e.path()).filter(|p| p.extension().is_some_and(|e| e == "cl")).collect();
    paths.sort();
    let texts: Vec<String> = paths.iter().map(|p| std::fs::read_to_string(p).expect("it is text")).collect();
    let folder = Folder::new();
    let mut state = 0x5eed2;
    let mut below = |n: usize| (next(&mut state) % n as u64) as usize;
    for round in 0..60 {
        let (mut text, other) = (texts[below(texts.len())].clone(), &texts[below(texts.len())]);
        for _ in 0..2 {
            let (old, new) = (forms(&text), forms(other));
            let ((start, end), (from, to)) = (old[below(old.len())], new[below(new.len())]);
            text.replace_range(start..end, &other[from..to]);
        }
        let name = format!("exchanged{round}.cl");
        folder.file(&name, text);
        let level = if round % 2 == 0 { "-O0" } else { "-O2" };
        assert_orderly(&clc(&folder.0, ["build", &name, level, "--emit", "obj", "-o", "out.o"]), &name);
    }
}

#[test]
fn a_million_nested_brackets_get_a_diagnostic() {
    let folder = Folder::new();
    let n = 1_000_000;
    for (name, text) in [
        ("balanced.cl", "(".repeat(n) + &")".repeat(n)),
        ("open.cl", "(".repeat(n)),
        ("closed.cl", ")".repeat(n)),
        ("lists.cl", "[".repeat(n) + &"]".repeat(n)),
        ("quoted.cl", format!("(print {}x)", "'".repeat(n))),
        ("calls.cl", "(do ".repeat(n) + "1" + &")".repeat(n)),
        ("lambdas.cl", "(lambda () ".repeat(n / 10) + "1" + &")".repeat(n / 10)),
        ("lets.cl", "(let ((x 1)) ".repeat(n / 10) + "x" + &")".repeat(n / 10)),
        ("plus.cl", "(+ 1 ".repeat(n / 10) + "1" + &")".repeat(n / 10)),
    ] {
        check(&folder, name, text);
    }
}

#[test]
fn a_million_lines_compile() {
    let folder = Folder::new();
    let text: String = (0..1_000_000).map(|i| if i % 2 == 0 { "; a comment\n" } else { "(+ 1 2)\n" }).collect();
    assert_eq!(check(&folder, "lines.cl", text).status.code(), Some(0));
}

#[test]
fn a_long_line_of_errors_is_answered_in_short() {
    let folder = Folder::new();
    let output = check(&folder, "line.cl", "(undefined-name) ".repeat(20_000));
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stderr.len() < 1_000_000, "{} bytes of messages", output.stderr.len());
}

#[test]
fn imports_of_what_is_no_source_get_a_diagnostic() {
    let folder = Folder::new();
    std::fs::create_dir(folder.0.join("dir.cl")).unwrap();
    folder.file("binary.cl", [0xff, 0xfe, 0x00]);
    folder.file("unread.cl", "(");
    for path in
        ["dir", "dir.cl", "binary", "unread", "/", "", ".", "..", "/dev/null/x", "a\0b", "std/", "std/../x", "self"]
    {
        let text = format!("(import {path:?} *)\n(import {path:?} :as m)\n(import {path:?} (f))\n");
        let output = check(&folder, "self.cl", text);
        assert_eq!(output.status.code(), Some(2), "{path:?}: {}", stderr(&output));
    }
}

#[test]
fn files_that_are_no_files_get_a_diagnostic() {
    let folder = Folder::new();
    for name in ["missing.cl", ".", "/", "/dev/null/x", ""] {
        let output = clc(&folder.0, ["check", name]);
        assert_orderly(&output, name);
        assert_eq!(output.status.code(), Some(2), "{name}");
    }
    assert_orderly(&clc(&folder.0, ["check", "/dev/null"]), "/dev/null");
}
