//! The functions of a program: those of the program itself, under their own ids, and local ones after them; and which
//! calls or mentions which.

use crate::types::FnId;
use cl_core::ir::{
    Atom, Block, Callee, Cond, Effect, Func, FuncId, GlobalId, GlobalKind, Handle, Mode, Program, Rhs, Stmt, Target,
    Term, VarId,
};
use cl_lang::hir;
use cl_text::FileId;
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

pub struct Function<'p> {
    pub func: &'p Func,
    /// The function that it stands in.
    pub parent: Option<FnId>,
    /// The top-level name that it is defined under.
    pub global: Option<GlobalId>,
    /// Of the library: nothing in it is reported.
    pub library: bool,
}

pub struct Table<'p> {
    pub fns: Vec<Function<'p>>,
    /// Local functions by the variable of their closure.
    pub by_var: HashMap<VarId, FnId>,
    /// By function of the program: the functions of the program that it mentions.
    pub mentions: Vec<Vec<u32>>,
    /// By local function: the local functions beside it that it mentions.
    pub siblings: HashMap<FnId, Vec<FnId>>,
    /// The bodies of handlers that take errors: failures in them are expected.
    pub guarded: BTreeSet<FnId>,
    /// What handlers of the program take: operations and whole kinds.
    handled: BTreeSet<Rc<str>>,
    /// Those of them that clauses may resume.
    resumed: BTreeSet<Rc<str>>,
    /// Files of the library.
    library: BTreeSet<FileId>,
}

/// The kind that an operation belongs to; of a kind, itself.
fn kind_of(effect: &str) -> &str {
    effect.split_once(':').map_or(effect, |(kind, _)| kind)
}

impl<'p> Table<'p> {
    pub fn new(hir: &hir::Program, core: &'p Program) -> Table<'p> {
        let is_library = |g: &hir::Global| hir.modules[g.module.0 as usize].is_std;
        let library = hir.globals.iter().filter(|g| is_library(g)).map(|g| g.span.file).collect();
        let mut table = Table {
            fns: Vec::new(),
            by_var: HashMap::new(),
            mentions: Vec::new(),
            siblings: HashMap::new(),
            guarded: BTreeSet::new(),
            handled: BTreeSet::new(),
            resumed: BTreeSet::new(),
            library,
        };
        let mut owner = vec![None; core.funcs.len()];
        for (i, global) in core.globals.iter().enumerate() {
            let funcs: &[FuncId] = match &global.kind {
                GlobalKind::Func(f) => &[*f],
                GlobalKind::Multi(fs) => fs,
                GlobalKind::Slot => &[],
            };
            funcs.iter().for_each(|f| owner[f.index()] = Some(GlobalId(i as u32)));
        }
        for (i, func) in core.funcs.iter().enumerate() {
            let library = table.library.contains(&func.span.file) && core.entry != Some(FuncId(i as u32));
            table.fns.push(Function { func, parent: None, global: owner[i], library });
        }
        for (i, func) in core.funcs.iter().enumerate() {
            let blocks = vec![(FnId(i as u32), &func.body)];
            let mut walk = Walk { core, owner: FnId(0), mentions: BTreeSet::new(), uses: Vec::new(), blocks };
            while let Some((owner, block)) = walk.blocks.pop() {
                walk.owner = owner;
                walk.block(&mut table, block);
            }
            table.enter_uses(&walk.uses);
            table.mentions.push(walk.mentions.into_iter().collect());
        }
        table
    }

    /// Enters which local functions mention which beside them, also from functions inside.
    fn enter_uses(&mut self, uses: &[(FnId, VarId)]) {
        for (owner, var) in uses {
            let Some(used) = self.by_var.get(var).copied() else { continue };
            let parent = self.get(used).parent;
            let mut at = Some(*owner);
            while let Some(f) = at {
                if self.get(f).parent == parent {
                    self.siblings.entry(f).or_default().push(used);
                    break;
                }
                at = self.get(f).parent;
            }
        }
    }

    pub fn get(&self, f: FnId) -> &Function<'p> {
        &self.fns[f.index()]
    }

    /// Whether some handler of the program takes an operation.
    pub fn is_handled(&self, op: &str) -> bool {
        self.handled.contains(op) || self.handled.contains(kind_of(op))
    }

    /// Whether some handler of the program may go on after an operation, or one of a kind, where it was performed.
    pub fn may_resume(&self, effect: &str) -> bool {
        self.resumed.iter().any(|taken| &**taken == effect || &**taken == kind_of(effect) || kind_of(taken) == effect)
    }

    /// Enters what a handler takes.
    fn enter_handler(&mut self, core: &Program, handle: &Handle) {
        for clause in &handle.clauses {
            let name = match &clause.target {
                Target::Op(op) => core.ops[op.index()].name.clone(),
                Target::Kind(kind) => kind.clone(),
            };
            if &*name == "error" || &*name == "error:raise" {
                self.guarded.extend(match handle.body {
                    Atom::Var(v) => self.by_var.get(&v).copied(),
                    Atom::Func(f) => Some(FnId(f.0)),
                    _ => None,
                });
            }
            if clause.mode != Mode::Aborts {
                self.resumed.insert(name.clone());
            }
            self.handled.insert(name);
        }
    }

    pub fn is_library_file(&self, file: FileId) -> bool {
        self.library.contains(&file)
    }

