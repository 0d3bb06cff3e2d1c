//! The verifier of Core: what every pass may rely on and must keep. It runs after each pass in debug builds and tests.
//!
//! Scopes: a variable is bound once in the program and before its uses; a label is in scope where it is jumped to, with
//! as many arguments as parameters; a function's labels end at its borders. See [`Stage`] for what may occur when.

use cl_abi::prims::PrimId;

use crate::ir::{
    Atom, Block, Callee, Cond, CtorId, Datum, Effect, Func, FuncId, GlobalKind, Handle, LabelId, OpId, Program, Rhs,
    Stmt, Target, Term, VarId,
};

/// What a program has been through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Functions stand inside functions and see the variables around them.
    Nested,
    /// All functions are the program's; captured variables are passed.
    Flat,
}

/// Problems found before the verifier gives up.
const MAX_PROBLEMS: usize = 20;

/// Checks a program; the problems are sentences for the compiler's developers.
pub fn verify(program: &Program, stage: Stage) -> Result<(), Vec<String>> {
    let mut v = Verifier {
        program,
        stage,
        bound: vec![false; program.vars.len()],
        in_scope: vec![false; program.vars.len()],
        labels: vec![Label::Unknown; program.label_count as usize],
        problems: Vec::new(),
        place: Place { func: "program".to_owned(), id: 0, guarded: false },
        func_count: 0,
    };
    v.tables();
    for func in &program.funcs {
        v.func(func);
    }
    if v.problems.is_empty() { Ok(()) } else { Err(v.problems) }
}

#[derive(Clone, Copy, PartialEq)]
enum Label {
    Unknown,
    /// Declared before or elsewhere: not a target here.
    Closed,
    Open {
        params: usize,
        /// The function that declares it.
        owner: usize,
    },
}

#[derive(Clone)]
struct Place {
    func: String,
    /// A number for each function.
    id: usize,
    /// Inside the body of a `Try` or its handler.
    guarded: bool,
}

struct Verifier<'p> {
    program: &'p Program,
    stage: Stage,
    bound: Vec<bool>,
    in_scope: Vec<bool>,
    labels: Vec<Label>,
    problems: Vec<String>,
    place: Place,
    /// Functions seen so far.
    func_count: usize,
}

/// What a block has brought into scope, to be taken out at its end.
#[derive(Default)]
struct Scope {
    vars: Vec<VarId>,
    labels: Vec<LabelId>,
}

