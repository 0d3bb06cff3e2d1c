//! Bounds on what a program may do outside of itself: what `--allow` names, and what a program does beyond it.
//!
//! The check is on the entry's effect set, which holds every operation that a run can perform ([`EffectTable::bound`]).

use crate::summary::EffectTable;
use cl_lang::operations;
use cl_text::codes::{e0410, e0411};
use cl_text::{Diagnostic, near};
use std::collections::BTreeSet;
use std::rc::Rc;

/// Kinds whose operations stay inside the program.
const INSIDE: &[&str] = &["error", "state", "async", "concurrent", "reactive", "gc"];

/// Groups of operations. An operation that stands in several is allowed only with all of these.
const GROUPS: &[(&str, &[&str])] = &[
    ("console", &["io:print", "io:print-err", "io:write", "io:read-line"]),
    (
        "file-read",
        &[
            "io:open-file",
            "io:close-file",
            "io:read-file",
            "io:read-bytes",
            "io:file-exists?",
            "io:file-size",
            "io:list-dir",
            "io:copy-file",
            "io:current-directory",
            "io:temp-dir",
        ],
    ),
    (
        "file-write",
        &[
            "io:open-file",
            "io:write-file",
            "io:append-file",
            "io:write-bytes",
            "io:delete-file",
            "io:copy-file",
            "io:rename-file",
            "io:create-dir",
            "io:delete-dir",
        ],
    ),
    ("env", &["io:env", "io:args"]),
    ("process", &["io:run-process", "io:exit"]),
];

/// What a program is allowed to do.
pub struct Bound {
    names: BTreeSet<Rc<str>>,
}

impl Bound {
    /// Of names as `--allow` takes them; `program` has the user's kinds. Each name that means nothing is a diagnostic.
    pub fn new<'a>(names: impl IntoIterator<Item = &'a str>, program: &EffectTable) -> Result<Bound, Vec<Diagnostic>> {
        let known = known(program);
        let names: BTreeSet<Rc<str>> =
            names.into_iter().map(|n| Rc::from(operations::canonical(n.trim()))).filter(|n: &Rc<str>| !n.is_empty()).collect();
        let wrong = names.iter().filter(|n| !known.contains(*n));
        let wrong: Vec<Diagnostic> = wrong
            .map(|n| e0411::unknown_allowance(n, &near(n, known.iter().map(|k| &**k))))
            .collect();
        if wrong.is_empty() { Ok(Bound { names }) } else { Err(wrong) }
    }

    pub fn allows(&self, operation: &str) -> bool {
        let kind = kind_of(operation);
        if INSIDE.contains(&kind) || self.names.contains(kind) || self.names.contains(operation) {
            return true;
        }
        let groups = groups_of(operation);
        !groups.is_empty() && groups.iter().all(|g| self.names.contains(*g))
    }

    /// An error for each operation that the program could perform and may not, with the way to it.
    pub fn check(&self, program: &EffectTable) -> Vec<Diagnostic> {
        let Some(entry) = program.entry() else { return Vec::new() };
        let allowed: Vec<&str> = self.names.iter().map(|n| &**n).collect();
        let allowed = allowed.join(", ");
        let forbidden = program.bound(entry).iter().filter(|op| !self.allows(op));
        forbidden.map(|op| refusal(program, op, &allowed)).collect()
    }
}

fn refusal(program: &EffectTable, operation: &str, allowed: &str) -> Diagnostic {
    let entry = program.entry().expect("what is refused is performed by the entry");
    let steps = program.path(entry, operation);
    let mut path: Vec<&str> = steps.iter().map(|s| &*s.function).collect();
    path.push(operation);
    let mut way = Vec::new();
    for (i, step) in steps.iter().enumerate().filter(|(_, s)| !s.library) {
        let next = path[i + 1];
        let text = if next == operation { format!("`{operation}` is performed here") } else { format!("leads to `{next}`") };
        way.push(e0410::Step { span: step.span, text });
    }
    let mut groups: Vec<&str> = vec![operation, kind_of(operation)];
    groups.extend(groups_of(operation));
    e0410::not_allowed(operation, &groups, way, &path, allowed)
}

/// The groups that an operation stands in.
fn groups_of(operation: &str) -> Vec<&'static str> {
    GROUPS.iter().filter(|(_, ops)| ops.contains(&operation)).map(|(name, _)| *name).collect()
}

/// The kind of an operation `kind:name`.
pub fn kind_of(operation: &str) -> &str {
    operation.split_once(':').map_or(operation, |(kind, _)| kind)
}

/// Every name that a bound may have.
fn known(program: &EffectTable) -> BTreeSet<Rc<str>> {
    let mut known: BTreeSet<Rc<str>> = GROUPS.iter().map(|(name, _)| Rc::from(*name)).collect();
    for kind in operations::kinds() {
        known.insert(kind.into());
        let ops = operations::of_kind(kind).unwrap_or_default();
        known.extend(ops.iter().map(|op| Rc::from(format!("{kind}:{op}"))));
    }
    for op in program.declared() {
        known.insert(kind_of(op).into());
        known.insert(op.clone());
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bound(names: &[&str]) -> Bound {
        Bound { names: names.iter().map(|n| Rc::from(*n)).collect() }
    }

    #[test]
    fn kinds_operations_and_groups_allow() {
        assert!(bound(&["io"]).allows("io:write-file"));
        assert!(bound(&["io:print"]).allows("io:print"));
        assert!(!bound(&["io:print"]).allows("io:write"));
        assert!(bound(&["console"]).allows("io:write"));
        assert!(!bound(&["console"]).allows("io:env"));
    }

    #[test]
    fn an_operation_of_two_groups_needs_both() {
        assert!(!bound(&["file-read"]).allows("io:copy-file"));
        assert!(!bound(&["file-write"]).allows("io:copy-file"));
        assert!(bound(&["file-read", "file-write"]).allows("io:copy-file"));
    }

    #[test]
    fn what_stays_inside_needs_no_leave() {
        assert!(bound(&[]).allows("state:set") && bound(&[]).allows("error"));
        assert!(!bound(&[]).allows("time:now"));
    }

    /// Otherwise no group but `io` itself would allow it.
    #[test]
    fn every_operation_of_io_is_in_a_group() {
        for op in operations::of_kind("io").expect("a kind") {
            assert!(!groups_of(&format!("io:{op}")).is_empty(), "io:{op}");
        }
    }

    #[test]
    fn groups_hold_only_operations_that_exist() {
        for op in GROUPS.iter().flat_map(|(_, ops)| *ops) {
            let name = op.strip_prefix("io:").expect("groups are of io");
            assert!(operations::of_kind("io").expect("a kind").contains(&name), "{op}");
        }
    }
}
