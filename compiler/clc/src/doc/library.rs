//! The documentation that is part of the compiler: the library's pages and the special forms of the language.

use super::extract;
use super::model::{Doc, Entry, Kind, Page, Section};
use cl_lang::hir::Signature;
use cl_lang::stdlib::STD;
use cl_text::FileId;
use std::collections::BTreeMap;

/// The special forms, as the reference describes them: a heading with names in backticks, then Markdown.
const FORMS: &str = include_str!("../../../../docs/reference/forms.md");

/// All pages: the special forms, the files of the prelude, the modules.
pub fn pages() -> Vec<Page> {
    let mut signatures = cl_lang::library_signatures(&STD);
    let mut pages = vec![forms_page(FORMS)];
    pages.extend(STD.prelude.iter().map(|(name, source)| library_page("", name, source, &mut signatures)));
    pages.extend(STD.public_modules().map(|(name, source)| library_page(name, name, source, &mut signatures)));
    pages.retain(|page| page.entries().next().is_some());
    pages
}

type Signatures = BTreeMap<(String, String), Signature>;

fn library_page(module: &str, name: &str, source: &str, signatures: &mut Signatures) -> Page {
    let mut sections = extract::sections(source, &cl_syntax::read(source, FileId(0)).tree);
    for entry in sections.iter_mut().flat_map(|section| &mut section.entries) {
        entry.types = signatures.remove(&(module.to_owned(), entry.name.clone()));
    }
    Page {
        name: name.to_owned(),
        title: extract::title(source).unwrap_or_else(|| name.to_owned()),
        import: (!module.is_empty()).then(|| format!("(import \"std/{module}\" *)")),
        sections,
    }
}

fn forms_page(markdown: &str) -> Page {
    let mut sections: Vec<Section> = Vec::new();
    let mut parts = markdown.split("\n## ");
    parts.next();
    for part in parts {
        let (heading, body) = part.split_once('\n').unwrap_or((part, ""));
        let names = heading.split('`').skip(1).step_by(2);
        if heading.contains('`') {
            let entries = names.map(|name| form_entry(name, body));
            match sections.last_mut() {
                Some(section) => section.entries.extend(entries),
                None => sections.push(Section { title: String::new(), entries: entries.collect() }),
            }
        } else {
            sections.push(Section { title: heading.to_owned(), entries: Vec::new() });
        }
    }
    Page { name: "forms".to_owned(), title: "Special forms".to_owned(), import: None, sections }
}

fn form_entry(name: &str, body: &str) -> Entry {
    let doc = Doc { text: body.trim_start_matches('\n').trim_end().to_owned(), examples: Vec::new() };
    Entry { name: name.to_owned(), kind: Kind::Form, forms: Vec::new(), types: None, inferred: None, doc, line: 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_are_the_headings_of_the_page() {
        let page =
            forms_page("# Forms\nIntro.\n\n## Names\n\n## `let`, `let*`\n\n    (let …)\n\nBinds.\n## `if`\nChooses.\n");
        let entries: Vec<_> = page.entries().map(|(s, e)| (&*s.title, &*e.name, &*e.doc.text)).collect();
        assert_eq!(
            entries,
            [
                ("Names", "let", "    (let …)\n\nBinds."),
                ("Names", "let*", "    (let …)\n\nBinds."),
                ("Names", "if", "Chooses.")
            ]
        );
    }

    #[test]
    fn every_special_form_is_described() {
        /// Forms that are reported as not there yet.
        const NOT_BUILT: &[&str] = &["with-network-policy"];
        let page = forms_page(FORMS);
        let names: Vec<&str> = page.entries().map(|(_, entry)| &*entry.name).collect();
        for form in cl_lang::special_forms().iter().filter(|form| !NOT_BUILT.contains(form)) {
            assert!(names.contains(form), "docs/reference/forms.md does not describe {form}");
        }
    }

    #[test]
    fn every_name_of_the_library_is_documented_with_its_types() {
        for page in pages() {
            for (_, entry) in page.entries().filter(|(_, entry)| entry.kind != Kind::Form) {
                assert!(entry.kind == Kind::Value || !entry.doc.text.is_empty(), "{}: no docstring", entry.name);
                assert!(entry.types.is_some(), "{}: no signature", entry.name);
            }
        }
    }
}
