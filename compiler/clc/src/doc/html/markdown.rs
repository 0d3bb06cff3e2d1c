//! The part of Markdown that the page of special forms uses: paragraphs, code in lines of four spaces or between fences,
//! list items, and backticks.

use super::escape;
use std::fmt::Write;

/// Markdown as HTML. What it does not know stands as it is, escaped.
pub fn html(markdown: &str) -> String {
    let mut out = String::new();
    let mut paragraph = String::new();
    let mut code = String::new();
    let mut fenced = false;
    for line in markdown.lines() {
        let indented = line.strip_prefix("    ").filter(|_| paragraph.is_empty() && !fenced);
        if line.starts_with("```") {
            flush(&mut out, &mut paragraph, &mut code);
            fenced = !fenced;
        } else if let Some(text) = indented.or(fenced.then_some(line)) {
            code.push_str(text);
            code.push('\n');
        } else if line.trim().is_empty() {
            flush(&mut out, &mut paragraph, &mut code);
        } else {
            if line.starts_with("- ") || !code.is_empty() {
                flush(&mut out, &mut paragraph, &mut code);
            }
            paragraph.push_str(line.trim());
            paragraph.push(' ');
        }
    }
    flush(&mut out, &mut paragraph, &mut code);
    out
}

/// Ends the paragraph or the code that is open.
fn flush(out: &mut String, paragraph: &mut String, code: &mut String) {
    if !code.is_empty() {
        let _ = writeln!(out, "<pre>{}</pre>", escape(code.trim_end()));
    }
    match paragraph.trim_end() {
        "" => {}
        text => match text.strip_prefix("- ") {
            Some(item) => {
                let _ = writeln!(out, "<p class=\"item\">{}</p>", inline(item));
            }
            None => {
                let _ = writeln!(out, "<p>{}</p>", inline(text));
            }
        },
    }
    paragraph.clear();
    code.clear();
}

/// Text with code between backticks; one without a partner is a backtick.
fn inline(text: &str) -> String {
    let parts: Vec<&str> = text.split('`').collect();
    let mut out = String::new();
    for (i, part) in parts.iter().enumerate() {
        match (i % 2 == 1, i + 1 < parts.len()) {
            (true, true) => drop(write!(out, "<code>{}</code>", escape(part))),
            (true, false) => drop(write!(out, "`{}", escape(part))),
            (false, _) => out.push_str(&escape(part)),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_code_and_items() {
        let text = "    (if c a)\n    (if c a b)\n\nOf `c < 1`, one`.\nMore.\n- item\n\n```cl\n    (f)\n\n(g)\n```\n";
        assert_eq!(
            html(text),
            "<pre>(if c a)\n(if c a b)</pre>\n<p>Of <code>c &lt; 1</code>, one`. More.</p>\n<p class=\"item\">item</p>\n\
             <pre>    (f)\n\n(g)</pre>\n"
        );
    }
}
