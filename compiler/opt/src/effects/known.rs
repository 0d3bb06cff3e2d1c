//! Operations whose clause is known become calls of it: those that a handler's body performs itself, and those of top-level functions
//! that it calls, directly or through others, of which the body gets copies of its own, as local functions.
//!
//! The clause must always resume in tail position and be *simple* ([`super::simple`]): then it does not matter that the handler it
//! belongs to is in force while it runs. What it raises must leave the handler's body; so in a `Try`, under a handler further
//! inside, and in lambdas, which may run anywhere, operations stay operations, and calls go to the original functions. The handler
//! stays, too, for these to find, unless nothing is left that could search for it.

use cl_core::ir::{
    Atom, Block, Callee, Effect, Func, FuncId, Handle, LocalFun, Mode, Op, OpId, Program, Rhs, Stmt, Target, Term,
    VarId,
};
use cl_core::scc::components;
use cl_text::Span;
use std::collections::{HashMap, HashSet, VecDeque};
use std::rc::Rc;

use super::exposed::{Part, each_part, inner_functions};
use super::simple::Simple;
use super::takes_errors;
use crate::copy::{Names, copy_block};
use crate::visit::{each_block, each_call, size, term_blocks_mut};

/// So many functions are copied for one handler, of so many statements and terminators together.
const MAX_COPIES: usize = 8;
const MAX_SIZE: usize = 400;
/// The functions of clauses are made shortly before the handler: among so many statements besides.
const LOOK_BACK: usize = 16;
/// So many functions are looked at for one handler.
const MAX_SEARCHED: usize = 64;

/// Makes operations with known clauses calls.
pub fn known_handlers(mut program: Program) -> Program {
    let with_handlers: Vec<bool> = program.funcs.iter().map(|f| has_handler(&f.body)).collect();
    if !with_handlers.contains(&true) {
        return program;
    }
    let simple = Simple::of(&program);
    let order = callees_first(&program);
    let names = Names::of(&mut program);
    let mut pass = Pass { program, simple, names, exposed: HashMap::new() };
    for f in order.into_iter().filter(|f| with_handlers[f.index()]) {
        // The function may be among those that are copied into it.
        let mut body = pass.program.funcs[f.index()].body.clone();
        pass.block(&mut body);
        pass.program.funcs[f.index()].body = body;
    }
    let Pass { mut program, names, .. } = pass;
    names.give_back(&mut program);
    program
}

fn has_handler(block: &Block) -> bool {
    let mut found = false;
    let is_handler = |s: &Stmt| matches!(s, Stmt::Let { rhs: Rhs::Effect(Effect::Handle(_)), .. });
    each_block(block, &mut |block| found |= block.stmts.iter().any(is_handler));
    found
}

/// So that what is copied has its own handlers done.
fn callees_first(program: &Program) -> Vec<FuncId> {
    let successors = |func: &Func| {
        let mut found = Vec::new();
        each_call(&func.body, &mut |callee, _| {
            if let Callee::Func(f) = callee {
                found.push(f.0);
            }
        });
        found
    };
    let graph: Vec<Vec<u32>> = program.funcs.iter().map(successors).collect();
    components(&graph).into_iter().flatten().map(FuncId).collect()
}

/// What the exposed code of a function does.
struct Exposed {
    ops: HashSet<OpId>,
    /// In order, each once.
    calls: Vec<FuncId>,
}

impl Exposed {
    fn of(block: &Block) -> Exposed {
        let (mut ops, mut calls) = (HashSet::new(), Vec::new());
        let mut called = HashSet::new();
        each_part(block, &inner_functions(block), &mut |part, exposed| {
            if !exposed {
                return;
            }
            if let Part::Rhs(Rhs::Effect(Effect::Perform(op, _))) = part {
                ops.insert(*op);
            }
            calls.extend(part.direct_call().filter(|f| called.insert(*f)));
        });
        Exposed { ops, calls }
    }
}

/// The clauses of a handler that can be called.
#[derive(Default)]
struct Known {
    /// By operation: the clause's function, and how many parameters it has.
    clauses: HashMap<OpId, (VarId, usize)>,
    /// The copies of functions.
    copies: HashMap<FuncId, VarId>,
}

impl Known {
    fn clause(&self, op: OpId, args: usize) -> Option<VarId> {
        self.clauses.get(&op).filter(|(_, params)| *params == args).map(|(func, _)| *func)
    }
}

struct Pass {
    program: Program,
    simple: Simple,
    names: Names,
    exposed: HashMap<FuncId, Rc<Exposed>>,
}

