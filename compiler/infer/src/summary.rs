//! The effects of a program's functions, for commands that show or bound them.
//!
//! `table.of(f)` gives the operations of a function; `everything` in it says that it calls functions of unknown origin, which
//! may do whatever the program can ([`EffectTable::all`]). `table.entry()` is the program as a whole: its `bound` holds
//! every operation that a run can perform. [`EffectTable::path`] gives the calls from a function to an operation.

use crate::analyse::{Analysis, Site};
use crate::effects::OpName;
use crate::types::FnId;
use cl_text::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// What a function may perform.
pub struct FunctionEffects {
    pub name: Rc<str>,
    pub span: Span,
    /// Of the library.
    pub library: bool,
    /// The function that it stands in.
    pub parent: Option<FnId>,
    /// Operations (`io:print`) in alphabetical order; `error` stands for the library's documented errors.
    pub ops: Vec<Rc<str>>,
    /// It calls functions of unknown origin: it may do whatever the program can.
    pub everything: bool,
    /// It calls functions that it is passed: what these do comes on top.
    pub calls_arguments: bool,
    sources: BTreeMap<Option<Rc<str>>, Site>,
}

/// A step on the way to an operation.
#[derive(Clone, Debug)]
pub struct Step {
    /// The function in which it stands.
    pub function: Rc<str>,
    /// The call, in the last step the operation.
    pub span: Span,
    /// The place is in the library.
    pub library: bool,
}

/// The effects of all functions of a program. Ids below the number of the program's Core functions are these; local
/// functions follow.
pub struct EffectTable {
    functions: Vec<FunctionEffects>,
    entry: Option<FnId>,
    all: Vec<Rc<str>>,
    declared: Vec<Rc<str>>,
}

impl EffectTable {
    pub fn of(&self, f: FnId) -> &FunctionEffects {
        &self.functions[f.index()]
    }

    /// All functions, in the order of their ids.
    pub fn functions(&self) -> impl Iterator<Item = (FnId, &FunctionEffects)> {
        self.functions.iter().enumerate().map(|(i, f)| (FnId(i as u32), f))
    }

    /// The function that runs the program.
    pub fn entry(&self) -> Option<FnId> {
        self.entry
    }

    /// Every operation of any function of the program.
    pub fn all(&self) -> &[Rc<str>] {
        &self.all
    }

    /// The operations that the program declares by `define-effect`.
    pub fn declared(&self) -> &[Rc<str>] {
        &self.declared
    }

    /// Every operation that a call of the function can perform, if it is passed no functions.
    pub fn bound(&self, f: FnId) -> &[Rc<str>] {
        let function = self.of(f);
        if function.everything { &self.all } else { &function.ops }
    }

    /// The calls from a function to an operation in its bound, the operation last. Where a function of unknown origin is
    /// called, the path goes on in some function that performs the operation.
    pub fn path(&self, from: FnId, op: &str) -> Vec<Step> {
        let key: Option<Rc<str>> = Some(op.into());
        let mut steps = Vec::new();
        let mut seen = BTreeSet::new();
        let mut at = Some(from);
        while let Some(f) = at {
            if !seen.insert(f) {
                break;
            }
            let function = self.of(f);
            let (site, known) = match function.sources.get(&key) {
                Some(site) => (site, true),
                None => match function.sources.get(&None) {
                    Some(site) => (site, false),
                    None => break,
                },
            };
            steps.push(Step { function: function.name.clone(), span: site.span, library: function.library });
            at = if known {
                site.via
            } else {
                let performs = |(id, f): &(FnId, &FunctionEffects)| !seen.contains(id) && f.sources.contains_key(&key);
                self.functions().find(performs).map(|(id, _)| id)
            };
        }
        steps
    }
}

pub(crate) fn effects(analysis: &mut Analysis) -> EffectTable {
    let mut functions = Vec::new();
    let mut all = BTreeSet::new();
    for i in 0..analysis.table.fns.len() {
        let id = FnId(i as u32);
        let set = analysis.types.effects.set(analysis.schemes[i].eff).clone();
        let mut ops: Vec<Rc<str>> = set.ops.iter().map(|op| analysis.types.effects.name(*op).clone()).collect();
        ops.sort();
        ops.dedup();
        all.extend(ops.iter().cloned());
        let name_of = |op: &OpName| analysis.types.effects.name(*op).clone();
        let sources = analysis.sources[i].iter().map(|(op, site)| (op.as_ref().map(name_of), *site)).collect();
        let function = analysis.table.get(id);
        functions.push(FunctionEffects {
            name: analysis.name(id),
            span: function.func.span,
            library: function.library,
            parent: function.parent,
            ops,
            everything: set.unknown,
            calls_arguments: !set.calls.is_empty(),
            sources,
        });
    }
    let entry = analysis.core.entry.map(|f| FnId(f.0));
    let declared = analysis.core.ops.iter().filter(|op| op.declared).map(|op| op.name.clone()).collect();
    EffectTable { functions, entry, all: all.into_iter().collect(), declared }
}
