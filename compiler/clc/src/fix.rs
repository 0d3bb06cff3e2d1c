//! `--fix`: makes the edits that diagnostics carry, until none is left.
//!
//! Edits are tried in memory: a round of them is taken only if the program that comes out has no error that it did not have
//! before; otherwise each is tried alone. Only then are files written, each whole. Files of the library and those found on CL_PATH
//! are not touched.

use crate::args::Format;
use crate::driver::{self, Findings, Scrutiny};
use crate::files::Disk;
use crate::output;
use crate::report::{self, Failure};
use crate::stage::Stages;
use cl_lang::{LoadError, Loader};
use cl_text::{Diagnostic, Edit, FileId, codes};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// One edit may make room for another; so often at most.
const MOST_ROUNDS: usize = 20;

/// So many edits are tried alone, each of which takes a check of the program.
const MOST_TRIALS: usize = 100;

/// The texts of changed files, by canonical path, in front of the disk.
#[derive(Clone, Default)]
struct Overlay(BTreeMap<PathBuf, String>);

impl Loader for Overlay {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        match self.0.get(&Disk.canonical(path)) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => Disk.load(path),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        Disk.is_file(path)
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        Disk.canonical(path)
    }
}

/// The program as far as it is mended.
struct Mending<'a> {
    root: &'a Path,
    scrutiny: Scrutiny<'a>,
    /// Folders whose files are others'.
    foreign: Vec<PathBuf>,
    overlay: Overlay,
    findings: Findings,
    /// What was done, to be told.
    done: Vec<String>,
    /// Edits that made the program worse, by what they say.
    refused: BTreeSet<(&'static str, String)>,
    trials: usize,
    format: Format,
}

/// Mends the files of the program whose root file is `root`, tells on standard output what was changed, and gives what is
/// still found.
pub fn run(root: &Path, scrutiny: Scrutiny, format: Format) -> Result<Findings, Failure> {
    let overlay = Overlay::default();
    let findings = driver::findings(Stages { verbose: false }, &overlay, root, scrutiny);
    let foreign = driver::search_path().iter().map(|folder| Disk.canonical(folder)).collect();
    let (done, refused) = (Vec::new(), BTreeSet::new());
    let mut mending = Mending { root, scrutiny, foreign, overlay, findings, done, refused, trials: 0, format };
    for _ in 0..MOST_ROUNDS {
        if !mending.round() {
            break;
        }
    }
    for (path, text) in &mending.overlay.0 {
        output::replace(path, text)?;
    }
    report::print(&mending.done.concat())?;
    Ok(mending.findings)
}

