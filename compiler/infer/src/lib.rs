//! Type and effect inference over nested Core: finds code that must fail if reached, and the operations that each function
//! may perform.
//!
//! [`infer`] takes a resolved program and its Core and gives [`Inference`]: diagnostics, and an [`EffectTable`]. Inference
//! is gradual (what is not known is anything) and by success typing (Lindahl & Sagonas, "Practical type inference based on
//! success typings", 2006): only what certainly fails is an error. How it works: `docs/design/types.md`.

mod analyse;
mod bound;
mod effects;
mod findings;
mod graph;
mod prims;
mod report;
mod scheme;
mod summary;
mod table;
mod types;

use analyse::Analysis;
use cl_core::ir::{GlobalKind, Program};
use cl_lang::hir;
use cl_text::Diagnostic;
pub use bound::{Bound, kind_of};
pub use graph::{Edge, EdgeKind, Graph, Node, NodeId};
pub use summary::{EffectTable, FunctionEffects, Step};
use table::Table;
pub use types::FnId;
use types::Types;

/// What is wanted beside errors and warnings.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// Also report run-time checks of annotations that remain.
    pub strict: bool,
    /// Also make the program's graph.
    pub graph: bool,
}

pub struct Inference {
    /// In the order of the program's text.
    pub diagnostics: Vec<Diagnostic>,
    pub effects: EffectTable,
    /// If it was asked for.
    pub graph: Option<Graph>,
    /// Work done: blocks walked and types made. It does not depend on the machine; tests bound it.
    pub steps: u64,
}

/// The operations that bodies of library functions perform and their signatures do not declare, as `function: operation`.
/// For a test of the library: signatures are believed.
pub fn undeclared_effects(hir: &hir::Program, core: &Program) -> Vec<String> {
    let table = Table::new(hir, core);
    let mut analysis = Analysis::new(hir, core, &table);
    analysis.undeclared = Some(Vec::new());
    analysis.run();
    let mut found = analysis.undeclared.take().unwrap_or_default();
    found.sort();
    found.dedup();
    found
}

/// Analyses a program. `core` is what lowering made of `hir`, so that ids of globals, constructors and operations agree.
///
/// Recurses over the nesting of Core, as lowering does: run it on a thread with a large stack.
pub fn infer(hir: &hir::Program, core: &Program, options: Options) -> Inference {
    let table = Table::new(hir, core);
    let mut analysis = Analysis::new(hir, core, &table);
    analysis.run();
    let mut steps = analysis.blocks + analysis.types.steps;
    // What variables of the program hold is known only after all that stores in them; with that, once more.
    let is_slot = |kind: &GlobalKind| matches!(kind, GlobalKind::Slot);
    let stored: Vec<_> = analysis.stored.iter().map(|s| s.ty).collect();
    let narrow =
        core.globals.iter().zip(&stored).any(|(g, t)| is_slot(&g.kind) && ![Types::NEVER, Types::ANY].contains(t));
    if narrow {
        analysis = analysis.again(stored);
        steps += analysis.blocks + analysis.types.steps;
    }
    let effects = summary::effects(&mut analysis);
    let diagnostics = report::diagnostics(&mut analysis, &effects, options);
    let graph = options.graph.then(|| graph::graph(&mut analysis));
    Inference { diagnostics, effects, graph, steps }
}
