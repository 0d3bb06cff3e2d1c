//! Operations and handlers become calls of the library's functions for them, primitives and `Try`s: the first pass, so that no
//! other one meets them. `stdlib/prelude/effects.cl` says how handlers are represented.
//!
//! An operation that no handler of the program names needs no search for one: a built-in operation then does its own work,
//! one of the user's raises `unhandled-effect`. Before that, operations whose clause is known become calls of it ([`known`]).

mod exposed;
mod known;
mod names;
mod simple;

use cl_core::ir::{
    Atom, Block, Callee, Clause, Cond, Effect, EffectFunctions, FuncId, Handle, Join, LabelId, Mode, OpId, Program,
    Rhs, Stmt, Target, Term, VarId,
};
use cl_text::Span;
use std::collections::HashMap;

use crate::ops::prim;
use crate::visit::{each_block, term_blocks_mut};
pub use known::known_handlers;
use names::Names;

/// The operation that errors perform.
const RAISE: &str = "error:raise";

/// Expands all effects.
pub fn expand_effects(mut program: Program) -> Program {
    let handled = Handled::of(&program);
    let mut funcs = std::mem::take(&mut program.funcs);
    let functions = program.effects.take();
    let mut expander = Expander { handled, functions, names: Names::new(program) };
    funcs.iter_mut().for_each(|f| expander.block(&mut f.body));
    Program { funcs, ..expander.names.program }
}

/// What the handlers of a program take.
struct Handled {
    /// By operation: a clause for it or for its kind can be found by a search.
    ops: Vec<bool>,
    /// Some clause may resume an error.
    resumes_errors: bool,
    /// Some clause needs the continuation of its operation.
    captures: bool,
}

impl Handled {
    fn of(program: &Program) -> Handled {
        let mut clauses: Vec<&Clause> = Vec::new();
        for func in &program.funcs {
            each_block(&func.body, &mut |block| {
                for stmt in &block.stmts {
                    if let Stmt::Let { rhs: Rhs::Effect(Effect::Handle(handle)), .. } = stmt {
                        clauses.extend(&handle.clauses);
                    }
                }
            });
        }
        let resumes_errors = clauses.iter().any(|c| takes_errors(program, &c.target) && c.mode != Mode::Aborts);
        let captures = clauses.iter().any(|c| c.mode == Mode::General);
        let mut kinds: HashMap<&str, bool> = HashMap::new();
        let mut ops = vec![false; program.ops.len()];
        for clause in clauses {
            if takes_errors(program, &clause.target) && !resumes_errors {
                continue;
            }
            match &clause.target {
                Target::Op(op) => ops[op.index()] = true,
                Target::Kind(kind) => *kinds.entry(kind).or_default() = true,
            }
        }
        for (op, handled) in program.ops.iter().zip(&mut ops) {
            *handled |= kinds.contains_key(&*op.kind);
        }
        Handled { ops, resumes_errors, captures }
    }
}

fn takes_errors(program: &Program, target: &Target) -> bool {
    match target {
        Target::Op(op) => &*program.ops[op.index()].name == RAISE,
        Target::Kind(kind) => &**kind == "error",
    }
}

/// A clause's mode in its entry; see `stdlib/prelude/effects.cl`.
fn mode_number(mode: Mode) -> i64 {
    match mode {
        Mode::Aborts => 0,
        Mode::General => 2,
        Mode::TailResumes { always: false } => 4,
        Mode::TailResumes { always: true } => 5,
    }
}

fn nothing() -> Block {
    Block { stmts: vec![], term: Term::Unreachable }
}

struct Expander {
    handled: Handled,
    functions: Option<EffectFunctions<FuncId>>,
    names: Names,
}

