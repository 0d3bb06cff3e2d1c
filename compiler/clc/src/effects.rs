//! `clc effects`: what each function of a program may do.

use crate::args::{self, Format};
use crate::driver::{self, Scrutiny};
use crate::project;
use crate::report::{self, Failure};
use cl_infer::{EffectTable, FnId, FunctionEffects, kind_of};
use cl_text::SourceMap;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The version of the JSON lines' shape.
const SCHEMA: u32 = 1;

pub fn run(args: &args::Effects) -> Result<(), Failure> {
    let root = project::root(args.file.as_deref(), args.common.format)?;
    let (sources, inference) = driver::inference(&root.file, args.common.format, Scrutiny::default())?;
    let rows = rows(&inference.effects);
    let text = match args.common.format {
        Format::Text => table(&sources, &rows),
        Format::Json => rows.iter().map(|row| format!("{}\n", row.json(&sources))).collect(),
    };
    report::print(&text)
}

/// A function, under the names of those that it stands in.
struct Row<'t> {
    name: String,
    function: &'t FunctionEffects,
    /// All that a call can perform if it is passed no function.
    operations: &'t [Rc<str>],
}

/// The program first, then the user's functions in the order of the text.
fn rows(effects: &EffectTable) -> Vec<Row<'_>> {
    let entry = effects.entry();
    let mut shown: Vec<FnId> =
        effects.functions().filter(|(id, f)| !f.library && Some(*id) != entry).map(|(id, _)| id).collect();
    shown.sort_by_key(|id| (effects.of(*id).span.file, effects.of(*id).span.start));
    // A function may stand in several versions, with the same effects.
    shown.dedup_by_key(|id| (effects.of(*id).span, effects.of(*id).name.clone()));
    entry.into_iter().chain(shown).map(|id| row(effects, id)).collect()
}

fn row(effects: &EffectTable, id: FnId) -> Row<'_> {
    let function = effects.of(id);
    let mut names = vec![&*function.name];
    let mut at = function.parent;
    while let Some(outer) = at.filter(|outer| Some(*outer) != effects.entry()) {
        names.push(&effects.of(outer).name);
        at = effects.of(outer).parent;
    }
    names.reverse();
    let name = if Some(id) == effects.entry() { "(program)".to_string() } else { names.join(" > ") };
    Row { name, function, operations: effects.bound(id) }
}

impl Row<'_> {
    /// `error, io (print, write)`
    fn effects(&self) -> String {
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for op in self.operations {
            let names = kinds.entry(kind_of(op)).or_default();
            names.extend(op.split_once(':').map(|(_, name)| name));
        }
        let mut parts: Vec<String> = kinds
            .iter()
            .map(|(kind, ops)| if ops.is_empty() { kind.to_string() } else { format!("{kind} ({})", ops.join(", ")) })
            .collect();
        if self.function.calls_arguments {
            parts.push("what its arguments do".to_string());
        }
        let text = if parts.is_empty() { "none".to_string() } else { parts.join("; ") };
        if self.function.everything { format!("{text} -- calls functions that nothing is known of") } else { text }
    }

    fn json(&self, sources: &SourceMap) -> Value {
        let span = self.function.span;
        let (line, column) = sources.position(span.file, span.start);
        let mut kinds: Vec<&str> = self.operations.iter().map(|op| kind_of(op)).collect();
        kinds.dedup();
        let operations: Vec<&str> = self.operations.iter().map(|op| &**op).collect();
        json!({
            "schema": SCHEMA,
            "function": self.name,
            "file": sources.name(span.file),
            "line": line,
            "column": column,
            "effects": kinds,
            "operations": operations,
            "of_arguments": self.function.calls_arguments,
            "unknown_calls": self.function.everything,
        })
    }
}

/// A block for each file, names and effects in columns.
fn table(sources: &SourceMap, rows: &[Row]) -> String {
    /// Longer names do not push the column further.
    const WIDEST: usize = 40;
    let width = rows.iter().map(|r| r.name.chars().count()).max().unwrap_or(0).min(WIDEST);
    let mut out = String::new();
    let mut file = None;
    for row in rows {
        let span = row.function.span;
        if file != Some(span.file) {
            let gap = if file.is_some() { "\n" } else { "" };
            out += &format!("{gap}{}\n", sources.name(span.file));
            file = Some(span.file);
        }
        out += &format!("  {:width$}  {}\n", row.name, row.effects());
    }
    out
}
