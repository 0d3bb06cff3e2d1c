//! The library as its source files document it: names, docstrings, examples. The reference's index is made from it.

/// A documented name of the library.
#[derive(Debug, PartialEq)]
pub struct Entry {
    pub name: String,
    /// The docstring's first paragraph, on one line.
    pub summary: String,
    /// Expression and value, of each docstring line with an arrow.
    pub examples: Vec<(String, String)>,
}

/// A part of a library file, under a comment line with dashes; the first one has no title.
#[derive(Debug, PartialEq)]
pub struct Section {
    pub title: String,
    pub entries: Vec<Entry>,
}

/// The documented definitions of a library file, in order. Names that start with `%` are the library's own.
pub fn parse(source: &str) -> Vec<Section> {
    let mut sections = vec![Section { title: String::new(), entries: Vec::new() }];
    let mut lines = source.lines().peekable();
    let mut name = None;
    while let Some(line) = lines.next() {
        if let Some(title) = section_title(line) {
            sections.push(Section { title, entries: Vec::new() });
        } else if let Some(found) = defined_name(line) {
            name = (!found.starts_with('%')).then(|| found.to_string());
        } else if line.trim_start().starts_with('"')
            && let Some(name) = name.take()
        {
            let mut text = line.trim_start().trim_start_matches('"').to_string();
            while !ends_string(&text) {
                let Some(next) = lines.next() else { break };
                text.push('\n');
                text.push_str(next);
            }
            let end = closing_quote(&text).unwrap_or(text.len());
            let section = sections.last_mut().expect("there is always a section");
            section.entries.push(entry(name, &unescape(&text[..end])));
        }
    }
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// `; ---- title`
fn section_title(line: &str) -> Option<String> {
    let title = line.strip_prefix("; --")?.trim_start_matches('-').trim();
    (!title.is_empty()).then(|| title.to_string())
}

/// The name in `(define (name …` or `(define name …`.
fn defined_name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("(define ")?;
    let rest = rest.strip_prefix('(').unwrap_or(rest);
    rest.split([' ', ')']).next().filter(|name| !name.is_empty())
}

/// The position of the first `"` that is not escaped.
fn closing_quote(text: &str) -> Option<usize> {
    let mut escaped = false;
    text.char_indices()
        .find(|&(_, c)| {
            let found = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            found
        })
        .map(|(i, _)| i)
}

fn ends_string(text: &str) -> bool {
    closing_quote(text).is_some()
}

/// Text inside a String literal as the String itself.
fn unescape(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some(escaped @ ('"' | '\\'))) => {
                out.push(escaped);
                chars.next();
            }
            _ => out.push(c),
        }
    }
    out
}

fn entry(name: String, doc: &str) -> Entry {
    let is_example = |line: &&str| line.trim_start().starts_with(['(', '[', '{', '#']) && line.contains(" => ");
    let summary: Vec<&str> = doc.lines().take_while(|line| !is_example(line)).map(str::trim).collect();
    let examples = doc.lines().filter(is_example).filter_map(|line| line.trim().split_once(" => "));
    let examples = examples.map(|(expression, value)| (expression.trim().to_string(), value.trim().to_string()));
    Entry { name, summary: summary.join(" ").trim().to_string(), examples: examples.collect() }
}

/// The Markdown index of library files, given as (title, how to import, source).
pub fn index(files: &[(String, String, String)]) -> String {
    let mut page = String::from(HEAD);
    for (title, how, source) in files {
        page.push_str(&format!("\n## {title}\n\n"));
        if !how.is_empty() {
            page.push_str(&format!("{how}\n\n"));
        }
        page.push_str("| name | what | example |\n| --- | --- | --- |\n");
        for section in parse(source) {
            for entry in section.entries {
                let example =
                    entry.examples.first().map(|(e, v)| format!("{} ⇒ {}", code(e), code(v))).unwrap_or_default();
                page.push_str(&format!("| {} | {} | {example} |\n", code(&entry.name), cell(&entry.summary)));
            }
        }
    }
    page
}

const HEAD: &str = "\
# Library

What is in scope everywhere, and the modules to import. This page is made from the docstrings of `stdlib/`, whose examples are
run as tests (`BLESS=1 cargo test -p cl_tests --test documentation` makes it anew). Functions that look something up give
`nil` for what is not there; an argument of the wrong kind raises `type-error`.
";

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

    const SOURCE: &str = r#"; ---- making
(define (wrap x)
  "Puts x into a List.
  Never fails.
    (wrap \"a\") => [\"a\"]
    (wrap 1) => [1]"
  (%cons x nil))
(define (%hidden x) "not shown" x)
; ---------------------------------- other
(define many
  (%case-lambda
    (() "Nothing." nil)
    ((x)
      "One."
      x)))
"#;

    #[test]
    fn docstrings_are_found_with_their_examples() {
        let sections = parse(SOURCE);
        assert_eq!(sections[0].title, "making");
        let wrap = &sections[0].entries[0];
        assert_eq!((wrap.name.as_str(), wrap.summary.as_str()), ("wrap", "Puts x into a List. Never fails."));
        assert_eq!(wrap.examples, [("(wrap \"a\")".into(), "[\"a\"]".into()), ("(wrap 1)".into(), "[1]".into())]);
    }

    #[test]
    fn names_of_the_library_itself_are_left_out() {
        let names: Vec<String> = parse(SOURCE).into_iter().flat_map(|s| s.entries).map(|e| e.name).collect();
        assert_eq!(names, ["wrap", "many"]);
    }

    #[test]
    fn table_cells_hold_bars() {
        assert_eq!(code("|>"), "`\\|>`");
    }
}
