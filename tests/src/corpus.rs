//! Programs with expected output, as they lie on disk: `NAME.cl` with `NAME.out` and, where wanted, `NAME.exit` (status),
//! `NAME.err` (texts that standard error must contain), `NAME.in` (standard input) and `NAME.args` (arguments, one a line).

use crate::process::{End, Finished};
use std::fs;
use std::path::{Path, PathBuf};

/// One program and what it must do.
pub struct Case {
    /// The path below the corpus' parent folder, without `.cl`, with `/`: `conformance/basics/loops`.
    pub name: String,
    /// Where the program lies; it is run there.
    pub folder: PathBuf,
    /// `loops.cl`
    pub file: String,
    pub args: Vec<String>,
    pub input: Vec<u8>,
    pub stdout: Vec<u8>,
    pub status: i32,
    pub stderr: Vec<String>,
}

/// All cases below `root/name`, sorted by name.
pub fn find(root: &Path, name: &str) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    let mut folders = vec![root.join(name)];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder)? {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|e| e == "cl") && path.with_extension("out").exists() {
                cases.push(read(root, &path)?);
            }
        }
    }
    cases.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(cases)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let list = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    list.map(|entry| Ok(entry.map_err(|error| error.to_string())?.path())).collect()
}

fn read(root: &Path, path: &Path) -> Result<Case, String> {
    let part = |extension: &str| -> Result<Option<Vec<u8>>, String> {
        let path = path.with_extension(extension);
        if !path.exists() {
            return Ok(None);
        }
        fs::read(&path).map(Some).map_err(|error| format!("{}: {error}", path.display()))
    };
    let lines = |bytes: Option<Vec<u8>>| -> Vec<String> {
        String::from_utf8_lossy(&bytes.unwrap_or_default()).lines().map(String::from).collect()
    };
    let status = match lines(part("exit")?).first() {
        None => 0,
        Some(text) => text.trim().parse().map_err(|_| format!("{}: .exit is not a number", path.display()))?,
    };
    let below = path.strip_prefix(root).map_err(|error| error.to_string())?.with_extension("");
    Ok(Case {
        name: below.to_string_lossy().replace('\\', "/"),
        folder: path.parent().map(PathBuf::from).unwrap_or_default(),
        file: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        args: lines(part("args")?),
        input: part("in")?.unwrap_or_default(),
        stdout: part("out")?.unwrap_or_default(),
        status,
        stderr: lines(part("err")?),
    })
}

impl Case {
    /// The conformance corpus is the language's, it is not rewritten from what an engine does.
    pub fn is_blessable(&self) -> bool {
        !self.name.starts_with("conformance/")
    }

    /// `Err` says what the program did that it should not.
    pub fn judge(&self, done: &Finished) -> Result<(), String> {
        let mut wrong = Vec::new();
        if done.end != End::Exit(self.status) {
            wrong.push(format!("ended with {:?}, expected exit status {}", done.end, self.status));
        }
        if done.stdout != self.stdout {
            wrong.push(difference(&self.stdout, &done.stdout));
        }
        for text in self.stderr.iter().filter(|text| !done.stderr.contains(text.as_str())) {
            wrong.push(format!("standard error lacks: {text}"));
        }
        if wrong.is_empty() {
            return Ok(());
        }
        if !done.stderr.trim().is_empty() {
            wrong.push(format!("standard error:\n{}", shorten(&done.stderr, 1500)));
        }
        Err(wrong.join("\n"))
    }
}

/// The first line in which the outputs differ.
pub fn difference(expected: &[u8], got: &[u8]) -> String {
    let (expected, got) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(got));
    let mut left = expected.split('\n');
    let mut right = got.split('\n');
    let mut line = 1;
    loop {
        match (left.next(), right.next()) {
            (a, b) if a == b && a.is_some() => line += 1,
            (a, b) => {
                let show = |text: Option<&str>| {
                    text.map_or("(the end)".to_string(), |text| format!("{:?}", shorten(text, 300)))
                };
                return format!("output differs in line {line}\n  expected {}\n       got {}", show(a), show(b));
            }
        }
    }
}

/// At most `limit` bytes of a text, cut between characters.
pub fn shorten(text: &str, limit: usize) -> String {
    if text.len() <= limit {
        return text.to_string();
    }
    let end = (0..=limit).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    format!("{}… ({} bytes in all)", &text[..end], text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case() -> Case {
        Case {
            name: "a".into(),
            folder: PathBuf::new(),
            file: "a.cl".into(),
            args: vec![],
            input: vec![],
            stdout: b"one\ntwo\n".to_vec(),
            status: 1,
            stderr: vec!["error[x]".into()],
        }
    }

    fn finished(end: End, stdout: &str, stderr: &str) -> Finished {
        Finished { end, stdout: stdout.as_bytes().to_vec(), stderr: stderr.into() }
    }

    #[test]
    fn status_output_and_error_text_all_count() {
        assert!(case().judge(&finished(End::Exit(1), "one\ntwo\n", "error[x]: y")).is_ok());
        assert!(case().judge(&finished(End::Exit(0), "one\ntwo\n", "error[x]: y")).is_err());
        assert!(case().judge(&finished(End::Signal(11), "one\ntwo\n", "error[x]: y")).is_err());
        assert!(case().judge(&finished(End::Exit(1), "one\ntwo", "error[x]: y")).is_err());
        assert!(case().judge(&finished(End::Exit(1), "one\ntwo\n", "error[z]: y")).is_err());
    }

    #[test]
    fn the_first_different_line_is_shown() {
        assert!(difference(b"one\ntwo\n", b"one\n2\n").contains("line 2"));
        assert!(difference(b"one\n", b"one").contains("got (the end)"));
    }
}
