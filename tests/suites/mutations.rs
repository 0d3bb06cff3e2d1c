//! The compiler never panics: programs of the corpora with pieces removed, doubled, swapped or replaced go through all
//! stages, to object code where they still compile. Only the way it ends counts: status 0 or 2, in time, and after 2 at
//! least one diagnostic. Seeds are fixed; `CL_MUTATIONS` sets the number of mutants of each program (3 without it).

use cl_tests::corpus::{self, Case};
use cl_tests::harness::{self, Trial};
use cl_tests::process::{End, Run};
use cl_tests::{clc, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let count = std::env::var("CL_MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(3);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("mutations");
    let mut trials = Vec::new();
    for (root, name) in [("tests", "conformance"), ("tests", "programs"), ("", "examples")] {
        match corpus::find(&repository().join(root), name) {
            Ok(cases) => trials.extend(cases.into_iter().map(|case| trial(case, count, folder.clone()))),
            Err(why) => trials.push(Trial::one(name, move || Err(why.clone()).into())),
        }
    }
    harness::run(trials)
}

fn trial(case: Case, count: u64, folder: PathBuf) -> Trial {
    Trial::one(case.name.clone(), move || (0..count).try_for_each(|seed| try_mutant(&case, seed, &folder)).into())
}

fn try_mutant(case: &Case, seed: u64, folder: &Path) -> Result<(), String> {
    let source = fs::read_to_string(case.folder.join(&case.file)).map_err(|error| error.to_string())?;
    let mutant = mutate(&source, &mut Random::new(&case.name, seed));
    let stem = format!("{}-{seed}", case.name.replace('/', "-"));
    // Imports are found through CL_PATH, since the mutant lies elsewhere.
    let place = folder.join(&stem);
    let file = place.join("mutant.cl");
    fs::create_dir_all(&place).and_then(|()| fs::write(&file, &mutant)).map_err(|error| error.to_string())?;
    let done = Run::new(clc::path())
        .args(["build", "mutant.cl", "--emit", "obj", "-o", "mutant.o"])
        .folder(&place)
        .env("CL_PATH", &case.folder.to_string_lossy())
        .limit(Duration::from_secs(60))
        .finish()?;
    let fine = match done.end {
        End::Exit(0) => true,
        End::Exit(2) => done.stderr.contains("error"),
        End::Exit(_) | End::Signal(_) | End::Timeout => false,
    };
    if fine {
        return Ok(());
    }
    Err(format!("{:?} on {}\n{}", done.end, file.display(), corpus::shorten(&done.stderr, 2000)))
}

/// A xorshift generator.
struct Random(u64);

impl Random {
    fn new(name: &str, seed: u64) -> Random {
        let start = name.bytes().fold(seed + 0x9e37_79b9, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        Random(start | 1)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n.max(1) as u64) as usize
    }
}

/// What a mutation puts in: words of the language where they do not belong, and odd atoms.
const WORDS: [&str; 32] = [
    "define",
    "let",
    "lambda",
    "loop",
    "recur",
    "match",
    "try",
    "catch",
    "finally",
    "set!",
    "data",
    "import",
    "module",
    "define-syntax",
    "syntax-rules",
    "...",
    "...rest",
    "_",
    ":when",
    "nil",
    "-1",
    "1e400",
    "\"s\"",
    "'x",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "#{",
    "99999999999999999999",
];

fn mutate(source: &str, random: &mut Random) -> String {
    let mut tokens: Vec<&str> = tokens(source);
    for _ in 0..1 + random.below(4) {
        if tokens.len() < 2 {
            break;
        }
        let at = random.below(tokens.len());
        let other = random.below(tokens.len());
        match random.below(6) {
            0 => drop(tokens.remove(at)),
            1 => tokens.insert(at, tokens[other]),
            2 => tokens.swap(at, other),
            3 => tokens[at] = WORDS[random.below(WORDS.len())],
            4 => tokens.insert(at, WORDS[random.below(WORDS.len())]),
            _ => tokens.truncate(at.max(1)),
        }
    }
    tokens.join(" ")
}

/// Brackets, Strings and runs of other characters; comments are dropped, since joining lines would spread them.
fn tokens(source: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = source.trim_start();
    while let Some(first) = rest.chars().next() {
        let end = match first {
            ';' => rest.find('\n').unwrap_or(rest.len()),
            '"' => string_end(rest),
            '#' if rest.starts_with("#{") => 2,
            '(' | ')' | '[' | ']' | '{' | '}' | '\'' => 1,
            _ => rest.find([' ', '\n', '\t', ',', '(', ')', '[', ']', '{', '}', '"', ';']).unwrap_or(rest.len()).max(1),
        };
        let (token, after) = rest.split_at(end);
        if first != ';' && first != ',' {
            found.push(token);
        }
        rest = after.trim_start();
    }
    found
}

fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, c) in text.char_indices().skip(1) {
        if c == '"' && !escaped {
            return i + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}
