//! Occurrence analysis: how often and in which role each variable, label and function is mentioned, in one walk over the
//! program before each round of simplification.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, LabelId, LocalFun, Program, Rhs, Stmt, Term, VarId};

use crate::resolve::Arity;
use crate::visit::{callee_func, each_atom, each_call, rhs_atoms, term_atoms, term_blocks};

/// How a variable is used.
#[derive(Clone, Copy, Default)]
pub struct VarUse {
    /// As the callee of a call that fits, the variable being one of a local function.
    pub calls: u32,
    /// In any other role.
    pub values: u32,
    /// How many of these stand inside the function that the variable holds.
    pub own: u32,
}

/// How a label is used.
#[derive(Clone, Copy, Default)]
pub struct LabelUse {
    pub jumps: u32,
    /// How many of these stand in the join's own body.
    pub back: u32,
    /// How many leave a `Try` body or handler that the join stands outside of.
    pub leaving: u32,
}

/// What jumps pass for a join parameter, jumps that pass the parameter itself left out.
#[derive(Clone, Copy, Default, PartialEq)]
pub enum Passed {
    #[default]
    Nothing,
    Always(Atom),
    Various,
}

/// The result. Variables and labels made after the analysis are out of range of the tables: nothing is known of them.
pub struct Occurrences {
    vars: Vec<VarUse>,
    labels: Vec<LabelUse>,
    passed: Vec<Passed>,
    /// Position in the walk of what binds a variable: of two that are both in scope somewhere, the later one sees the
    /// earlier.
    order: Vec<u32>,
    /// By top-level function: how often it is mentioned.
    funcs: Vec<u32>,
}

impl Occurrences {
    /// `None`: made after the analysis.
    pub fn var(&self, var: VarId) -> Option<VarUse> {
        self.vars.get(var.index()).copied()
    }

    /// `None`: made after the analysis.
    pub fn label(&self, label: LabelId) -> Option<LabelUse> {
        self.labels.get(label.index()).copied()
    }

    pub fn func(&self, func: FuncId) -> u32 {
        self.funcs[func.index()]
    }

    /// The one atom that all jumps pass for a join parameter, if it is in scope at the join too.
    pub fn only_argument(&self, param: VarId) -> Option<Atom> {
        match self.passed.get(param.index()) {
            Some(Passed::Always(Atom::Var(v))) => {
                (self.order[v.index()] < self.order[param.index()]).then_some(Atom::Var(*v))
            }
            Some(Passed::Always(a)) => Some(*a),
            Some(Passed::Nothing | Passed::Various) | None => None,
        }
    }

    /// Of the active functions' variables and labels; of how often functions are mentioned in all of the program.
    pub fn of(program: &Program, active: &[bool]) -> Occurrences {
        let vars = program.vars.len();
        let labels = program.label_count as usize;
        let mut walker = Walker {
            found: Occurrences {
                vars: vec![VarUse::default(); vars],
                labels: vec![LabelUse::default(); labels],
                passed: vec![Passed::Nothing; vars],
                order: vec![0; vars],
                funcs: vec![0; program.funcs.len()],
            },
            arities: vec![None; vars],
            inside: vec![false; vars],
            joins: (0..labels).map(|_| Scope::default()).collect(),
            clock: 0,
            region: 0,
            regions: 0,
        };
        for (func, active) in program.funcs.iter().zip(active) {
            match active {
                true => walker.func(func),
                false => walker.mentions(&func.body),
            }
        }
        walker.found
    }
}

#[derive(Default)]
struct Scope {
    params: Vec<VarId>,
    region: u32,
    inside: bool,
}

struct Walker {
    found: Occurrences,
    /// By variable of a local function.
    arities: Vec<Option<Arity>>,
    /// By variable of a local function: the walk is in its body.
    inside: Vec<bool>,
    joins: Vec<Scope>,
    clock: u32,
    /// The innermost `Try` body or handler; 0 is none.
    region: u32,
    regions: u32,
}

