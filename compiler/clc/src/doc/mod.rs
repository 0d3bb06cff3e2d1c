//! `clc doc`: what the library, the language and a user's modules say of themselves, for a terminal, for tools and as a
//! site of HTML pages.

mod extract;
mod html;
mod inferred;
mod json;
mod library;
mod model;
mod text;

use crate::args::{self, Format};
use crate::files;
use crate::report::{self, Failure};
use cl_text::SourceMap;
use model::{Entry, Page, Section};
use std::path::Path;

pub fn run(args: &args::Doc) -> Result<(), Failure> {
    let mut sources = SourceMap::default();
    let (files, names): (Vec<&String>, Vec<&String>) = args.names.iter().partition(|name| is_file(name));
    let own: Vec<Page> =
        files.iter().map(|path| user_page(&mut sources, path, args.format)).collect::<Result<_, _>>()?;
    let library = library::pages();
    if let Some(folder) = &args.html {
        if let Some(name) = names.first() {
            return Err(Failure::outside(format!("`{name}` is no file"), "after --html OUT come files to document"));
        }
        return html::write(folder, &own, &library);
    }
    report::print(&answer(&own, &library, &names, args.format)?)
}

/// A name of the library can hold neither a dot nor a slash at its end.
fn is_file(name: &str) -> bool {
    name.ends_with(".cl") || (name.len() > 1 && name.contains('/') && Path::new(name).is_file())
}

/// What is shown of the user's files and of names of the library; without either, all that there is.
fn answer(own: &[Page], library: &[Page], names: &[&String], format: Format) -> Result<String, Failure> {
    let everything = own.is_empty() && names.is_empty();
    let mut parts = Vec::new();
    match format {
        Format::Text if everything => parts.push(text::overview(library)),
        Format::Text => parts.extend(own.iter().map(text::whole_page)),
        Format::Json if everything => parts.push(json::lines(library)),
        Format::Json => parts.push(json::lines(own)),
    }
    for name in names {
        let page = page_named(library, name);
        let found = entries_named(library, name);
        match (format, page) {
            _ if page.is_none() && found.is_empty() => return Err(unknown(library, name)),
            (Format::Text, page) => {
                parts.extend(found.iter().map(|(page, section, entry)| text::entry(page, section, entry)));
                parts.extend(page.map(text::page));
            }
            (Format::Json, Some(page)) if found.is_empty() => parts.push(json::lines([page])),
            (Format::Json, _) => {
                parts.extend(
                    found.iter().map(|(page, section, entry)| format!("{}\n", json::entry(page, section, entry))),
                );
            }
        }
    }
    Ok(parts.join(if format == Format::Text { "\n" } else { "" }))
}

/// `heap`, `std/heap`, `lists`
fn page_named<'p>(pages: &'p [Page], name: &str) -> Option<&'p Page> {
    let name = name.strip_prefix("std/").unwrap_or(name);
    pages.iter().find(|page| page.name == name)
}

fn entries_named<'p>(pages: &'p [Page], name: &str) -> Vec<(&'p Page, &'p Section, &'p Entry)> {
    let all = pages.iter().flat_map(|page| page.entries().map(move |(section, entry)| (page, section, entry)));
    all.filter(|(_, _, entry)| entry.name == name).collect()
}

fn unknown(pages: &[Page], name: &str) -> Failure {
    let names = pages.iter().flat_map(|page| {
        std::iter::once(page.name.as_str()).chain(page.entries().map(|(_, entry)| entry.name.as_str()))
    });
    let near = cl_text::near(name, names);
    let hint = match near.is_empty() {
        true => "`clc doc` lists the pages; a file to document ends in .cl".to_owned(),
        false => format!("did you mean {}? `clc doc` lists the pages", near.join(", ")),
    };
    Failure::outside(format!("nothing is called `{name}` in the library or the language"), hint)
}

/// The page of a user's file. Errors of reading are shown, and nothing else then; other errors only leave out the types.
fn user_page(sources: &mut SourceMap, path: &str, format: Format) -> Result<Page, Failure> {
    let file = match files::source(Path::new(path), sources) {
        Ok(file) => file,
        Err(diagnostic) => {
            report::diagnostics(format, sources, &[diagnostic]);
            return Err(Failure::Program);
        }
    };
    let text = sources.text(file);
    let found = cl_syntax::read(text, file);
    if !found.errors.is_empty() {
        report::diagnostics(format, sources, &found.errors);
        return Err(Failure::Program);
    }
    let title = extract::title(text).unwrap_or_else(|| path.to_owned());
    let mut sections = extract::sections(text, &found.tree);
    inferred::add(path, &mut sections);
    Ok(Page { name: path.to_owned(), title, import: None, sections })
}
