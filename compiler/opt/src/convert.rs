//! Closure conversion: nested Core becomes flat Core.
//!
//! A local function that is only ever called, with a fitting number of arguments, is *lifted*: its free variables become
//! further parameters, first in order, and its calls direct (Johnsson's lambda lifting). One that escapes as a value
//! becomes a closure that holds its free variables, and calls of it by name are direct with the closure passed along. An
//! escaping function without free variables is a static closure and costs nothing. Whether a function has free
//! variables depends on the functions that it uses: [`solve`] finds the least solution.

use cl_core::ir::{FuncId, Program, VarId};
use std::collections::HashSet;

use crate::resolve::Arity;

mod analyse;
mod rewrite;

/// A lifted function may have so many parameters; one with more becomes a closure. Cranelift passes six or so in
/// registers, and every call has to move all of them.
const MAX_LIFTED_PARAMS: usize = 12;

/// Flattens the program.
pub fn convert_closures(program: Program) -> Program {
    let analysis = analyse::analyse(&program);
    let plan = plan(&analysis);
    rewrite::rewrite(program, &analysis, &plan)
}

/// A local function as the analysis sees it.
struct Local {
    /// The variable of its closure.
    var: VarId,
    /// The function (top-level or local) whose body defines it.
    parent: FuncId,
    arity: Arity,
    params: usize,
    /// Used other than by calls with a fitting number of arguments.
    escapes: bool,
    /// The functions whose bodies mention it, with repetitions.
    users: Vec<FuncId>,
}

/// Facts about the program; every local function has the id that it will have in the flat program: after the top-level
/// functions, in the order of a preorder walk.
struct Analysis {
    top_count: usize,
    locals: Vec<Local>,
    /// By variable: the function that binds it.
    owner: Vec<FuncId>,
    /// By variable: the local function that it holds.
    local_of: Vec<Option<FuncId>>,
    /// By function: outer variables, not of local functions, that its body mentions; with repetitions.
    mentions: Vec<Vec<VarId>>,
}

impl Analysis {
    /// `None` for a top-level function.
    fn local(&self, func: FuncId) -> Option<&Local> {
        func.index().checked_sub(self.top_count).map(|i| &self.locals[i])
    }

    fn owner_of(&self, var: VarId) -> FuncId {
        self.owner[var.index()]
    }
}

/// How a local function is represented.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shape {
    /// Free variables are its first parameters.
    Lifted,
    /// No free variables; its value is a static closure.
    Static,
    Closure,
}

struct Plan {
    /// By function: free variables in order of discovery.
    free: Vec<Vec<VarId>>,
    /// By local function, from the first.
    shapes: Vec<Shape>,
}

fn plan(analysis: &Analysis) -> Plan {
    let mut lifted: Vec<bool> = analysis.locals.iter().map(|l| !l.escapes).collect();
    let mut free = solve(analysis, &lifted);
    let mut demoted = false;
    for (i, local) in analysis.locals.iter().enumerate() {
        let captures = free[analysis.top_count + i].len();
        if lifted[i] && captures > 0 && captures + local.params > MAX_LIFTED_PARAMS {
            lifted[i] = false;
            demoted = true;
        }
    }
    if demoted {
        // A demoted function costs its callers one free variable, itself, instead of all of its own, which they had too:
        // no set grows, so no other function comes over the limit.
        free = solve(analysis, &lifted);
    }
    let shape = |i: usize, lifted: bool| match lifted {
        true => Shape::Lifted,
        false if free[analysis.top_count + i].is_empty() => Shape::Static,
        false => Shape::Closure,
    };
    let shapes = lifted.iter().enumerate().map(|(i, &l)| shape(i, l)).collect();
    Plan { free, shapes }
}

/// The least sets of free variables such that a function has those that it mentions and does not bind, those that
/// closures made in it capture, those that lifted functions called in it need, and the closures themselves that it uses.
fn solve(analysis: &Analysis, lifted: &[bool]) -> Vec<Vec<VarId>> {
    let mut free: Vec<Vec<VarId>> = vec![Vec::new(); analysis.mentions.len()];
    let mut known: HashSet<(FuncId, VarId)> = HashSet::new();
    let mut work: Vec<(FuncId, VarId)> = Vec::new();
    for (i, mentions) in analysis.mentions.iter().enumerate() {
        work.extend(mentions.iter().map(|v| (FuncId(i as u32), *v)));
    }
    work.reverse();
    while let Some((func, var)) = work.pop() {
        if analysis.owner_of(var) == func || !known.insert((func, var)) {
            continue;
        }
        free[func.index()].push(var);
        let local = analysis.local(func).expect("a top-level function has no free variables");
        if lifted[func.index() - analysis.top_count] {
            work.extend(local.users.iter().map(|user| (*user, var)));
        } else {
            work.push((local.parent, var));
            if free[func.index()].len() == 1 {
                work.extend(local.users.iter().map(|user| (*user, local.var)));
            }
        }
    }
    free
}
