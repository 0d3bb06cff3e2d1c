//! Documentation as a site: an index with search, and a page for each file. Nothing is loaded from elsewhere, the pages can be
//! read without JavaScript (the script only hides lines of the index), and the same input gives the same bytes.

mod markdown;

use super::model::{Entry, Kind, Page};
use super::text::{effects_text, form_shape};
use crate::files;
use crate::report::Failure;
use std::fmt::Write;
use std::path::Path;

const STYLE: &str = include_str!("style.css");
const SEARCH: &str = include_str!("search.js");

/// Writes the site of the user's and the library's pages into a folder, which is made if it is not there.
pub fn write(folder: &Path, own: &[Page], library: &[Page]) -> Result<(), Failure> {
    let failed = |path: &Path, error: &std::io::Error| {
        let message = format!("cannot write {}: {}", path.display(), files::reason(error));
        Failure::outside(message, "--html takes a folder that may be written")
    };
    std::fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
    for (name, content) in site(own, library) {
        let path = folder.join(name);
        std::fs::write(&path, content).map_err(|error| failed(&path, &error))?;
    }
    Ok(())
}

/// The files of the site, by name.
fn site(own: &[Page], library: &[Page]) -> Vec<(String, String)> {
    let mut names: Vec<String> = Vec::new();
    let mut files = vec![("style.css".to_owned(), STYLE.to_owned()), ("search.js".to_owned(), SEARCH.to_owned())];
    let groups = [("Modules", own), ("Language and library", library)];
    let mut index = String::from("<p class=\"none\" hidden>Nothing is called or does that.</p>\n");
    for (title, pages) in groups.into_iter().filter(|(_, pages)| !pages.is_empty()) {
        let _ = writeln!(index, "<h1>{title}</h1>");
        for page in pages {
            let name = file_name(&page.name, &names);
            index_of_page(&mut index, page, &name);
            files.push((name.clone(), document(&page.title, &page_body(page))));
            names.push(name);
        }
    }
    files.push(("index.html".to_owned(), document("Documentation", &index)));
    files
}

/// On every page; without the script it leads to the whole index.
const NAVIGATION: &str = "\
<nav><a href=\"index.html\">Index</a><form class=\"search\" role=\"search\" action=\"index.html\">\
<input type=\"search\" name=\"q\" placeholder=\"Search names and summaries\" aria-label=\"Search\" autocomplete=\"off\">\
</form></nav>";

/// A file name of its own for each page, in letters that need no escape in addresses.
fn file_name(page: &str, taken: &[String]) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "._-".contains(c) { c } else { '-' };
    let stem: String = page.strip_suffix(".cl").unwrap_or(page).chars().map(plain).collect();
    let numbered = (2..).map(|n| format!("{stem}-{n}.html"));
    let first = std::iter::once(format!("{stem}.html"));
    let free = |name: &String| name != "index.html" && !taken.contains(name);
    first.chain(numbered).find(free).unwrap_or_default()
}

fn index_of_page(out: &mut String, page: &Page, file: &str) {
    let _ = writeln!(out, "<section>\n<h2><a href=\"{file}\">{}</a></h2>", escape(&page.title));
    for section in &page.sections {
        let _ = writeln!(out, "<div>");
        if !section.title.is_empty() {
            let _ = writeln!(out, "<h3>{}</h3>", escape(&section.title));
        }
        let _ = writeln!(out, "<ul class=\"names\">");
        for entry in &section.entries {
            let link = format!("<a href=\"{file}#{}\"><code>{}</code></a>", anchor(&entry.name), escape(&entry.name));
            let _ = writeln!(out, "<li>{link} <span>{}</span></li>", summary(entry));
        }
        let _ = writeln!(out, "</ul>\n</div>");
    }
    let _ = writeln!(out, "</section>");
}

/// What an entry does, as HTML.
fn summary(entry: &Entry) -> String {
    match entry.kind {
        Kind::Form => format!("<code>{}</code>", escape(form_shape(&entry.doc.text))),
        Kind::Function | Kind::Value | Kind::Data | Kind::Type | Kind::Effect | Kind::Macro => {
            escape(entry.doc.summary())
        }
    }
}

fn page_body(page: &Page) -> String {
    let mut out = format!("<h1>{}</h1>\n", escape(&page.title));
    if let Some(import) = &page.import {
        let _ = writeln!(out, "<pre>{}</pre>", escape(import));
    }
    for section in &page.sections {
        if !section.title.is_empty() {
            let _ = writeln!(out, "<h2>{}</h2>", escape(&section.title));
        }
        for entry in &section.entries {
            entry_body(&mut out, entry);
        }
    }
    out
}

fn entry_body(out: &mut String, entry: &Entry) {
    let name = escape(&entry.name);
    let link = anchor(&entry.name);
    let _ = writeln!(
        out,
        "<article id=\"{name}\">\n<h3><a href=\"#{link}\"><code>{name}</code></a> <small>{}</small></h3>",
        entry.kind.name()
    );
    if entry.kind == Kind::Form {
        out.push_str(&markdown::html(&entry.doc.text));
    } else {
        preformatted(out, "forms", &entry.forms);
        for paragraph in entry.doc.text.split("\n\n").filter(|text| !text.is_empty()) {
            let _ = writeln!(out, "<p>{}</p>", escape(paragraph));
        }
        let examples: Vec<String> =
            entry.doc.examples.iter().map(|e| format!("{} => {}", e.expression, e.value)).collect();
        preformatted(out, "examples", &examples);
        preformatted(out, "types", &entry.type_lines());
        if let Some(effects) = entry.effects() {
            let _ = writeln!(out, "<p class=\"effects\">Effects: {}</p>", escape(&effects_text(&effects)));
        }
    }
    let _ = writeln!(out, "</article>");
}

fn preformatted(out: &mut String, class: &str, lines: &[String]) {
    if !lines.is_empty() {
        let _ = writeln!(out, "<pre class=\"{class}\">{}</pre>", escape(&lines.join("\n")));
    }
}

fn document(title: &str, body: &str) -> String {
    let title = escape(title);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <link rel=\"stylesheet\" href=\"style.css\">\n<script src=\"search.js\" defer></script>\n</head>\n<body>\n\
         {NAVIGATION}\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// Text as it stands in HTML, also in the value of an attribute.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// A name as it stands after the `#` of an address.
fn anchor(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~!*:@".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_in_html_and_addresses() {
        assert_eq!(escape("<a href=\"x\">&'"), "&lt;a href=&quot;x&quot;&gt;&amp;&#39;");
        assert_eq!(
            (anchor("list->array"), anchor("<|"), anchor("a?")),
            ("list-%3Earray".into(), "%3C%7C".into(), "a%3F".into())
        );
    }

    #[test]
    fn every_page_has_a_file_of_its_own() {
        assert_eq!(file_name("src/a b.cl", &[]), "src-a-b.html");
        let taken = ["a.html".to_owned(), "a-2.html".to_owned()];
        assert_eq!(
            (file_name("a", &taken), file_name("index", &[])),
            ("a-3.html".to_owned(), "index-2.html".to_owned())
        );
    }
}