impl Pass {
    fn block(&mut self, block: &mut Block) {
        let mut rest = std::mem::take(&mut block.stmts).into_iter();
        let mut out = Vec::with_capacity(rest.len());
        while let Some(mut stmt) = rest.next() {
            match &mut stmt {
                Stmt::Let { var, rhs: Rhs::Effect(Effect::Handle(handle)), span } => {
                    if self.handle(handle, &mut out) {
                        let is_last = rest.len() == 0;
                        self.only_call((*var, handle, *span), &mut out, is_last.then_some(&mut block.term));
                        continue;
                    }
                }
                Stmt::Let { .. } => {}
                Stmt::Join(join) => self.block(&mut join.body),
                Stmt::Funs(funs) => funs.iter_mut().for_each(|f| self.block(&mut f.func.body)),
            }
            out.push(stmt);
        }
        block.stmts = out;
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    /// Calls the body of a handler that is not needed, and its return clause; `term` is what follows at once, if something does.
    fn only_call(&mut self, handler: (VarId, &Handle, Span), out: &mut Vec<Stmt>, term: Option<&mut Term>) {
        let (var, handle, span) = handler;
        let call = |var, callee, args| Stmt::Let { var, rhs: Rhs::Call(Callee::Value(callee), args), span };
        let Some(ret) = handle.ret else { return out.push(call(var, handle.body, vec![])) };
        let value = self.names.var("value");
        out.push(call(value, handle.body, vec![]));
        let args = vec![Atom::Var(value)];
        match term.filter(|t| matches!(**t, Term::Return(Atom::Var(v)) if v == var)) {
            Some(term) => *term = Term::TailCall(Callee::Value(ret), args, span),
            None => out.push(call(var, ret, args)),
        }
    }

    /// A handler; the functions of its clauses and its body are among the statements before it. Whether it is not needed any more.
    fn handle(&mut self, handle: &Handle, before: &mut [Stmt]) -> bool {
        if handle.clauses.iter().any(|c| takes_errors(&self.program, &c.target)) {
            return false;
        }
        // The body is a function of its own, made last and not mentioned elsewhere.
        let Some((Stmt::Funs(funs), before)) = before.split_last_mut() else { return false };
        let [LocalFun { var, func: body }] = funs.as_mut_slice() else { return false };
        if Atom::Var(*var) != handle.body {
            return false;
        }
        let Some(mut known) = self.known_clauses(handle, before) else { return false };
        let copied = self.choose_copies(&Exposed::of(&body.body), &known);
        known.copies = copied.iter().map(|f| (*f, self.names.var(&self.program.funcs[f.index()].name))).collect();
        let mut copies: Vec<LocalFun> = copied.iter().map(|f| self.copy(*f, &known)).collect();

        let mut unsearched = self.call_clauses(&mut body.body, handle, &known);
        for copy in &mut copies {
            unsearched &= self.call_clauses(&mut copy.func.body, handle, &known);
        }
        if !copies.is_empty() {
            body.body.stmts.insert(0, Stmt::Funs(copies));
        }
        unsearched && handle.clauses.iter().all(|c| c.mode != Mode::General)
    }

    /// The clauses that can be called; none if there are none.
    fn known_clauses(&self, handle: &Handle, before: &[Stmt]) -> Option<Known> {
        let local = |var: VarId| {
            let mut funs = before.iter().rev().take(LOOK_BACK + handle.clauses.len()).filter_map(|s| match s {
                Stmt::Funs(funs) => funs.iter().find(|f| f.var == var),
                Stmt::Let { .. } | Stmt::Join(_) => None,
            });
            funs.next().map(|f| &f.func)
        };
        let mut known = Known::default();
        for clause in &handle.clauses {
            let (Target::Op(op), Atom::Var(var), Mode::TailResumes { always: true }) =
                (&clause.target, clause.func, clause.mode)
            else {
                continue;
            };
            let Some(func) = local(var) else { continue };
            let fits = !func.variadic && !self.op(*op).variadic && self.simple.block(&func.body);
            if fits && known.clauses.insert(*op, (var, func.params.len())).is_some() {
                return None;
            }
        }
        (!known.clauses.is_empty()).then_some(known)
    }

    fn op(&self, op: OpId) -> &Op {
        &self.program.ops[op.index()]
    }

    // ---------------------------------------------------------------- copies

    fn exposed(&mut self, f: FuncId) -> Rc<Exposed> {
        let func = &self.program.funcs[f.index()];
        self.exposed.entry(f).or_insert_with(|| Rc::new(Exposed::of(&func.body))).clone()
    }

    /// The functions to copy: those that perform, themselves or by others, an operation whose clause is known.
    fn choose_copies(&mut self, body: &Exposed, known: &Known) -> Vec<FuncId> {
        let performing = self.performing(body, known);
        let mut chosen = Vec::new();
        let (mut seen, mut total) = (HashSet::new(), 0);
        let mut queue: VecDeque<FuncId> = body.calls.iter().copied().collect();
        while let Some(f) = queue.pop_front() {
            if chosen.len() == MAX_COPIES || !performing.contains(&f) || !seen.insert(f) {
                continue;
            }
            let size = size(&self.program.funcs[f.index()].body, MAX_SIZE);
            if total + size <= MAX_SIZE {
                total += size;
                chosen.push(f);
                queue.extend(&self.exposed(f).calls);
            }
        }
        chosen
    }

    fn performing(&mut self, body: &Exposed, known: &Known) -> HashSet<FuncId> {
        let mut found: Vec<(FuncId, Rc<Exposed>)> = Vec::new();
        let mut seen = HashSet::new();
        let mut queue: VecDeque<FuncId> = body.calls.iter().copied().collect();
        while let Some(f) = queue.pop_front() {
            if found.len() < MAX_SEARCHED && seen.insert(f) {
                let exposed = self.exposed(f);
                queue.extend(&exposed.calls);
                found.push((f, exposed));
            }
        }
        let mut performing = HashSet::new();
        loop {
            let before = performing.len();
            for (f, exposed) in found.iter().rev() {
                let itself = exposed.ops.iter().any(|op| known.clauses.contains_key(op));
                if itself || exposed.calls.iter().any(|g| performing.contains(g)) {
                    performing.insert(*f);
                }
            }
            if performing.len() == before {
                return performing;
            }
        }
    }

    /// A copy of a function, not changed yet.
    fn copy(&mut self, f: FuncId, known: &Known) -> LocalFun {
        let func = &self.program.funcs[f.index()];
        let params: Vec<VarId> = func.params.iter().map(|p| self.names.var_like(*p)).collect();
        let replaced = func.params.iter().copied().zip(params.iter().map(|p| Atom::Var(*p))).collect();
        let body = copy_block(&mut self.names, &func.body, replaced);
        // A direct call passes the List of a variadic function.
        let func = Func { params, body, variadic: false, inline: false, ..Func::clone(&self.program.funcs[f.index()]) };
        LocalFun { var: known.copies[&f], func }
    }

    /// Makes the operations in the exposed code of a block calls of their clauses, and calls of copied functions calls of the
    /// copies. Whether nothing is left in the block that may search for a clause of the handler.
    fn call_clauses(&self, block: &mut Block, handle: &Handle, known: &Known) -> bool {
        let inner = inner_functions(block);
        let searches = self.searches(block, &inner, handle, known);
        call_clauses(block, &inner, true, known);
        !searches
    }

    /// Whether something in a block may search for a clause of the handler once the known ones are called.
    fn searches(&self, block: &Block, inner: &HashSet<VarId>, handle: &Handle, known: &Known) -> bool {
        let mut found = false;
        each_part(block, inner, &mut |part, exposed| {
            let harmless = match part {
                Part::Rhs(Rhs::Effect(Effect::Perform(op, args))) => {
                    exposed && known.clause(*op, args.len()).is_some() || !self.names_op(handle, *op)
                }
                Part::Rhs(Rhs::Effect(Effect::Handled(op))) => {
                    exposed && known.clauses.contains_key(op) || !self.names_op(handle, *op)
                }
                part => {
                    let copied = part.direct_call().is_some_and(|f| known.copies.contains_key(&f));
                    let local = part.local_call().is_some_and(|(v, _)| inner.contains(&v));
                    exposed && (copied || local) || self.simple.part(part)
                }
            };
            found |= !harmless;
        });
        found
    }

    fn names_op(&self, handle: &Handle, op: OpId) -> bool {
        handle.clauses.iter().any(|c| match &c.target {
            Target::Op(named) => *named == op,
            Target::Kind(kind) => *kind == self.op(op).kind,
        })
    }
}

/// Makes the operations in the exposed code of a block calls of their clauses, and calls of copied functions calls of the copies.
fn call_clauses(block: &mut Block, inner: &HashSet<VarId>, exposed: bool, known: &Known) {
    let copy = |callee: &mut Callee| {
        if let Callee::Func(f) = callee
            && let Some(var) = known.copies.get(f)
        {
            *callee = Callee::Value(Atom::Var(*var));
        }
    };
    for stmt in &mut block.stmts {
        match stmt {
            Stmt::Let { var: _, rhs, span: _ } if exposed => match rhs {
                Rhs::Effect(Effect::Perform(op, args)) => {
                    if let Some(func) = known.clause(*op, args.len()) {
                        *rhs = Rhs::Call(Callee::Value(Atom::Var(func)), std::mem::take(args));
                    }
                }
                Rhs::Effect(Effect::Handled(op)) if known.clauses.contains_key(op) => {
                    *rhs = Rhs::Atom(Atom::Bool(true));
                }
                Rhs::Call(callee, _) => copy(callee),
                _ => {}
            },
            Stmt::Let { .. } => {}
            Stmt::Join(join) => call_clauses(&mut join.body, inner, exposed, known),
            Stmt::Funs(funs) => {
                let funs = funs.iter_mut().filter(|l| inner.contains(&l.var));
                funs.for_each(|l| call_clauses(&mut l.func.body, inner, true, known));
            }
        }
    }
    match &mut block.term {
        Term::TailCall(callee, _, _) if exposed => copy(callee),
        Term::Try { body, error: _, handler } => {
            call_clauses(body, inner, false, known);
            call_clauses(handler, inner, exposed, known);
        }
        term => term_blocks_mut(term).into_iter().flatten().for_each(|b| call_clauses(b, inner, exposed, known)),
    }
}
