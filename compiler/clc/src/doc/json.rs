//! Documentation for tools: one JSON object a name and line.

use super::model::{Entry, Page, Section, parameter_texts};
use cl_lang::dump::type_text;
use cl_lang::hir::SigClause;
use serde_json::{Value, json};

/// Raised when a field changes its meaning or goes away; new fields may come at any time.
const SCHEMA: u32 = 1;

/// One line for each name of the pages.
pub fn lines<'p>(pages: impl IntoIterator<Item = &'p Page>) -> String {
    let objects = pages.into_iter().flat_map(|page| page.entries().map(|(section, e)| entry(page, section, e)));
    objects.map(|object| format!("{object}\n")).collect()
}

/// The line of one name.
pub fn entry(page: &Page, section: &Section, entry: &Entry) -> Value {
    let examples = entry.doc.examples.iter().map(|e| json!({ "expression": e.expression, "value": e.value }));
    let types = entry.types.as_ref();
    json!({
        "schema": SCHEMA,
        "name": entry.name,
        "kind": entry.kind.name(),
        "page": page.name,
        "title": page.title,
        "import": page.import,
        "section": section.title,
        "line": entry.line,
        "forms": entry.forms,
        "clauses": types.filter(|t| t.value.is_none()).map(|t| t.clauses.iter().map(clause).collect::<Vec<_>>()),
        "type": types.and_then(|t| t.value.as_ref()).map(type_text),
        "shown_types": entry.type_lines(),
        "effects": entry.effects(),
        "summary": entry.doc.summary(),
        "text": entry.doc.text,
        "examples": examples.collect::<Vec<_>>(),
    })
}

fn clause(clause: &SigClause) -> Value {
    let fixed = clause.params.len();
    json!({
        "params": parameter_texts(clause)[..fixed],
        "rest": clause.rest.as_ref().map(type_text),
        "result": type_text(&clause.result),
        "effects": clause.effects.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}