impl<'p> Verifier<'p> {
    fn problem(&mut self, text: String) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(format!("in {}: {text}", self.place.func));
        }
    }

    fn require(&mut self, holds: bool, text: impl FnOnce() -> String) {
        if !holds {
            self.problem(text());
        }
    }

    fn tables(&mut self) {
        let p = self.program;
        self.require(p.entry.is_none_or(|e| e.index() < p.funcs.len()), || "the entry is no function".to_owned());
        for (i, datum) in p.data.iter().enumerate() {
            let atoms = match datum {
                Datum::Cons(head, tail) => vec![*head, *tail],
                Datum::Tuple(items) => items.clone(),
                Datum::String(_) | Datum::Float(_) | Datum::BigInt { .. } => vec![],
            };
            for atom in atoms {
                self.require(!matches!(atom, Atom::Var(_)), || format!("d.{i} holds a variable"));
                self.require(!matches!(atom, Atom::Data(d) if d.index() >= i), || format!("d.{i} holds later data"));
                self.atom(atom);
            }
        }
        for global in &p.globals {
            let funcs = match &global.kind {
                GlobalKind::Slot => &[][..],
                GlobalKind::Func(f) => std::slice::from_ref(f),
                GlobalKind::Multi(funcs) => funcs,
            };
            for f in funcs {
                self.static_func(*f);
            }
        }
    }

    fn static_func(&mut self, f: FuncId) {
        let found = self.program.funcs.get(f.index());
        self.require(found.is_some_and(|f| f.captures.is_empty()), || format!("f.{} is no static function", f.0));
    }

    fn func(&mut self, func: &'p Func) {
        self.func_count += 1;
        let place = Place { func: func.name.to_string(), id: self.func_count, guarded: false };
        let outer = std::mem::replace(&mut self.place, place);
        let mut scope = Scope::default();
        for v in func.params.iter().chain(&func.captures) {
            self.bind(*v, &mut scope);
        }
        let nested = self.stage == Stage::Nested;
        self.require(!nested || func.captures.is_empty(), || "captures before closure conversion".to_owned());
        self.require(!func.variadic || !func.params.is_empty(), || "variadic without a parameter".to_owned());
        self.block(&func.body);
        self.close(scope);
        self.place = outer;
    }

    fn bind(&mut self, var: VarId, scope: &mut Scope) {
        let Some(bound) = self.bound.get_mut(var.index()) else {
            return self.problem(format!("variable {} is not in the table", var.0));
        };
        if std::mem::replace(bound, true) {
            self.problem(format!("variable {} is bound twice", self.var(var)));
        }
        self.in_scope[var.index()] = true;
        scope.vars.push(var);
    }

    fn close(&mut self, scope: Scope) {
        scope.vars.iter().for_each(|v| self.in_scope[v.index()] = false);
        scope.labels.iter().for_each(|l| self.labels[l.index()] = Label::Closed);
    }

    fn var(&self, var: VarId) -> String {
        format!("{}.{}", self.program.vars[var.index()].name, var.0)
    }

    fn block(&mut self, block: &'p Block) {
        let mut scope = Scope::default();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => {
                    self.rhs(rhs, &mut scope);
                    self.bind(*var, &mut scope);
                }
                Stmt::Join(join) => {
                    if join.recursive {
                        self.open_label(join.label, join.params.len(), &mut scope);
                    }
                    let mut inner = Scope::default();
                    join.params.iter().for_each(|p| self.bind(*p, &mut inner));
                    self.block(&join.body);
                    self.close(inner);
                    if !join.recursive {
                        self.open_label(join.label, join.params.len(), &mut scope);
                    }
                }
                Stmt::Funs(funs) => {
                    let nested = self.stage == Stage::Nested;
                    self.require(nested, || "local functions after closure conversion".to_owned());
                    funs.iter().for_each(|f| self.bind(f.var, &mut scope));
                    funs.iter().for_each(|f| self.func(&f.func));
                }
            }
        }
        self.term(&block.term);
        self.close(scope);
    }

    fn open_label(&mut self, label: LabelId, params: usize, scope: &mut Scope) {
        match self.labels.get_mut(label.index()) {
            None => self.problem(format!("label {} is out of range", label.0)),
            Some(l @ Label::Unknown) => {
                *l = Label::Open { params, owner: self.place.id };
                scope.labels.push(label);
            }
            Some(Label::Closed | Label::Open { .. }) => self.problem(format!("label {} is declared twice", label.0)),
        }
    }

    fn atoms(&mut self, atoms: &[Atom]) {
        atoms.iter().for_each(|a| self.atom(*a));
    }

    fn atom(&mut self, atom: Atom) {
        let p = self.program;
        match atom {
            Atom::Var(v) if v.index() >= p.vars.len() => self.problem(format!("variable {} is not in the table", v.0)),
            Atom::Var(v) => {
                let text = || format!("variable {}.{} is not in scope", p.vars[v.index()].name, v.0);
                self.require(self.in_scope[v.index()], text);
            }
            Atom::Int(n) => {
                let range = cl_abi::layout::FIXNUM_MIN..=cl_abi::layout::FIXNUM_MAX;
                self.require(range.contains(&n), || format!("{n} is no fixnum"));
            }
            Atom::Keyword(n) | Atom::Symbol(n) => {
                self.require(n.index() < p.names.len(), || format!("name {} is out of range", n.0));
            }
            Atom::Ctor(c) => self.ctor(c, 0),
            Atom::Data(d) => self.require(d.index() < p.data.len(), || format!("data {} is out of range", d.0)),
            Atom::Func(f) => self.static_func(f),
            Atom::Multi(g) => {
                let kind = p.globals.get(g.index()).map(|g| &g.kind);
                let fits = matches!(kind, Some(GlobalKind::Multi(_)));
                self.require(fits, || format!("global {} has no entries by count", g.0));
            }
            Atom::Nil | Atom::Bool(_) | Atom::EmptyList | Atom::Undef => {}
        }
    }

    fn ctor(&mut self, ctor: CtorId, fields: usize) {
        let found = self.program.ctors.get(ctor.index()).map(|c| c.fields.len());
        self.require(found == Some(fields), || format!("constructor {} with {fields} fields", ctor.0));
    }

    fn prim(&mut self, prim: PrimId, args: &[Atom]) {
        match cl_abi::prims::ALL.get(prim.0 as usize) {
            None => self.problem(format!("primitive {} is out of range", prim.0)),
            Some(p) => {
                let text = || format!("{} takes {} arguments, not {}", p.name, p.arity, args.len());
                self.require(p.arity as usize == args.len(), text);
            }
        }
        self.atoms(args);
    }

    fn callee(&mut self, callee: &Callee, args: &[Atom]) {
        let p = self.program;
        match callee {
            Callee::Func(f) => {
                self.static_func(*f);
                self.arity(*f, args);
            }
            Callee::Known(f, closure) => {
                self.require(self.stage == Stage::Flat, || "a known closure before closure conversion".to_owned());
                self.require(f.index() < p.funcs.len(), || format!("function {} is out of range", f.0));
                self.arity(*f, args);
                self.atom(*closure);
            }
            Callee::Value(value) => self.atom(*value),
        }
        self.atoms(args);
    }

    fn arity(&mut self, f: FuncId, args: &[Atom]) {
        if let Some(func) = self.program.funcs.get(f.index()) {
            let text = || format!("{} takes {} arguments, not {}", func.name, func.params.len(), args.len());
            self.require(func.params.len() == args.len(), text);
        }
    }

    fn rhs(&mut self, rhs: &Rhs, scope: &mut Scope) {
        match rhs {
            Rhs::Atom(a) | Rhs::NewCell(a) | Rhs::GetCell(a) | Rhs::Field(_, a) | Rhs::IsTuple(_, a) => self.atom(*a),
            Rhs::Prim(prim, args) => self.prim(*prim, args),
            Rhs::Call(callee, args) => self.callee(callee, args),
            Rhs::Apply(a, b) | Rhs::SetCell(a, b) => self.atoms(&[*a, *b]),
            Rhs::Construct(ctor, args) => {
                self.require(!args.is_empty(), || "a constructor without fields is an atom".to_owned());
                self.ctor(*ctor, args.len());
                self.atoms(args);
            }
            Rhs::Tuple(items) => self.atoms(items),
            Rhs::IsCtor(ctor, a) => self.is_ctor(*ctor, *a),
            Rhs::Closures { funcs, rest } => self.closures(funcs, rest, scope),
            Rhs::GetGlobal(g) => self.slot(*g),
            Rhs::SetGlobal(g, a) => {
                self.slot(*g);
                self.atom(*a);
            }
            Rhs::Effect(effect) => {
                self.require(self.stage == Stage::Nested, || "an effect after its expansion".to_owned());
                self.effect(effect);
            }
        }
    }

    fn effect(&mut self, effect: &Effect) {
        match effect {
            Effect::Perform(op, args) => {
                self.op(*op);
                self.atoms(args);
            }
            Effect::Handled(op) => self.op(*op),
            Effect::Handle(handle) => self.handle(handle),
            Effect::Resume(a) | Effect::Leave(a) | Effect::Resumption(a) => self.atom(*a),
        }
    }

    fn op(&mut self, op: OpId) {
        self.require(op.index() < self.program.ops.len(), || format!("operation {} is out of range", op.0));
    }

    fn handle(&mut self, handle: &Handle) {
        self.atom(handle.body);
        for clause in &handle.clauses {
            if let Target::Op(op) = &clause.target {
                self.op(*op);
            }
            self.atom(clause.func);
        }
        self.atoms(handle.ret.as_slice());
    }

    fn slot(&mut self, g: crate::ir::GlobalId) {
        let kind = self.program.globals.get(g.index()).map(|g| &g.kind);
        self.require(kind == Some(&GlobalKind::Slot), || format!("global {} is no slot", g.0));
    }

    fn is_ctor(&mut self, ctor: CtorId, a: Atom) {
        let found = self.program.ctors.get(ctor.index());
        let fits = found.is_some_and(|c| !c.fields.is_empty());
        self.require(fits, || format!("constructor {} has no fields to test by", ctor.0));
        self.atom(a);
    }

    /// The closures of a group may hold each other, the first of which the statement itself binds afterwards.
    fn closures(&mut self, funcs: &[(FuncId, Vec<Atom>)], rest: &[VarId], scope: &mut Scope) {
        self.require(self.stage == Stage::Flat, || "closures before closure conversion".to_owned());
        self.require(funcs.len() == rest.len() + 1, || "a variable for each closure of a group".to_owned());
        rest.iter().for_each(|v| self.bind(*v, scope));
        for (f, captured) in funcs {
            let count = self.program.funcs.get(f.index()).map(|f| f.captures.len());
            let text = || format!("function {} captures {count:?} variables, not {}", f.0, captured.len());
            self.require(count == Some(captured.len()), text);
            for a in captured {
                // The group's first variable is bound by the statement.
                if !matches!(a, Atom::Var(v) if v.index() < self.bound.len() && !self.bound[v.index()]) {
                    self.atom(*a);
                }
            }
        }
    }

    fn term(&mut self, term: &'p Term) {
        match term {
            Term::Return(a) => {
                self.leaves("return");
                self.atom(*a);
            }
            Term::TailCall(callee, args, _) => {
                self.leaves("tail call");
                self.callee(callee, args);
            }
            Term::TailApply(function, list, _) => {
                self.leaves("tail call");
                self.atoms(&[*function, *list]);
            }
            Term::Jump(label, args) => {
                let found = self.labels.get(label.index()).copied();
                let text = || format!("jump to label {} with {} arguments: {}", label.0, args.len(), describe(found));
                let open = Label::Open { params: args.len(), owner: self.place.id };
                self.require(found == Some(open), text);
                self.atoms(args);
            }
            Term::If { cond, then, otherwise } => {
                self.cond(cond);
                self.block(then);
                self.block(otherwise);
            }
            Term::Try { body, error, handler } => self.try_term(body, *error, handler),
            Term::Unreachable => {}
        }
    }

    fn leaves(&mut self, what: &str) {
        self.require(!self.place.guarded, || format!("{what} inside a try"));
    }

    fn try_term(&mut self, body: &'p Block, error: VarId, handler: &'p Block) {
        let outer = std::mem::replace(&mut self.place.guarded, true);
        self.block(body);
        let mut scope = Scope::default();
        self.bind(error, &mut scope);
        self.block(handler);
        self.close(scope);
        self.place.guarded = outer;
    }

    fn cond(&mut self, cond: &Cond) {
        match cond {
            Cond::Truthy(a) | Cond::IsTuple(_, a) => self.atom(*a),
            Cond::Prim(prim, args, _) => {
                self.prim(*prim, args);
                let row = cl_abi::prims::ALL.get(prim.0 as usize);
                self.require(row.is_some_and(|row| row.is_test()), || {
                    format!("condition {} is no test", prim.get().name)
                });
            }
            Cond::IsCtor(ctor, a) => self.is_ctor(*ctor, *a),
        }
    }
}

fn describe(label: Option<Label>) -> String {
    match label {
        None => "out of range".to_owned(),
        Some(Label::Unknown) => "not declared yet".to_owned(),
        Some(Label::Closed) => "not in scope".to_owned(),
        Some(Label::Open { params, .. }) => format!("takes {params}, or belongs to another function"),
    }
}

#[cfg(test)]
mod tests;
