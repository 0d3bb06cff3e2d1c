//! What the documentation shows is what the language does.
//!
//! - A fenced block marked `cl` in a Markdown file must compile. If a block marked `out` follows, the program is run and
//!   must print exactly that; if a block marked `err` follows, each of its lines must be on standard error.
//! - A line `(f x) => value` in a docstring of the library is evaluated; the value is written readably or displayed.
//! - The tests in an example pass.
//! - What a function of the library raises is said in its docstring.
//! - The index of the library is what `clc doc` says of it.

use cl_tests::corpus::difference;
use cl_tests::harness::{self, Outcome, Trial};
use cl_tests::library;
use cl_tests::process::{End, Finished, Run};
use cl_tests::{clc, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut trials = Vec::new();
    for page in files(&repository(), "md", &["README.md", "docs"]) {
        trials.extend(blocks(&read(&page)).into_iter().map(|block| block_trial(&page, block)));
    }
    match library::entries() {
        Ok(entries) => {
            for page in entries.chunk_by(|a, b| a.page == b.page) {
                let examples: Vec<_> = page.iter().flat_map(|entry| entry.examples.clone()).collect();
                let (name, import) = (page[0].page.clone(), page[0].import.clone());
                trials.push(Trial::one(format!("library/{name} ({} examples)", examples.len()), move || {
                    check_library(&name, import.as_deref(), &examples)
                }));
            }
            let silent = silent_errors(&entries);
            trials.push(Trial::one("functions that raise say so", move || {
                if silent.is_empty() { Ok(()) } else { Err(silent.join("\n")) }.into()
            }));
            let made = library::index(&entries);
            trials.push(Trial::one("docs/reference/library.md is made from the library", move || {
                check_index(&made).into()
            }));
        }
        Err(why) => trials.push(Trial::one("clc doc", move || Outcome::Failed(why.clone()))),
    }
    trials.push(Trial::one("examples/intervals.cl passes its own tests", || {
        let done = Run::new(clc::path()).args(["test", "examples/intervals.cl"]).folder(&repository()).finish();
        done.and_then(|done| if done.end == End::Exit(0) { Ok(()) } else { Err(done.stderr) }).into()
    }));
    harness::run(trials)
}

/// Functions whose signature has `error` and whose docstring does not say what they raise.
fn silent_errors(entries: &[library::Entry]) -> Vec<String> {
    let raises = |entry: &&library::Entry| entry.clauses.iter().any(|c| c.effects.iter().any(|e| e == "error"));
    let silent = entries.iter().filter(raises).filter(|entry| !entry.text.to_lowercase().contains("raise"));
    silent
        .map(|entry| format!("{}: {} has the effect error, but `{}` names none", entry.page, entry.name, entry.text))
        .collect()
}

