//! Diagnostics to text for people ([`text`]) and to JSON lines for tools ([`json`]). Both show the same data.
//!
//! The layout for people is codespan-reporting's: `error[E0101]: message` or `warning[W0001 unreachable-arm]: message`, then `file:LINE:COLUMN` and the source with
//! its labels. Where a line is too long to show or holds characters that would play tricks with a terminal (generated or
//! hostile text), the labels are listed without the source.

use crate::{Diagnostic, FileId, Label, Level, SourceMap, Span, codes};
use codespan_reporting::diagnostic as codespan;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, termcolor};
use serde_json::{Value, json};
use std::fmt::Write;
use std::ops::Range;

/// The version of the JSON objects; raised when a field changes its meaning or goes.
pub const JSON_SCHEMA: u32 = 1;

/// Source lines longer than this (in bytes) are not shown: a terminal could not show them usefully, and one line of many
/// megabytes must not be repeated in each message.
const LONGEST_SHOWN_LINE: usize = 1000;

/// A diagnostic for people, ending in a newline; `colours` adds ANSI escapes.
pub fn text(sources: &SourceMap, diagnostic: &Diagnostic, colours: bool) -> String {
    let diagnostic = visible(diagnostic);
    let shown = diagnostic.labels.iter().all(|l| is_showable(sources, l.span));
    let rendered = if shown { with_source(sources, &diagnostic, colours) } else { None };
    let mut out = rendered.unwrap_or_else(|| without_source(sources, &diagnostic));
    // One newline at the end, however the layout ended.
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A diagnostic as one JSON object on one line, without the newline:
/// `{"schema", "code", "name", "level", "message", "labels": [{"file", "start", "end", "line", "column", "end_line", "end_column",
/// "message"}], "notes": [String], "edits": [{"file", "start", "end", "replacement"}]}`. The first label is the primary
/// one; offsets are bytes from 0, lines and columns count from 1, columns in Unicode scalar values.
pub fn json(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let labels: Vec<Value> = diagnostic.labels.iter().map(|l| json_label(sources, l)).collect();
    let edit = |e: &crate::Edit| {
        json!({
            "file": sources.name(e.span.file), "start": e.span.start, "end": e.span.end, "replacement": e.replacement,
        })
    };
    json!({
        "schema": JSON_SCHEMA,
        "code": diagnostic.code,
        "name": codes::name(diagnostic.code),
        "level": level_name(diagnostic.level),
        "message": diagnostic.message,
        "labels": labels,
        "notes": diagnostic.notes,
        "edits": diagnostic.edits.iter().map(edit).collect::<Vec<_>>(),
    })
    .to_string()
}

fn json_label(sources: &SourceMap, label: &Label) -> Value {
    let span = label.span;
    let (line, column) = sources.position(span.file, span.start);
    let (end_line, end_column) = sources.position(span.file, span.end);
    json!({
        "file": sources.name(span.file),
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "message": label.message,
    })
}

fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
    }
}

/// What stands in the brackets: the code and, for a warning, the name that silences it.
fn shown_code(diagnostic: &Diagnostic) -> String {
    match diagnostic.level {
        Level::Error => diagnostic.code.to_owned(),
        Level::Warning => format!("{} {}", diagnostic.code, codes::name(diagnostic.code)),
    }
}

/// Whether the first line of a span and its neighbours, which may be shown too, are short and harmless.
fn is_showable(sources: &SourceMap, span: Span) -> bool {
    let line = sources.line_index(span.file, span.start);
    (line.saturating_sub(1)..=line + 1).all(|line| {
        let range = sources.line_range(span.file, line);
        let text = &sources.text(span.file)[range];
        text.len() <= LONGEST_SHOWN_LINE && !text.trim_end().chars().any(disturbs_terminal)
    })
}