impl Expander {
    fn block(&mut self, block: &mut Block) {
        let mut rest = std::mem::take(&mut block.stmts).into_iter();
        let mut out = Vec::with_capacity(rest.len());
        while let Some(mut stmt) = rest.next() {
            match &mut stmt {
                Stmt::Let { var, rhs: Rhs::Effect(Effect::Handle(handle)), span } => {
                    let (var, span, handle) = (*var, *span, (**handle).clone());
                    let term = std::mem::replace(&mut block.term, Term::Unreachable);
                    let mut after = Block { stmts: rest.collect(), term };
                    self.block(&mut after);
                    block.term = self.handle(var, &handle, after, span, &mut out);
                    block.stmts = out;
                    return;
                }
                Stmt::Let { var: _, rhs, span } => {
                    if let Rhs::Effect(effect) = rhs {
                        *rhs = self.effect(effect, *span, &mut out);
                    }
                }
                Stmt::Join(join) => self.block(&mut join.body),
                Stmt::Funs(funs) => funs.iter_mut().for_each(|f| self.block(&mut f.func.body)),
            }
            out.push(stmt);
        }
        block.stmts = out;
        self.choose(block);
        term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| self.block(b));
    }

    /// What the library does only where continuations are captured, or only where they are not: one of them is there.
    fn choose(&mut self, block: &mut Block) {
        if let Term::If { cond: Cond::Prim(p, _, _), then, otherwise } = &mut block.term
            && *p == prim("%captures")
        {
            let mut chosen =
                std::mem::replace(if self.handled.captures { then } else { otherwise }, Box::new(nothing()));
            self.block(&mut chosen);
            block.stmts.append(&mut chosen.stmts);
            block.term = chosen.term;
        }
    }

    fn functions(&self) -> &EffectFunctions<FuncId> {
        self.functions.as_ref().expect("a program with a clause has the library's functions for effects")
    }

    fn effect(&mut self, effect: &mut Effect, span: Span, out: &mut Vec<Stmt>) -> Rhs {
        match effect {
            Effect::Perform(op, args) if self.handled.ops[op.index()] => self.perform(*op, args, span, out),
            Effect::Perform(op, args) => self.unhandled(*op, args, span, out),
            Effect::Handled(op) if self.handled.ops[op.index()] => {
                Rhs::Call(Callee::Func(self.functions().handled), vec![self.names.operation(*op)])
            }
            Effect::Handled(_) => Rhs::Atom(Atom::Bool(false)),
            Effect::Resume(value) => Rhs::Atom(*value),
            Effect::Resumption(_) => Rhs::Atom(Atom::Nil),
            Effect::Leave(value) => Rhs::Tuple(vec![Atom::Undef, *value]),
            Effect::Handle(_) => unreachable!("it ends its block"),
        }
    }

    // ---------------------------------------------------------------- operations

    fn perform(&mut self, op: OpId, args: &[Atom], span: Span, out: &mut Vec<Stmt>) -> Rhs {
        let info = &self.names.program.ops[op.index()];
        let (variadic, raises) = (info.variadic, &*info.name == RAISE);
        let functions = *self.functions();
        let mut all = vec![self.names.operation(op)];
        let function = match functions.perform.get(args.len()) {
            _ if raises => functions.perform_error,
            Some(function) if !variadic => *function,
            _ => functions.perform_list,
        };
        if function == functions.perform_list && !variadic {
            all.push(self.names.list(args, span, out));
        } else {
            all.extend(args);
        }
        Rhs::Call(Callee::Func(function), all)
    }

    /// The operation is performed, and no handler takes it.
    fn unhandled(&mut self, op: OpId, args: &[Atom], span: Span, out: &mut Vec<Stmt>) -> Rhs {
        let message = format!("no handler takes the operation {}", self.names.program.ops[op.index()].name);
        let (kind, message) = (self.names.string("unhandled-effect"), self.names.string(&message));
        let data = self.names.list(args, span, out);
        Rhs::Prim(prim("%raise"), vec![kind, message, data])
    }

    // ---------------------------------------------------------------- handlers

    /// Installs the handler, calls the body, and goes on with `after`, where `var` is the handler's value:
    ///
    /// ```text
    ///   outer = %handlers; entries …; %set-handlers entries
    ///   try { v = body(); jump ended(v) } catch e { jump landed(e) }
    ///   ended(v):  %set-handlers outer; after(ret(v))
    ///   landed(e): %set-handlers outer; after(%landed(frame, e))
    /// ```
    fn handle(&mut self, var: VarId, handle: &Handle, after: Block, span: Span, out: &mut Vec<Stmt>) -> Term {
        let is_tail = after.stmts.is_empty() && matches!(after.term, Term::Return(Atom::Var(v)) if v == var);
        let next = if is_tail { None } else { Some(self.join(vec![var], after, out)) };
        let ended = self.names.var("value");
        if handle.clauses.is_empty() {
            let body = Rhs::Call(Callee::Value(handle.body), vec![]);
            out.push(Stmt::Let { var: ended, rhs: body, span });
            return self.return_clause(handle, ended, next, span, out);
        }
        let outer = self.names.emit(Rhs::Prim(prim("%handlers"), vec![]), span, out);
        let frame = self.names.emit(Rhs::NewCell(Atom::Nil), span, out);
        let entries = self.entries(handle, frame, outer, span, out);

        let mut stmts = Vec::new();
        self.restore(entries, outer, span, &mut stmts);
        let term = self.return_clause(handle, ended, next, span, &mut stmts);
        let ended_label = self.join(vec![ended], Block { stmts, term }, out);

        let thrown = self.names.var("thrown");
        let mut stmts = Vec::new();
        self.restore(entries, outer, span, &mut stmts);
        let (function, args) = self.landed(handle, frame, Atom::Var(thrown));
        let term = self.go_on(Callee::Func(function), args, next, span, &mut stmts);
        let landed_label = self.join(vec![thrown], Block { stmts, term }, out);

        if let Some(entries) = entries {
            self.names.emit(Rhs::Prim(prim("%set-handlers"), vec![entries]), span, out);
        }
        let (value, error) = (self.names.var("value"), self.names.var("thrown"));
        let call = Stmt::Let { var: value, rhs: Rhs::Call(Callee::Value(handle.body), vec![]), span };
        Term::Try {
            body: Box::new(Block { stmts: vec![call], term: Term::Jump(ended_label, vec![Atom::Var(value)]) }),
            error,
            handler: Box::new(Block { stmts: vec![], term: Term::Jump(landed_label, vec![Atom::Var(error)]) }),
        }
    }

    /// The entries of a handler; none if no operation needs to find it.
    fn entries(&mut self, handle: &Handle, frame: Atom, outer: Atom, span: Span, out: &mut Vec<Stmt>) -> Option<Atom> {
        let mut entries = None;
        let is_kind = |c: &&Clause| matches!(c.target, Target::Kind(_));
        let kinds = handle.clauses.iter().filter(is_kind);
        for clause in kinds.chain(handle.clauses.iter().filter(|c| !is_kind(c))) {
            if takes_errors(&self.names.program, &clause.target) && !self.handled.resumes_errors {
                continue;
            }
            let key = match &clause.target {
                Target::Op(op) => self.names.program.ops[op.index()].name.clone(),
                Target::Kind(kind) => kind.clone(),
            };
            let next = entries.unwrap_or(outer);
            let key = Atom::Keyword(self.names.name(&key));
            let entry = Rhs::Tuple(vec![next, key, clause.func, Atom::Int(mode_number(clause.mode)), frame, outer]);
            entries = Some(self.names.emit(entry, span, out));
        }
        entries
    }

    fn restore(&mut self, entries: Option<Atom>, outer: Atom, span: Span, out: &mut Vec<Stmt>) {
        if entries.is_some() {
            self.names.emit(Rhs::Prim(prim("%set-handlers"), vec![outer]), span, out);
        }
    }

    /// What takes something that unwound the body.
    fn landed(&self, handle: &Handle, frame: Atom, thrown: Atom) -> (FuncId, Vec<Atom>) {
        let clause = |wants_kind: bool| {
            let fits = |c: &&Clause| {
                takes_errors(&self.names.program, &c.target) && matches!(c.target, Target::Kind(_)) == wants_kind
            };
            handle.clauses.iter().find(fits)
        };
        let functions = self.functions();
        match clause(false).or_else(|| clause(true)) {
            None => (functions.landed, vec![frame, thrown]),
            Some(clause) => {
                let whole = Atom::Bool(matches!(clause.target, Target::Kind(_)));
                let mode = Atom::Int(mode_number(clause.mode));
                (functions.landed_error, vec![frame, thrown, clause.func, whole, mode])
            }
        }
    }

    /// Goes on with what the return clause makes of the body's value.
    fn return_clause(
        &mut self,
        handle: &Handle,
        value: VarId,
        next: Option<LabelId>,
        span: Span,
        out: &mut Vec<Stmt>,
    ) -> Term {
        match (handle.ret, next) {
            (Some(ret), _) => self.go_on(Callee::Value(ret), vec![Atom::Var(value)], next, span, out),
            (None, Some(label)) => Term::Jump(label, vec![Atom::Var(value)]),
            (None, None) => Term::Return(Atom::Var(value)),
        }
    }

    /// Passes on the value of a call, which is a tail call if the handler's value is the function's.
    fn go_on(
        &mut self,
        callee: Callee,
        args: Vec<Atom>,
        next: Option<LabelId>,
        span: Span,
        out: &mut Vec<Stmt>,
    ) -> Term {
        match next {
            None => Term::TailCall(callee, args, span),
            Some(label) => {
                let value = self.names.emit(Rhs::Call(callee, args), span, out);
                Term::Jump(label, vec![value])
            }
        }
    }

    fn join(&mut self, params: Vec<VarId>, body: Block, out: &mut Vec<Stmt>) -> LabelId {
        let label = self.names.label();
        out.push(Stmt::Join(Join { label, params, body, recursive: false }));
        label
    }
}
