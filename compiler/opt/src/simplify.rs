//! The simplifier: one forward walk over each function, callees first, that propagates constants and copies, folds
//! primitives and branches whose outcome is known, inlines functions and joins, and drops repeated computations
//! (Peyton Jones and Marlow, Secrets of the Glasgow Haskell Compiler inliner, 2002, on a language with join points).
//!
//! It reads the occurrence analysis made before the walk; where a count is out of date because of the walk's own
//! changes, the next round sees it. Dead code is left to [`crate::reach`].

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, Join, LabelId, Program, Rhs, Stmt, Term, VarId};
use std::collections::{HashMap, HashSet};

use crate::copy::Names;
use crate::kinds::{Ctors, Kinds};
use crate::ops::Op;
use crate::resolve::Signatures;
use crate::visit::{callee_func, each_atom, each_block, each_call, size};
use cl_core::scc::components;

mod block;
mod branch;
mod call;
mod facts;
mod fold;
mod funs;
mod join;
mod occur;

use facts::Facts;
use occur::Occurrences;

/// What is still worth looking at, from round to round. The ids of functions must stay the same between rounds.
pub struct Progress {
    kinds: Kinds,
    /// By function: it changed in the last round, or one that it may now inline did.
    active: Vec<bool>,
    /// By function: how many statements may still be copied into it.
    budgets: Vec<i64>,
    summaries: HashMap<FuncId, Summary>,
}

impl Progress {
    /// Before the first round: everything is. `kinds` is what is known of the program's variables already; functions may
    /// grow by `percent` of their size, in all rounds together, and small ones by somewhat more.
    pub fn start(program: &Program, kinds: Kinds, percent: i64) -> Progress {
        let budget = |func: &Func| (size(&func.body, usize::MAX) as i64 + 200) * percent / 100;
        Progress {
            kinds,
            active: vec![true; program.funcs.len()],
            budgets: program.funcs.iter().map(budget).collect(),
            summaries: HashMap::new(),
        }
    }

    /// Whether another round finds nothing.
    pub fn is_done(&self) -> bool {
        !self.active.contains(&true)
    }
}

/// Simplifies the active functions of a nested or flat program.
pub fn simplify(mut program: Program, progress: &mut Progress) -> Program {
    let occurrences = Occurrences::of(&program, &progress.active);
    let calls = call_graph(&program);
    let order = components(&calls);
    let signatures = Signatures::of(&program);
    let facts = Facts::new(&program.data, std::mem::take(&mut progress.kinds));
    let mut simplifier = Simplifier {
        names: Names::of(&mut program),
        occurrences,
        signatures,
        facts,
        entry: program.entry,
        changed: vec![false; program.funcs.len()],
        funcs: std::mem::take(&mut program.funcs).into_iter().map(Some).collect(),
        summaries: std::mem::take(&mut progress.summaries),
        ctors: Ctors::of(&program),
        current: FuncId(0),
        budgets: std::mem::take(&mut progress.budgets),
        region: 0,
        regions: 0,
        depth: 0,
        held_funs: HashMap::new(),
        small_funs: HashMap::new(),
        known_funs: HashSet::new(),
        held_joins: HashMap::new(),
        small_joins: HashMap::new(),
    };
    for component in order {
        simplifier.component(&component, &progress.active);
    }
    simplifier.names.give_back(&mut program);
    program.funcs = simplifier.funcs.into_iter().map(|f| f.expect("each function was put back")).collect();
    progress.kinds = simplifier.facts.into_kinds();
    progress.summaries = simplifier.summaries;
    progress.budgets = simplifier.budgets;
    let changed = simplifier.changed;
    let inlinable = |f: &u32| changed[*f as usize] && progress.summaries.contains_key(&FuncId(*f));
    progress.active = calls.iter().zip(&changed).map(|(callees, &own)| own || callees.iter().any(inlinable)).collect();
    program
}

/// What inlining a top-level function needs to know.
struct Summary {
    size: usize,
    /// It raises an error of its own, so that a trace should name it.
    raises: bool,
    /// By parameter: it is called, here or in a function that it is passed to.
    calls_param: Vec<bool>,
}