impl Walker {
    fn bind(&mut self, var: VarId) {
        self.clock += 1;
        self.found.order[var.index()] = self.clock;
    }

    fn func(&mut self, func: &Func) {
        let region = std::mem::replace(&mut self.region, 0);
        func.params.iter().for_each(|p| self.bind(*p));
        self.block(&func.body);
        self.region = region;
    }

    fn mentions(&mut self, body: &Block) {
        each_atom(body, &mut |a| {
            if let Atom::Func(f) = a {
                self.found.funcs[f.index()] += 1;
            }
        });
        each_call(body, &mut |callee, _| {
            if let Some(f) = callee_func(callee) {
                self.found.funcs[f.index()] += 1;
            }
        });
    }

    fn block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => {
                    match rhs {
                        Rhs::Call(callee, args) => self.call(callee, args),
                        _ => rhs_atoms(rhs, &mut |a| self.value(*a)),
                    }
                    self.bind(*var);
                }
                Stmt::Join(join) => {
                    join.params.iter().for_each(|p| self.bind(*p));
                    let scope = Scope { params: join.params.clone(), region: self.region, inside: true };
                    self.joins[join.label.index()] = scope;
                    self.block(&join.body);
                    self.joins[join.label.index()].inside = false;
                }
                Stmt::Funs(funs) => self.funs(funs),
            }
        }
        self.term(&block.term);
    }

    fn funs(&mut self, funs: &[LocalFun]) {
        for fun in funs {
            self.bind(fun.var);
            self.arities[fun.var.index()] = Some(Arity::of(&fun.func));
        }
        for fun in funs {
            self.inside[fun.var.index()] = true;
            self.func(&fun.func);
            self.inside[fun.var.index()] = false;
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::TailCall(callee, args, _) => self.call(callee, args),
            Term::Jump(label, args) => {
                self.jump(*label, args);
                args.iter().for_each(|a| self.value(*a));
            }
            Term::Try { body, error, handler } => {
                self.bind(*error);
                let outer = self.region;
                for block in [body, handler] {
                    self.regions += 1;
                    self.region = self.regions;
                    self.block(block);
                }
                self.region = outer;
                return;
            }
            _ => term_atoms(term, &mut |a| self.value(*a)),
        }
        term_blocks(term).into_iter().flatten().for_each(|b| self.block(b));
    }

    fn jump(&mut self, label: LabelId, args: &[Atom]) {
        let scope = &self.joins[label.index()];
        let uses = &mut self.found.labels[label.index()];
        uses.jumps += 1;
        uses.back += u32::from(scope.inside);
        uses.leaving += u32::from(scope.region != self.region);
        for (param, arg) in scope.params.iter().zip(args) {
            if *arg == Atom::Var(*param) {
                continue;
            }
            let passed = &mut self.found.passed[param.index()];
            *passed = match *passed {
                Passed::Nothing => Passed::Always(*arg),
                Passed::Always(a) if a == *arg => *passed,
                Passed::Always(_) | Passed::Various => Passed::Various,
            };
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Atom]) {
        if let Some(f) = callee_func(callee) {
            self.found.funcs[f.index()] += 1;
        }
        match callee {
            Callee::Func(_) => {}
            Callee::Value(Atom::Var(v)) if self.arities[v.index()].is_some_and(|a| a.accepts(args.len())) => {
                let inside = self.inside[v.index()];
                let uses = &mut self.found.vars[v.index()];
                uses.calls += 1;
                uses.own += u32::from(inside);
            }
            Callee::Known(_, a) | Callee::Value(a) => self.value(*a),
        }
        args.iter().for_each(|a| self.value(*a));
    }

    fn value(&mut self, atom: Atom) {
        match atom {
            Atom::Var(v) => {
                let inside = self.inside[v.index()];
                let uses = &mut self.found.vars[v.index()];
                uses.values += 1;
                uses.own += u32::from(inside);
            }
            Atom::Func(f) => self.found.funcs[f.index()] += 1,
            _ => {}
        }
    }
}