    /// Whether `outer` is `f` or stands around it.
    pub fn is_inside(&self, f: FnId, outer: FnId) -> bool {
        let mut at = Some(f);
        while let Some(f) = at {
            if f == outer {
                return true;
            }
            at = self.get(f).parent;
        }
        false
    }
}

struct Walk<'c, 'p> {
    core: &'c Program,
    /// The function whose block is walked.
    owner: FnId,
    mentions: BTreeSet<u32>,
    /// Mentions of variables, by local functions.
    uses: Vec<(FnId, VarId)>,
    blocks: Vec<(FnId, &'p Block)>,
}

impl<'p> Walk<'_, 'p> {
    fn block(&mut self, table: &mut Table<'p>, block: &'p Block) {
        let owner = self.owner;
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var: _, rhs, span: _ } => {
                    if let Rhs::Effect(Effect::Handle(handle)) = rhs {
                        table.enter_handler(self.core, handle);
                    }
                    atoms_of(rhs, &mut |mention| self.mention(mention));
                }
                Stmt::Join(join) => self.blocks.push((owner, &join.body)),
                Stmt::Funs(funs) => {
                    for fun in funs {
                        let id = FnId(table.fns.len() as u32);
                        let library = table.get(owner).library || table.is_library_file(fun.func.span.file);
                        table.fns.push(Function { func: &fun.func, parent: Some(owner), global: None, library });
                        table.by_var.insert(fun.var, id);
                        self.blocks.push((id, &fun.func.body));
                    }
                }
            }
        }
        self.term(owner, &block.term);
    }

    fn term(&mut self, owner: FnId, term: &'p Term) {
        match term {
            Term::Return(a) => self.atom(*a),
            Term::TailCall(callee, args, _) => {
                self.callee(callee);
                args.iter().for_each(|a| self.atom(*a));
            }
            Term::TailApply(f, list, _) => [*f, *list].into_iter().for_each(|a| self.atom(a)),
            Term::Jump(_, args) => args.iter().for_each(|a| self.atom(*a)),
            Term::If { cond, then, otherwise } => {
                match cond {
                    Cond::Truthy(a) | Cond::IsCtor(_, a) | Cond::IsTuple(_, a) => self.atom(*a),
                    Cond::Prim(_, args, _) => args.iter().for_each(|a| self.atom(*a)),
                }
                self.blocks.extend([(owner, &**then), (owner, &**otherwise)]);
            }
            Term::Try { body, error: _, handler } => self.blocks.extend([(owner, &**body), (owner, &**handler)]),
            Term::Unreachable => {}
        }
    }

    fn callee(&mut self, callee: &Callee) {
        match callee {
            Callee::Func(f) => self.func(*f),
            Callee::Known(f, a) => {
                self.func(*f);
                self.atom(*a);
            }
            Callee::Value(a) => self.atom(*a),
        }
    }

    fn mention(&mut self, mention: Mention) {
        match mention {
            Mention::Atom(a) => self.atom(a),
            Mention::Func(f) => self.func(f),
        }
    }

    fn func(&mut self, f: FuncId) {
        self.mentions.insert(f.0);
    }

    fn atom(&mut self, a: Atom) {
        match a {
            Atom::Func(f) => self.func(f),
            Atom::Var(v) if self.owner.index() >= self.core.funcs.len() => self.uses.push((self.owner, v)),
            Atom::Multi(g) => {
                if let GlobalKind::Multi(funcs) = &self.core.globals[g.index()].kind {
                    self.mentions.extend(funcs.iter().map(|f| f.0));
                }
            }
            _ => {}
        }
    }
}

/// What a statement mentions.
pub enum Mention {
    Atom(Atom),
    /// A function that is called directly.
    Func(FuncId),
}

/// Calls `f` with all that a statement mentions.
pub fn atoms_of(rhs: &Rhs, f: &mut dyn FnMut(Mention)) {
    let mut atoms = |atoms: &[Atom]| atoms.iter().for_each(|a| f(Mention::Atom(*a)));
    match rhs {
        Rhs::Atom(a) | Rhs::IsCtor(_, a) | Rhs::IsTuple(_, a) | Rhs::Field(_, a) => atoms(&[*a]),
        Rhs::NewCell(a) | Rhs::GetCell(a) | Rhs::SetGlobal(_, a) => atoms(&[*a]),
        Rhs::Apply(a, b) | Rhs::SetCell(a, b) => atoms(&[*a, *b]),
        Rhs::Prim(_, args) | Rhs::Construct(_, args) | Rhs::Tuple(args) => atoms(args),
        Rhs::Call(callee, args) => {
            atoms(args);
            match callee {
                Callee::Func(func) => f(Mention::Func(*func)),
                Callee::Known(func, a) => {
                    f(Mention::Func(*func));
                    f(Mention::Atom(*a));
                }
                Callee::Value(a) => f(Mention::Atom(*a)),
            }
        }
        Rhs::Closures { funcs, rest: _ } => {
            for (func, captures) in funcs {
                f(Mention::Func(*func));
                captures.iter().for_each(|a| f(Mention::Atom(*a)));
            }
        }
        Rhs::GetGlobal(_) => {}
        Rhs::Effect(effect) => match effect {
            Effect::Perform(_, args) => atoms(args),
            Effect::Handled(_) => {}
            Effect::Handle(handle) => {
                atoms(&[handle.body]);
                handle.clauses.iter().for_each(|c| atoms(&[c.func]));
                atoms(handle.ret.as_slice());
            }
            Effect::Resume(a) | Effect::Leave(a) | Effect::Resumption(a) => atoms(&[*a]),
        },
    }
}
