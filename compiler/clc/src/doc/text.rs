//! Documentation for a terminal.

use super::model::{Doc, Entry, Kind, Page, Section};

/// Text is broken at spaces into lines of so many characters.
const WIDTH: usize = 88;

/// All that is known of a name.
pub fn entry(page: &Page, section: &Section, entry: &Entry) -> String {
    let mut out = format!("{}  ({})\n", entry.name, place(page, section, entry.kind));
    if let Some(import) = &page.import {
        out.push_str(&format!("needs {import}\n"));
    }
    if entry.kind == Kind::Form {
        return out + "\n" + &form_text(&entry.doc.text);
    }
    part(&mut out, "", &entry.forms);
    let text: Vec<String> = entry.doc.text.split("\n\n").map(wrap).collect();
    if !entry.doc.text.is_empty() {
        out.push_str(&format!("\n{}\n", text.join("\n\n")));
    }
    let examples = entry.doc.examples.iter().map(|e| format!("{} => {}", e.expression, e.value));
    part(&mut out, "Examples:", &examples.collect::<Vec<_>>());
    let types = entry.type_lines();
    let heading = match types.len() {
        _ if entry.inferred.is_some() => "Inferred type:",
        1 => "Type:",
        _ => "Types, the first that fits counts:",
    };
    part(&mut out, heading, &types);
    if let Some(effects) = entry.effects() {
        out.push_str(&format!("\nEffects: {}\n", effects_text(&effects)));
    }
    out
}

/// The names of a page with the first sentence of each.
pub fn page(page: &Page) -> String {
    let mut out = format!("{}\n", page.title);
    if let Some(import) = &page.import {
        out.push_str(&format!("{import}\n"));
    }
    for section in &page.sections {
        if section.title.is_empty() {
            out.push('\n')
        } else {
            out.push_str(&format!("\n{}\n", section.title))
        }
        let width = section.entries.iter().map(|e| e.name.chars().count()).max().unwrap_or(0).min(24);
        for entry in &section.entries {
            let line = format!("  {:width$}  {}", entry.name, summary(entry));
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// The names of a page, then all that is known of those of which more is known.
pub fn whole_page(shown: &Page) -> String {
    let documented = shown.entries().filter(|(_, e)| e.doc != Doc::default() || e.inferred.is_some());
    let entries: Vec<String> = documented.map(|(section, e)| format!("\n{}", entry(shown, section, e))).collect();
    page(shown) + &entries.concat()
}

/// What there is to ask for.
pub fn overview(pages: &[Page]) -> String {
    let mut out = String::new();
    for page in pages {
        out.push_str(&format!("{:10}  {} ({} names)\n", page.name, page.title, page.entries().count()));
    }
    out + "\n`clc doc PAGE` lists the names of one of these, `clc doc NAME` shows what is known of a name.\n"
}

/// What an entry does, in a sentence. The text of a special form is Markdown that starts with how it is written.
fn summary(entry: &Entry) -> String {
    match entry.kind {
        Kind::Form => form_shape(&entry.doc.text).to_owned(),
        Kind::Function | Kind::Value | Kind::Data | Kind::Type | Kind::Effect | Kind::Macro => {
            entry.doc.summary().to_owned()
        }
    }
}

/// The Markdown of a special form, its fenced programs indented like other code.
fn form_text(markdown: &str) -> String {
    let mut out = String::new();
    let mut fenced = false;
    for line in markdown.lines() {
        match line.strip_prefix("```") {
            Some(mark) => {
                fenced = !fenced;
                out.push_str(if mark == "out" { "prints\n" } else { "" });
            }
            None if fenced => out.push_str(&format!("    {line}\n")),
            None => out.push_str(&format!("{line}\n")),
        }
    }
    out
}

/// The first indented line.
pub fn form_shape(markdown: &str) -> &str {
    markdown.lines().find_map(|line| line.strip_prefix("    ")).unwrap_or_default()
}

/// The effects of a function in words.
pub fn effects_text(effects: &[String]) -> String {
    let known = effects.iter().filter(|e| !Entry::is_effect_variable(e)).cloned();
    let passed = effects.iter().any(|e| Entry::is_effect_variable(e));
    let words: Vec<String> = known.chain(passed.then(|| "those of the functions given to it".to_owned())).collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

fn place(page: &Page, section: &Section, kind: Kind) -> String {
    match (kind, section.title.as_str()) {
        (Kind::Form, _) => kind.name().to_owned(),
        (_, "") => format!("{}, {}", kind.name(), page.title),
        (_, title) => format!("{}, {}: {title}", kind.name(), page.title),
    }
}

fn part(out: &mut String, heading: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    out.push('\n');
    if !heading.is_empty() {
        out.push_str(&format!("{heading}\n"));
    }
    for line in lines {
        out.push_str(&format!("    {line}\n"));
    }
}

fn wrap(text: &str) -> String {
    let mut out = String::new();
    let mut column = 0;
    for word in text.split(' ') {
        let length = word.chars().count();
        if column > 0 {
            let fits = column + 1 + length <= WIDTH;
            out.push(if fits { ' ' } else { '\n' });
            column = if fits { column + 1 } else { 0 };
        }
        out.push_str(word);
        column += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_between_words() {
        let text = wrap(&"word ".repeat(40));
        assert!(text.lines().count() > 1 && text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert_eq!(wrap("one two"), "one two");
        assert_eq!(wrap(&"x".repeat(100)), "x".repeat(100));
    }

    #[test]
    fn programs_in_the_text_of_a_form_are_indented() {
        let text = "    (do e …)\n\nIn order.\n\n```cl\n(print (do 1 2))\n```\n\n```out\n2\n```";
        let shown = "    (do e …)\n\nIn order.\n\n    (print (do 1 2))\n\nprints\n    2\n";
        assert_eq!((form_text(text).as_str(), form_shape(text)), (shown, "(do e …)"));
    }

    #[test]
    fn effects_are_said_in_words() {
        let effects = |names: &[&str]| effects_text(&names.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(effects(&[]), "none");
        assert_eq!(effects(&["e", "error"]), "error, those of the functions given to it");
    }
}
