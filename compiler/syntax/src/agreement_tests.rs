//! The fast reader and the reference reader give the same tree and errors: on all ClaudeLang files of the repository, on
//! mutations of them, and on text generated from pieces that are near the edges of the grammar. Seeds are fixed, so a
//! failure can be repeated.

use crate::{read, reference};
use cl_text::FileId;
use std::path::Path;
use std::time::{Duration, Instant};

/// A xorshift generator: enough to choose pieces.
pub struct Random(pub u64);

impl Random {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }

    pub fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.below(from.len())]
    }
}

pub const PIECES: &[&str] = &[
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#{",
    "'",
    "\"",
    ";",
    "#;",
    "#|",
    "|#",
    "|",
    "#",
    ",",
    " ",
    "\n",
    "\t",
    "\r\n",
    "\r",
    "\\",
    "\\n",
    "\\q",
    "\\u",
    "\\u{",
    "\\u{41}",
    "\\u{d800}",
    "\\u{1234567}",
    "\\u{}",
    "\\\n",
    "\\\"",
    ":",
    ":k",
    "::",
    "a",
    "a:b",
    "...",
    "...r",
    "0",
    "1",
    "9_",
    "_",
    "0x",
    "0xf",
    "0b1",
    "0b2",
    "0o7",
    "0o8",
    "+",
    "-",
    ".",
    ".5",
    "1.5",
    "e",
    "1e5",
    "e+3",
    "+inf",
    "-inf",
    "+nan",
    "true",
    "#t",
    "#f",
    "nil",
    "nilly",
    "\0",
    "\u{7f}",
    "\u{a0}",
    "\u{feff}",
    "\u{200b}",
    "\u{200d}",
    "é",
    "𝕏",
    "(define (f x) (+ x 1))",
    "\"text\"",
    "; comment\n",
];

fn assert_agree(text: &str) {
    let fast = read(text, FileId(3));
    let slow = reference::read(text, FileId(3));
    assert_eq!(fast, slow, "the readers differ on {text:?}");
}

pub fn corpus() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut folders: Vec<_> = ["tests", "stdlib", "examples"].map(|f| root.join(f)).into();
    let mut texts = vec![include_str!("../examples/sample.cl").to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "cl") {
                texts.extend(std::fs::read_to_string(path));
            }
        }
    }
    texts
}

/// Generates texts with `make` and compares the readers on them, for at least 200 rounds and at most a second.
fn compare_for_a_second(seed: u64, mut make: impl FnMut(&mut Random) -> String) {
    let start = Instant::now();
    let mut random = Random(seed);
    for round in 0..20_000 {
        if round >= 200 && start.elapsed() > Duration::from_secs(1) {
            break;
        }
        assert_agree(&make(&mut random));
    }
}

#[test]
fn readers_agree_on_every_program_of_the_repository() {
    for text in corpus() {
        assert_agree(&text);
    }
}

#[test]
fn readers_agree_on_mutated_programs() {
    let texts = corpus();
    compare_for_a_second(0x5eed_0001, |random| {
        let text = &texts[random.below(texts.len())];
        let chars: Vec<char> = text.chars().collect();
        let from = random.below(chars.len().max(1));
        let mut piece: Vec<char> = chars.iter().skip(from).take(300).copied().collect();
        for _ in 0..random.below(4) {
            let at = random.below(piece.len() + 1);
            let gone = random.below(3).min(piece.len() - at);
            piece.splice(at..at + gone, random.pick(PIECES).chars());
        }
        piece.into_iter().collect()
    });
}

#[test]
fn readers_agree_on_generated_text() {
    compare_for_a_second(0x5eed_0002, |random| {
        let length = random.below(30);
        (0..length).map(|_| random.pick(PIECES)).collect()
    });
}

#[test]
fn readers_agree_on_all_short_texts() {
    let alphabet =
        ["(", "]", "'", "\"", "\\", "#", "|", ";", ":", "0", "x", "1", ".", "e", "-", "{", "}", "u", "\n", "_"];
    for a in alphabet {
        for b in alphabet {
            for c in alphabet {
                assert_agree(&[a, b, c].concat());
            }
        }
    }
}

#[test]
fn texts_without_errors_are_those_of_the_structural_grammar() {
    let mut random = Random(0x5eed_0003);
    let mut good = 0;
    for _ in 0..3000 {
        let length = random.below(8);
        let text: String = (0..length).map(|_| random.pick(PIECES)).collect();
        let errors = read(&text, FileId(0)).errors;
        // The grammar cannot tell values of escapes and hidden characters.
        if errors.iter().all(|e| e.code != "E0006" && e.code != "E0008") {
            assert_eq!(errors.is_empty(), reference::is_well_formed(&text), "{text:?}: {errors:?}");
            good += usize::from(errors.is_empty());
        }
    }
    assert!(good > 200, "the generator makes too few good texts: {good}");
    // pest recurses on nesting, which real programs have more of than a test's thread has stack.
    let count = || corpus().iter().filter(|t| reference::is_well_formed(t)).count();
    let thread = std::thread::Builder::new().stack_size(256 << 20).spawn(count).expect("threads can be made");
    assert!(thread.join().expect("the grammar reads every program of the corpus") > 0);
}

#[test]
fn random_bytes_never_panic() {
    let start = Instant::now();
    let mut random = Random(0x5eed_0004);
    while start.elapsed() < Duration::from_millis(500) {
        let bytes: Vec<u8> = (0..random.below(200)).map(|_| random.below(256) as u8).collect();
        let text = String::from_utf8_lossy(&bytes);
        let found = read(&text, FileId(0));
        for node in &found.tree.nodes {
            crate::literal::value(node.kind, &text[node.span.start as usize..node.span.end as usize]);
        }
    }
}
