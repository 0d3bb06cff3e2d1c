//! The library as `clc doc --format json` tells it: names, examples, types. The reference's index is made from it, and the
//! suites check that it tells the truth.

use crate::clc;
use crate::process::{End, Run};
use serde_json::Value;

/// A name of the library.
#[derive(Debug, Default)]
pub struct Entry {
    pub name: String,
    /// The file that it stands in: `lists`.
    pub page: String,
    /// What that file is about.
    pub title: String,
    /// The form that makes it known, if it is not in scope everywhere.
    pub import: Option<String>,
    /// How it is called.
    pub forms: Vec<String>,
    /// Its types and effects, if it is a function.
    pub clauses: Vec<Clause>,
    /// The types as they are shown, also that of a value.
    pub shown_types: Vec<String>,
    /// The docstring without examples, on one line.
    pub text: String,
    /// Expression and value.
    pub examples: Vec<(String, String)>,
}

/// One of the types of a function.
#[derive(Debug, Default)]
pub struct Clause {
    pub params: Vec<String>,
    pub rest: Option<String>,
    pub result: String,
    pub effects: Vec<String>,
}

/// All names of the library, those of a file one after the other.
pub fn entries() -> Result<Vec<Entry>, String> {
    let done = Run::new(clc::path()).args(["doc", "--format", "json"]).finish()?;
    if done.end != End::Exit(0) {
        return Err(format!("clc doc: {:?}\n{}", done.end, done.stderr));
    }
    let text = String::from_utf8_lossy(&done.stdout);
    let objects = text.lines().map(|line| serde_json::from_str::<Value>(line).map_err(|e| format!("{e}: {line}")));
    let entries = objects.map(|object| object.map(|o| (o["kind"] != "special form").then(|| entry(&o))));
    entries.filter_map(Result::transpose).collect()
}

fn entry(object: &Value) -> Entry {
    let example = |e: &Value| (string(&e["expression"]), string(&e["value"]));
    Entry {
        name: string(&object["name"]),
        page: string(&object["page"]),
        title: string(&object["title"]),
        import: object["import"].as_str().map(str::to_owned),
        forms: strings(&object["forms"]),
        clauses: items(&object["clauses"]).iter().map(clause).collect(),
        shown_types: strings(&object["shown_types"]),
        text: string(&object["text"]).replace('\n', " "),
        examples: items(&object["examples"]).iter().map(example).collect(),
    }
}

fn clause(object: &Value) -> Clause {
    Clause {
        params: strings(&object["params"]),
        rest: object["rest"].as_str().map(str::to_owned),
        result: string(&object["result"]),
        effects: strings(&object["effects"]),
    }
}

fn items(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn string(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn strings(value: &Value) -> Vec<String> {
    items(value).iter().map(string).collect()
}

/// The Markdown index.
pub fn index(entries: &[Entry]) -> String {
    let mut out = String::from(HEAD);
    for page in entries.chunk_by(|a, b| a.page == b.page) {
        out.push_str(&format!("\n## {}\n\n", page[0].title));
        if let Some(import) = &page[0].import {
            out.push_str(&format!("`{import}`\n\n"));
        }
        out.push_str("| name | what | example | type |\n| --- | --- | --- | --- |\n");
        for entry in page {
            let example = entry.examples.first().map(|(e, v)| format!("{} ⇒ {}", code(e), code(v)));
            let (name, example) = (code(&entry.name), example.unwrap_or_default());
            out.push_str(&format!("| {name} | {} | {example} | {} |\n", cell(&entry.text), types(entry)));
        }
    }
    out
}

const HEAD: &str = "\
# Library

What is in scope everywhere, and the modules to import. This page is made from the sources of `stdlib/`, whose examples are
run as tests (`BLESS=1 cargo test -p cl_tests --test documentation` makes it anew). Functions that look something up give
`nil` for what is not there; an argument of the wrong kind raises `type-error`. Shown is the type for the most common arguments; behind
`!` stand effects, where a letter means what the functions passed do. `clc doc NAME` shows all types.
";

/// The first type, and whether there are others.
fn types(entry: &Entry) -> String {
    let more = if entry.shown_types.len() > 1 { " …" } else { "" };
    entry.shown_types.first().map(|first| format!("{}{more}", code(first))).unwrap_or_default()
}

/// Inside a table, `|` would end a cell, also between backticks.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn code(text: &str) -> String {
    if text.contains('`') { format!("`` {} ``", cell(text)) } else { format!("`{}`", cell(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_cells_hold_bars() {
        assert_eq!(code("|>"), "`\\|>`");
    }

    #[test]
    fn files_are_headings_and_names_are_rows() {
        let entry = |page: &str, name: &str| Entry {
            name: name.into(),
            page: page.into(),
            title: page.to_uppercase(),
            text: "What.".into(),
            shown_types: vec!["(f Int) : Int".into(), "(f Any) : Any".into()],
            examples: vec![("(f 1)".into(), "2".into())],
            ..Entry::default()
        };
        let index = index(&[entry("a", "f"), entry("a", "g"), entry("b", "h")]);
        assert_eq!((index.matches("\n## ").count(), index.matches("\n## A").count()), (2, 1));
        assert!(index.contains("| `g` | What. | `(f 1)` ⇒ `2` | `(f Int) : Int` … |\n"), "{index}");
    }
}