/// Controls (of which ESC could do anything) and the marks that reorder text.
fn disturbs_terminal(c: char) -> bool {
    (c.is_control() && c != '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The diagnostic with such characters, which come from the user's text, spelled out.
fn visible(diagnostic: &Diagnostic) -> Diagnostic {
    let spell = |text: &mut String| {
        if text.contains(|c| disturbs_terminal(c) && c != '\n') {
            let spelled = text.chars().map(|c| match c {
                '\n' => "\n".to_owned(),
                c if disturbs_terminal(c) => c.escape_unicode().to_string(),
                c => c.to_string(),
            });
            *text = spelled.collect();
        }
    };
    let mut shown = diagnostic.clone();
    spell(&mut shown.message);
    shown.labels.iter_mut().for_each(|l| spell(&mut l.message));
    shown.notes.iter_mut().for_each(spell);
    shown
}

/// codespan-reporting's layout; `None` if it cannot lay this out (a span outside its file).
fn with_source(sources: &SourceMap, diagnostic: &Diagnostic, colours: bool) -> Option<String> {
    let severity = match diagnostic.level {
        Level::Error => codespan::Severity::Error,
        Level::Warning => codespan::Severity::Warning,
    };
    let labels = diagnostic.labels.iter().enumerate().map(|(i, label)| {
        let style = if i == 0 { codespan::LabelStyle::Primary } else { codespan::LabelStyle::Secondary };
        let range = first_line_of(sources, label.span);
        codespan::Label::new(style, label.span.file, range).with_message(&label.message)
    });
    let shown = codespan::Diagnostic::new(severity)
        .with_code(shown_code(diagnostic))
        .with_message(&diagnostic.message)
        .with_labels(labels.collect())
        .with_notes(diagnostic.notes.clone());
    let mut buffer = if colours { termcolor::Buffer::ansi() } else { termcolor::Buffer::no_color() };
    term::emit_to_write_style(&mut buffer, &term::Config::default(), sources, &shown).ok()?;
    Some(String::from_utf8_lossy(buffer.as_slice()).into_owned())
}

/// A label over several lines is shown on its first one: whole functions need not be drawn around.
fn first_line_of(sources: &SourceMap, span: Span) -> Range<usize> {
    let line = sources.line_range(span.file, sources.line_index(span.file, span.start));
    let text = &sources.text(span.file)[line.clone()];
    let line_end = line.start + text.trim_end().len();
    let start = span.start as usize;
    start..(span.end as usize).min(line_end.max(start))
}

fn without_source(sources: &SourceMap, diagnostic: &Diagnostic) -> String {
    let mut out = format!("{}[{}]: {}\n", level_name(diagnostic.level), shown_code(diagnostic), diagnostic.message);
    for label in &diagnostic.labels {
        let (line, column) = sources.position(label.span.file, label.span.start);
        // Writing to a String cannot fail.
        let _ = writeln!(out, "  --> {}:{line}:{column}: {}", sources.name(label.span.file), label.message);
    }
    for note in &diagnostic.notes {
        let _ = writeln!(out, "  = {note}");
    }
    out
}

impl<'a> Files<'a> for SourceMap {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, file: FileId) -> Result<&'a str, Error> {
        Ok(SourceMap::name(self, file))
    }

    fn source(&'a self, file: FileId) -> Result<&'a str, Error> {
        Ok(self.text(file))
    }

    fn line_index(&'a self, file: FileId, offset: usize) -> Result<usize, Error> {
        Ok(SourceMap::line_index(self, file, u32::try_from(offset).unwrap_or(u32::MAX)))
    }

    fn line_range(&'a self, file: FileId, line: usize) -> Result<Range<usize>, Error> {
        Ok(SourceMap::line_range(self, file, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(text: &str) -> (SourceMap, FileId) {
        let mut sources = SourceMap::default();
        let file = sources.add("dir/main.cl".to_owned(), text.to_owned());
        (sources, file)
    }

    fn unbound(file: FileId, start: u32, end: u32) -> Diagnostic {
        codes::e0101::unbound(Span { file, start, end }, "totl", &["total"])
    }

    #[test]
    fn text_names_code_place_and_hint() {
        let (sources, file) = sources("(define total 1)\n(print totl)\n");
        let shown = text(&sources, &unbound(file, 24, 28), false);
        assert!(shown.starts_with("error[E0101]: unbound name `totl`\n"), "{shown}");
        assert!(shown.contains("dir/main.cl:2:8"), "{shown}");
        assert!(shown.contains("help: did you mean `total`?"), "{shown}");
        assert!(!shown.contains('\u{1b}'));
        assert!(text(&sources, &unbound(file, 24, 28), true).contains('\u{1b}'));
    }

    #[test]
    fn a_warning_shows_the_name_that_silences_it() {
        let (sources, file) = sources("(f 1)\n");
        let warning = codes::w0001::unreachable(Span { file, start: 0, end: 1 }, &[]);
        assert!(text(&sources, &warning, false).starts_with("warning[W0001 unreachable-arm]: "));
        let value: Value = serde_json::from_str(&json(&sources, &warning)).unwrap();
        assert_eq!((&value["code"], &value["name"]), (&json!("W0001"), &json!("unreachable-arm")));
    }

    #[test]
    fn huge_lines_are_not_shown() {
        let (sources, file) = sources(&format!("{} totl", " ".repeat(100_000)));
        let shown = text(&sources, &unbound(file, 100_001, 100_005), false);
        assert!(shown.contains("dir/main.cl:1:100002") && shown.len() < 300, "{shown}");
    }

    #[test]
    fn terminal_tricks_in_the_source_are_not_played() {
        let (sources, file) = sources("totl\n\u{1b}[2J \u{202e}x\n");
        let mut diagnostic = unbound(file, 0, 4);
        diagnostic.message = "the key \u{1b}[31m".to_owned();
        let shown = text(&sources, &diagnostic, false);
        assert!(!shown.contains(['\u{1b}', '\u{202e}']) && shown.contains("the key \\u{1b}[31m"), "{shown}");
        assert!(shown.contains("dir/main.cl:1:1"), "{shown}");
    }

    #[test]
    fn a_span_at_or_beyond_the_end_does_no_harm() {
        let (sources, file) = sources("ab");
        for (start, end) in [(2, 2), (2, 3), (7, 9), (1, 0)] {
            assert!(text(&sources, &unbound(file, start, end), false).contains("E0101"));
            serde_json::from_str::<Value>(&json(&sources, &unbound(file, start, end))).unwrap();
        }
    }

    #[test]
    fn json_is_one_line_with_positions() {
        let (sources, file) = sources("(define total 1)\n(print \"é\" totl)\n");
        let line = json(&sources, &unbound(file, 29, 33).edit(Span { file, start: 29, end: 33 }, "total"));
        assert!(!line.contains('\n'));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!((&value["schema"], &value["level"]), (&json!(1), &json!("error")));
        assert_eq!((&value["labels"][0]["line"], &value["labels"][0]["column"]), (&json!(2), &json!(12)));
        assert_eq!(value["edits"][0]["replacement"], "total");
    }

    #[test]
    fn a_message_about_no_text_has_no_place() {
        let (sources, _) = sources("");
        let shown = text(&sources, &codes::e0012::unreadable("x.cl", "no such file"), false);
        assert!(shown.starts_with("error[E0012]: cannot read x.cl: no such file\n"), "{shown}");
    }
}