struct Simplifier {
    names: Names,
    occurrences: Occurrences,
    signatures: Signatures,
    facts: Facts,
    entry: Option<FuncId>,
    /// `None` while it is being simplified.
    funcs: Vec<Option<Func>>,
    /// Of the functions that may be inlined: simplified already and not recursive.
    summaries: HashMap<FuncId, Summary>,
    ctors: Ctors,
    current: FuncId,
    /// By function: something happened in it that may let more happen in another round.
    changed: Vec<bool>,
    /// By function: how many statements may still be copied into it.
    budgets: Vec<i64>,
    /// The innermost `Try` body or handler; 0 is none.
    region: u32,
    regions: u32,
    /// How many `Try`s of the function that is walked are around.
    depth: u32,
    /// Local functions that are called once: inlined there, unsimplified until then.
    held_funs: HashMap<VarId, Func>,
    /// Copies of small local functions.
    small_funs: HashMap<VarId, Func>,
    /// Variables of local functions.
    known_funs: HashSet<VarId>,
    /// Joins that are jumped to once, unsimplified.
    held_joins: HashMap<LabelId, Join>,
    /// Copies of small joins, with the region that they belong to.
    small_joins: HashMap<LabelId, (u32, Join)>,
}

/// Above this, a summary's size is only "large".
const SIZE_LIMIT: usize = 400;

impl Simplifier {
    fn component(&mut self, members: &[u32], active: &[bool]) {
        for &i in members {
            if active[i as usize] {
                self.top_function(FuncId(i));
            }
        }
        match members {
            [i] if !active[*i as usize] => {}
            [i] => {
                let func = self.funcs[*i as usize].as_ref().expect("put back");
                let summary = self.summarise(FuncId(*i), func);
                self.summaries.remove(&FuncId(*i));
                self.summaries.extend(summary.map(|s| (FuncId(*i), s)));
            }
            _ => members.iter().for_each(|i| {
                self.summaries.remove(&FuncId(*i));
            }),
        }
    }

    /// Notes that another round over this function may find more.
    fn change(&mut self) {
        self.changed[self.current.index()] = true;
    }

    fn top_function(&mut self, id: FuncId) {
        let mut func = self.funcs[id.index()].take().expect("each function is in one component");
        self.current = id;
        let body = std::mem::replace(&mut func.body, Block { stmts: Vec::new(), term: Term::Unreachable });
        func.body = self.scoped_block(body);
        self.funcs[id.index()] = Some(func);
    }

    /// Simplifies a block whose facts end with it.
    fn scoped_block(&mut self, block: Block) -> Block {
        let mark = self.facts.mark();
        let block = self.block(block);
        self.facts.forget(mark);
        block
    }

    /// `None`: the function calls itself.
    fn summarise(&self, id: FuncId, func: &Func) -> Option<Summary> {
        let mut calls_param = vec![false; func.params.len()];
        let mut note = |atom: &Atom| {
            if let Atom::Var(v) = atom
                && let Some(i) = func.params.iter().position(|p| p == v)
            {
                calls_param[i] = true;
            }
        };
        let mut recursive = false;
        let total = size(&func.body, SIZE_LIMIT);
        if total > SIZE_LIMIT {
            return Some(Summary { size: total, raises: true, calls_param });
        }
        let mut call = |callee: &Callee, args: &[Atom]| match callee {
            Callee::Value(a) => note(a),
            Callee::Func(f) | Callee::Known(f, _) => {
                recursive |= *f == id;
                if let Some(inner) = self.summaries.get(f) {
                    args.iter().zip(&inner.calls_param).filter(|(_, called)| **called).for_each(|(a, _)| note(a));
                }
            }
        };
        each_call(&func.body, &mut call);
        let raises = raises(&func.body);
        (!recursive).then_some(Summary { size: total, raises, calls_param })
    }
}

/// Whether a block contains `%raise`.
fn raises(block: &Block) -> bool {
    let mut found = false;
    each_block(block, &mut |block| {
        found |= block
            .stmts
            .iter()
            .any(|s| matches!(s, Stmt::Let { var: _, rhs: Rhs::Prim(prim, _), span: _ } if Op::of(*prim) == Op::Raise));
    });
    found
}

/// By function: the functions that it mentions.
fn call_graph(program: &Program) -> Vec<Vec<u32>> {
    let mentions = |func: &Func| {
        let mut found = Vec::new();
        each_atom(&func.body, &mut |a| {
            if let Atom::Func(f) = a {
                found.push(f.0);
            }
        });
        each_call(&func.body, &mut |callee, _| found.extend(callee_func(callee).map(|f| f.0)));
        found
    };
    program.funcs.iter().map(mentions).collect()
}