impl Mending<'_> {
    /// Makes all edits that do not touch each other; tells whether any was made.
    fn round(&mut self) -> bool {
        let chosen = self.chosen();
        if chosen.is_empty() || self.attempt(&chosen) {
            return !chosen.is_empty();
        }
        for index in chosen {
            if self.trials >= MOST_TRIALS {
                return false;
            }
            self.trials += 1;
            let diagnostic = &self.findings.diagnostics[index];
            let key = (diagnostic.code, diagnostic.message.clone());
            if self.attempt(&[index]) {
                return true;
            }
            self.refused.insert(key);
        }
        false
    }

    /// The diagnostics whose edits are made next, by index: those that touch no edit chosen before.
    fn chosen(&self) -> Vec<usize> {
        let own: BTreeSet<FileId> = self.findings.sources.user_files().filter(|file| self.is_own(*file)).collect();
        let mut taken = Taken::default();
        let usable = |(_, diagnostic): &(usize, &Diagnostic)| {
            !diagnostic.edits.is_empty()
                && diagnostic.edits.iter().all(|e| own.contains(&e.span.file))
                && !self.refused.contains(&(diagnostic.code, diagnostic.message.clone()))
        };
        let candidates = self.findings.diagnostics.iter().enumerate().filter(usable);
        candidates.filter(|(_, diagnostic)| taken.take(&diagnostic.edits)).map(|(index, _)| index).collect()
    }

    /// Is it a file that can be written, and not somebody else's?
    fn is_own(&self, file: FileId) -> bool {
        let path = Path::new(self.findings.sources.name(file));
        let real = Disk.canonical(path);
        path.is_file() && !self.foreign.iter().any(|folder| real.starts_with(folder))
    }

    /// Makes the edits of some diagnostics, if the program does not get worse by them.
    fn attempt(&mut self, chosen: &[usize]) -> bool {
        let diagnostics: Vec<&Diagnostic> = chosen.iter().map(|&index| &self.findings.diagnostics[index]).collect();
        let overlay = self.edited(diagnostics.iter().flat_map(|d| &d.edits));
        let findings = driver::findings(Stages { verbose: false }, &overlay, self.root, self.scrutiny);
        if has_new_error(&self.findings, &findings) {
            return false;
        }
        let told: Vec<String> = diagnostics.iter().map(|d| self.told(d)).collect();
        self.done.extend(told);
        (self.overlay, self.findings) = (overlay, findings);
        true
    }

    /// The texts after some edits that do not overlap.
    fn edited<'e>(&self, edits: impl Iterator<Item = &'e Edit>) -> Overlay {
        let sources = &self.findings.sources;
        let mut by_file: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
        for edit in edits {
            by_file.entry(edit.span.file).or_default().push(edit);
        }
        let mut overlay = self.overlay.clone();
        for (file, mut edits) in by_file {
            edits.sort_by_key(|e| (e.span.start, e.span.end));
            let text = sources.text(file);
            let (mut out, mut at) = (String::with_capacity(text.len()), 0);
            for edit in edits {
                out.push_str(&text[at..edit.span.start as usize]);
                out.push_str(&edit.replacement);
                at = edit.span.end as usize;
            }
            out.push_str(&text[at..]);
            overlay.0.insert(Disk.canonical(Path::new(sources.name(file))), out);
        }
        overlay
    }

    /// The line that says what was mended.
    fn told(&self, diagnostic: &Diagnostic) -> String {
        let Some(label) = diagnostic.labels.first() else { return String::new() };
        let sources = &self.findings.sources;
        let (line, column) = sources.position(label.span.file, label.span.start);
        let (file, name) = (sources.name(label.span.file), codes::name(diagnostic.code));
        match self.format {
            Format::Text => format!("fixed {file}:{line}:{column}: {} [{name}]\n", diagnostic.message),
            Format::Json => format!(
                "{}\n",
                serde_json::json!({
                    "schema": cl_text::render::JSON_SCHEMA, "event": "fixed", "file": file, "line": line,
                    "column": column, "code": diagnostic.code, "name": name, "message": diagnostic.message,
                })
            ),
        }
    }
}

/// The text that chosen edits replace: ends by file and start.
#[derive(Default)]
struct Taken(BTreeMap<(FileId, u32), u32>);

impl Taken {
    /// Takes the text of some edits, or nothing if one of them touches what is taken, or another of them.
    fn take(&mut self, edits: &[Edit]) -> bool {
        for (count, edit) in edits.iter().enumerate() {
            if self.touches(edit) {
                for edit in &edits[..count] {
                    self.0.remove(&(edit.span.file, edit.span.start));
                }
                return false;
            }
            self.0.insert((edit.span.file, edit.span.start), edit.span.end);
        }
        true
    }

    fn touches(&self, edit: &Edit) -> bool {
        let Edit { span, .. } = edit;
        let before = self.0.range(..=(span.file, span.start)).next_back();
        let after = self.0.range((span.file, span.start)..).next();
        before.is_some_and(|(&(file, start), &end)| file == span.file && (start == span.start || end > span.start))
            || after.is_some_and(|(&(file, start), _)| file == span.file && start < span.end)
    }
}

/// Is there an error after that was not there before? Positions do not count: edits move text.
fn has_new_error(before: &Findings, after: &Findings) -> bool {
    let mut old: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for error in before.errors() {
        *old.entry((error.code, &error.message)).or_default() += 1;
    }
    after.errors().any(|error| match old.get_mut(&(error.code, error.message.as_str())) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    })
}
