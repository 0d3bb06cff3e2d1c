//! Projects: a folder with a `clc.toml`, which names the root file. Commands that get no FILE work on the project of the
//! current folder, one that gets a folder on the project in it.

use crate::args::Format;
use crate::files;
use crate::report::{self, Failure};
use cl_text::{Diagnostic, FileId, SourceMap, Span, codes, near};
use std::path::{Path, PathBuf};
use toml::de::{DeTable, DeValue};

/// The file that makes a folder a project.
pub const MANIFEST: &str = "clc.toml";

/// The edition of the language that this compiler knows.
const EDITION: &str = "1";

const KEYS: [&str; 4] = ["name", "version", "edition", "main"];

/// What a command works on.
pub struct Root {
    /// The root file of the program.
    pub file: PathBuf,
    /// The project's name, if the file was found by its project.
    pub name: Option<String>,
}

/// A project whose `clc.toml` is right.
pub struct Project {
    /// Its folder, as a path from the current one; empty if it is that.
    pub folder: PathBuf,
    pub name: String,
    pub main: PathBuf,
}

/// The program that `file` on the command line means: a file, the project in a folder, or without `file` that of the
/// current folder.
pub fn root(file: Option<&Path>, format: Format) -> Result<Root, Failure> {
    match file {
        Some(file) if !file.is_dir() => Ok(Root { file: file.to_owned(), name: None }),
        folder => {
            let project = find(folder, format)?;
            Ok(Root { file: project.main, name: Some(project.name) })
        }
    }
}

/// The paths on the command line, or else the folder of the current project.
pub fn paths(given: &[PathBuf], format: Format) -> Result<Vec<PathBuf>, Failure> {
    if !given.is_empty() {
        return Ok(given.to_vec());
    }
    let folder = find(None, format)?.folder;
    Ok(vec![if folder.as_os_str().is_empty() { ".".into() } else { folder }])
}

/// The project in `folder`, or without it the nearest one from the current folder up. Shows what is wrong with it.
pub fn find(folder: Option<&Path>, format: Format) -> Result<Project, Failure> {
    let folder = match folder {
        Some(folder) if folder.join(MANIFEST).is_file() => folder.to_owned(),
        Some(folder) => {
            let message = format!("{} is a folder without a {MANIFEST}", folder.display());
            return Err(Failure::outside(message, "name a file, or a project's folder"));
        }
        None => nearest().ok_or_else(|| {
            let message = format!("no FILE is given, and there is no {MANIFEST} here or in a folder above");
            Failure::outside(message, "name a file, or make a project: clc new NAME")
        })?,
    };
    let mut sources = SourceMap::default();
    read(&folder, &mut sources).map_err(|diagnostics| {
        report::diagnostics(format, &sources, &diagnostics);
        Failure::Program
    })
}

/// The nearest folder with a `clc.toml`, as a path from the current one: empty, or some `..`.
pub fn nearest() -> Option<PathBuf> {
    let here = std::env::current_dir().ok()?;
    let levels = here.ancestors().position(|folder| folder.join(MANIFEST).is_file())?;
    Some(std::iter::repeat_n("..", levels).collect())
}

/// Reads and checks the manifest in a folder.
fn read(folder: &Path, sources: &mut SourceMap) -> Result<Project, Vec<Diagnostic>> {
    let file = files::source(&folder.join(MANIFEST), sources).map_err(|d| vec![d])?;
    let manifest = Manifest::parse(sources.text(file), file)?;
    let main = folder.join(&manifest.main.0);
    if !main.is_file() {
        return Err(vec![codes::e0804::missing(manifest.main.1, &main.display().to_string())]);
    }
    Ok(Project { folder: folder.to_owned(), name: manifest.name, main })
}

/// What a `clc.toml` says.
struct Manifest {
    name: String,
    /// The path of the root file, and where it is given.
    main: (String, Span),
}

impl Manifest {
    fn parse(text: &str, file: FileId) -> Result<Manifest, Vec<Diagnostic>> {
        let span = |range: std::ops::Range<usize>| Span { file, start: range.start as u32, end: range.end as u32 };
        let (table, errors) = DeTable::parse_recoverable(text);
        if !errors.is_empty() {
            let wrong = errors.iter().map(|e| codes::e0801::syntax(span(e.span().unwrap_or(0..0)), e.message()));
            return Err(wrong.collect());
        }
        let mut wrong = Vec::new();
        let mut values = [None; KEYS.len()];
        for (key, value) in table.get_ref().iter() {
            let name: &str = key.get_ref();
            match KEYS.iter().position(|known| *known == name) {
                None => wrong.push(codes::e0802::unknown(span(key.span()), name, &near(name, KEYS))),
                Some(index) => match good_value(KEYS[index], value.get_ref()) {
                    Ok(text) => values[index] = Some((text, span(value.span()))),
                    Err(expected) => wrong.push(codes::e0803::bad(span(value.span()), name, expected)),
                },
            }
        }
        let [name, _, _, main] = values;
        if name.is_none() && !table.get_ref().contains_key("name") {
            wrong.push(codes::e0803::missing(span(0..0), "name"));
        }
        wrong.sort_by_key(|d| d.labels.first().map(|label| label.span.start));
        match name {
            Some((name, _)) if wrong.is_empty() => {
                let (path, place) = main.unwrap_or(("main.cl", span(0..0)));
                Ok(Manifest { name: name.to_owned(), main: (path.to_owned(), place) })
            }
            _ => Err(wrong),
        }
    }
}

/// The text of a value that its key takes, or what the key would take.
fn good_value<'t>(key: &str, value: &'t DeValue) -> Result<&'t str, &'static str> {
    let string = value.as_str();
    match key {
        "name" => string.filter(|name| is_name(name)).ok_or("a name of letters, digits, `-` and `_` in quotes"),
        "version" => string.filter(|version| is_version(version)).ok_or("three numbers in quotes, such as \"0.1.0\""),
        "edition" => match value {
            DeValue::Integer(n) if n.radix() == 10 && n.as_str() == EDITION => Ok(EDITION),
            _ => Err("1, the only edition of the language"),
        },
        _ => string.filter(|path| is_path(path)).ok_or("the path of a .cl file from this folder, in quotes"),
    }
}

/// Can a project be called so? The name is also that of a folder and of an executable.
pub fn is_name(name: &str) -> bool {
    name.len() <= 64
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
}

fn is_version(version: &str) -> bool {
    let numbers: Vec<&str> = version.split('.').collect();
    numbers.len() == 3 && numbers.iter().all(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

fn is_path(path: &str) -> bool {
    path.ends_with(".cl") && Path::new(path).is_relative()
}