fn check_index(made: &str) -> Result<(), String> {
    let path = repository().join("docs/reference/library.md");
    if std::env::var_os("BLESS").is_some() {
        return fs::write(&path, made).map_err(|error| format!("{}: {error}", path.display()));
    }
    if read(&path) == made {
        return Ok(());
    }
    Err(format!("run with BLESS=1 and review the change\n{}", difference(made.as_bytes(), read(&path).as_bytes())))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Files with an extension among these files and below these folders, sorted.
fn files(root: &Path, extension: &str, parts: &[&str]) -> Vec<PathBuf> {
    let mut todo: Vec<PathBuf> = parts.iter().map(|part| root.join(part)).collect();
    let mut found = Vec::new();
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            let entries = fs::read_dir(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            todo.extend(entries.filter_map(|entry| Some(entry.ok()?.path())));
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// A program in a page and what is said of it.
struct Block {
    line: usize,
    program: String,
    expected: Expected,
}

enum Expected {
    Compiles,
    Prints(String),
    /// Texts on standard error; the status is not 0.
    Fails(Vec<String>),
}

/// The fenced blocks of a page as (line, mark, text), blocks of other marks included.
fn fences(page: &str) -> Vec<(usize, String, String)> {
    let mut found: Vec<(usize, String, String)> = Vec::new();
    let mut inside = false;
    for (i, line) in page.lines().enumerate() {
        match line.strip_prefix("```") {
            Some(_) if inside => inside = false,
            Some(mark) => {
                inside = true;
                found.push((i + 1, mark.trim().to_string(), String::new()));
            }
            None if inside => {
                let text = &mut found.last_mut().expect("a fence is open").2;
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    found
}

fn blocks(page: &str) -> Vec<Block> {
    let fences = fences(page);
    let mut found = Vec::new();
    for (i, (line, mark, program)) in fences.iter().enumerate() {
        if mark != "cl" {
            continue;
        }
        let expected = match fences.get(i + 1) {
            Some((_, mark, text)) if mark == "out" => Expected::Prints(text.clone()),
            Some((_, mark, text)) if mark == "err" => Expected::Fails(text.lines().map(String::from).collect()),
            _ => Expected::Compiles,
        };
        found.push(Block { line: *line, program: program.clone(), expected });
    }
    found
}

/// A folder of its own for each trial, with the program in it.
fn write_program(name: &str, text: &str) -> Result<(PathBuf, String), String> {
    let folder =
        PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("documentation").join(name.replace(['/', ':', '.'], "-"));
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    fs::write(folder.join("program.cl"), text).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok((folder, "program.cl".to_string()))
}

fn run(command: &str, name: &str, text: &str) -> Result<Finished, String> {
    let (folder, file) = write_program(name, text)?;
    Run::new(clc::path()).args([command, file.as_str()]).folder(&folder).finish()
}

fn block_trial(page: &Path, block: Block) -> Trial {
    let below = page.strip_prefix(repository()).unwrap_or(page).display().to_string();
    let name = format!("{below}:{}", block.line);
    Trial::one(name.clone(), move || check_block(&name, &block).into())
}

fn check_block(name: &str, block: &Block) -> Result<(), String> {
    let command = if matches!(block.expected, Expected::Compiles) { "check" } else { "run" };
    let done = run(command, name, &block.program)?;
    let complaint = |what: String| Err(format!("{what}\nstandard error:\n{}", done.stderr));
    match &block.expected {
        Expected::Compiles if done.end == End::Exit(0) => Ok(()),
        Expected::Compiles => complaint(format!("does not compile: {:?}", done.end)),
        Expected::Prints(text) if done.end == End::Exit(0) && done.stdout == text.as_bytes() => Ok(()),
        Expected::Prints(text) => complaint(format!("{:?}, {}", done.end, difference(text.as_bytes(), &done.stdout))),
        Expected::Fails(texts) => match texts.iter().find(|text| !done.stderr.contains(text.as_str())) {
            None if matches!(done.end, End::Exit(1 | 2)) => Ok(()),
            None => complaint(format!("{:?}, expected exit status 1 or 2", done.end)),
            Some(text) => complaint(format!("standard error lacks: {text}")),
        },
    }
}

/// What a line that shows a value starts with; an example may print lines of its own.
const MARK: &str = "==>";
const ONE_LINE: &str = r#"(define (one-line s) (string-replace s "\n" "\\n"))
"#;

/// One program that prints, for each example, its readable and its display form, each on a line without newlines inside.
fn library_program(import: Option<&str>, examples: &[(String, String)]) -> String {
    let mut program = format!("{}\n{ONE_LINE}", import.unwrap_or_default());
    for (expression, _) in examples {
        program.push_str(&format!(
            "(let ((x (try {expression} (catch (e) (str \"error \" (get e \"type\")))))) (print) (print \"{MARK}\" (one-line (to-source x))) (print \"{MARK}\" (one-line (to-string x))))\n"
        ));
    }
    program
}

fn check_library(name: &str, import: Option<&str>, examples: &[(String, String)]) -> Outcome {
    let done = match run("run", &format!("library/{name}"), &library_program(import, examples)) {
        Ok(done) => done,
        Err(why) => return Outcome::Failed(why),
    };
    let text = String::from_utf8_lossy(&done.stdout).into_owned();
    let lines: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix(MARK)?.strip_prefix(' ')).collect();
    if done.end != End::Exit(0) || lines.len() != 2 * examples.len() {
        return Outcome::Failed(format!("{:?} after {} lines\n{}", done.end, lines.len(), done.stderr));
    }
    let wrong: Vec<String> = examples
        .iter()
        .zip(lines.chunks(2))
        .filter(|((_, value), forms)| !forms.contains(&value.as_str()))
        .map(|((expression, value), forms)| format!("{expression} => {value}, but it is {}", forms[0]))
        .collect();
    if wrong.is_empty() { Outcome::Passed } else { Outcome::Failed(wrong.join("\n")) }
}
