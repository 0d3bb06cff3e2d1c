//! What may run before what: one walk over all code that can run, in the order in which it can first run.
//!
//! - Which functions of the library are reachable from the program's code; the others are not lowered. All of the program's
//!   own are: they are checked, whether or not something calls them; the optimiser drops what nothing calls.
//! - Which globals may be read before their definition ran: those that are mentioned, while a form runs, by code that
//!   this form can reach, and that a later form defines. A function is visited once, at the first form that reaches it:
//!   then the fewest globals are defined. Nested lambdas count as running where they stand. All this is linear.
//! - Which local variables a lambda mentions that stands before the end of their binding, and where.

use cl_lang::hir::{ExprId, ExprKind, Form, GlobalId, Handler, Item, PatId, PatKind, Program, VarId};

/// Stands for "never".
pub(super) const NONE: u32 = u32::MAX;

pub(super) struct Reach {
    /// By global: code that can run mentions it.
    pub mentioned: Vec<bool>,
    /// By global: may be read before its definition ran.
    pub early: Vec<bool>,
    /// By local variable of a block: index of the first of the block's items that mentions it before the variable's own
    /// item has ended, or [`NONE`].
    pub early_from: Vec<u32>,
}

/// What the walk knows about a global.
#[derive(Clone, Copy)]
struct Definition {
    /// Index of the form that defines it.
    form: u32,
    /// The function that it names, to be visited at the first mention.
    function: Option<ExprId>,
    visited: bool,
}

struct Walk<'h> {
    hir: &'h Program,
    reach: Reach,
    definitions: Vec<Definition>,
    /// Forms before this one have ended.
    now: u32,
    /// Functions reached and not visited yet.
    work: Vec<ExprId>,
    /// The item at which the walk is, for each enclosing block.
    blocks: Vec<u32>,
    /// By local variable: depth of the block that binds it while that binding has not ended, or [`NONE`].
    unbound: Vec<u32>,
}

pub(super) fn analyse(hir: &Program) -> Reach {
    let (vars, globals) = (hir.vars.len(), hir.globals.len());
    let mut definitions = vec![Definition { form: NONE, function: None, visited: false }; globals];
    for (i, form) in hir.forms.iter().enumerate() {
        if let Form::Define { global, value, span: _ } = form {
            let function = is_function(hir, *value).then_some(*value);
            definitions[global.0 as usize] = Definition { form: i as u32, function, visited: false };
        }
    }
    let reach = Reach { mentioned: vec![false; globals], early: vec![false; globals], early_from: vec![NONE; vars] };
    let mut walk =
        Walk { hir, reach, definitions, now: 0, work: Vec::new(), blocks: Vec::new(), unbound: vec![NONE; vars] };
    walk.forms();
    walk.reach
}

/// Whether evaluating the expression only makes a function.
pub(super) fn is_function(hir: &Program, e: ExprId) -> bool {
    matches!(hir.exprs[e.0 as usize].kind, ExprKind::Lambda(_) | ExprKind::CaseLambda(_))
}

impl Walk<'_> {
    fn forms(&mut self) {
        for (i, form) in self.hir.forms.iter().enumerate() {
            self.now = i as u32;
            match form {
                Form::Define { global, value, span: _ } => {
                    let g = global.0 as usize;
                    if self.definitions[g].function.is_none() {
                        self.expr(*value);
                        self.visit_reached();
                    }
                    self.now += 1;
                    // Code that ran before may call it as soon as it is there.
                    if self.reach.mentioned[g] {
                        self.mention(*global);
                    }
                }
                Form::Expr(e) => self.expr(*e),
            }
            self.visit_reached();
        }
        self.now = self.hir.forms.len() as u32;
        if let Some((main, _)) = self.hir.main {
            self.mention(main);
            self.visit_reached();
        }
        for (i, global) in self.hir.globals.iter().enumerate() {
            if !self.hir.modules[global.module.0 as usize].is_std && self.definitions[i].function.is_some() {
                self.mention(GlobalId(i as u32));
                self.visit_reached();
            }
        }
    }

    fn visit_reached(&mut self) {
        while let Some(function) = self.work.pop() {
            self.expr(function);
        }
    }

    fn mention(&mut self, global: GlobalId) {
        let g = global.0 as usize;
        self.reach.mentioned[g] = true;
        let definition = &mut self.definitions[g];
        if definition.form >= self.now {
            self.reach.early[g] = true;
        } else if let Some(function) = definition.function
            && !definition.visited
        {
            definition.visited = true;
            self.work.push(function);
        }
    }

    fn local(&mut self, var: VarId) {
        let depth = self.unbound[var.0 as usize];
        if depth != NONE {
            let from = &mut self.reach.early_from[var.0 as usize];
            *from = (*from).min(self.blocks[depth as usize]);
        }
    }

    fn exprs(&mut self, es: &[ExprId]) {
        es.iter().for_each(|e| self.expr(*e));
    }

    fn expr(&mut self, e: ExprId) {
        let hir = self.hir;
        match &hir.exprs[e.0 as usize].kind {
            ExprKind::Const(_) | ExprKind::Ctor(_) | ExprKind::Handled(_) | ExprKind::Resumption(_) => {}
            ExprKind::Local(v) => self.local(*v),
            ExprKind::Global(g) => self.mention(*g),
            ExprKind::Lambda(l) => self.expr(l.body),
            ExprKind::CaseLambda(clauses) => clauses.iter().for_each(|l| self.expr(l.body)),
            ExprKind::Call { callee, args } => {
                self.expr(*callee);
                self.exprs(args);
            }
            ExprKind::Prim { prim: _, args }
            | ExprKind::Recur { id: _, args }
            | ExprKind::Perform { op: _, args }
            | ExprKind::List(args)
            | ExprKind::Set(args) => self.exprs(args),
            ExprKind::If { cond, then, otherwise } => self.exprs(&[*cond, *then, *otherwise]),
            ExprKind::Block(items) => self.block(items),
            ExprKind::SetLocal { var, value } => {
                self.expr(*value);
                self.local(*var);
            }
            ExprKind::SetGlobal { global, value } => {
                self.expr(*value);
                self.mention(*global);
            }
            ExprKind::Loop { id: _, vars, body } => {
                vars.iter().for_each(|(_, init)| self.expr(*init));
                self.expr(*body);
            }
            ExprKind::Match { scrutinee, arms } => {
                self.expr(*scrutinee);
                for arm in arms {
                    self.exprs(arm.guard.as_slice());
                    self.expr(arm.body);
                }
            }
            ExprKind::Try { body, catch, finally } => {
                self.expr(*body);
                self.exprs(catch.map(|c| c.body).as_slice());
                self.exprs(finally.as_slice());
            }
            ExprKind::Dict(entries) => entries.iter().for_each(|(k, v)| self.exprs(&[*k, *v])),
            ExprKind::Ascribe { value, ty: _, blame: _ } | ExprKind::Resume(value) | ExprKind::Leave(value) => {
                self.expr(*value);
            }
            ExprKind::Handle(Handler { clauses, ret, body }) => {
                clauses.iter().for_each(|c| self.expr(c.func));
                self.hir.effects.iter().flat_map(|e| e.all()).for_each(|g| self.mention(*g));
                self.hir.in_fiber.iter().for_each(|g| self.mention(*g));
                self.exprs(ret.as_slice());
                self.expr(*body);
            }
        }
    }

    fn block(&mut self, items: &[Item]) {
        let depth = self.blocks.len() as u32;
        self.blocks.push(0);
        for item in items {
            self.mark_item(item, depth);
        }
        for (i, item) in items.iter().enumerate() {
            self.blocks[depth as usize] = i as u32;
            match item {
                Item::Bind { var: _, value } | Item::Destructure { pat: _, value } => self.expr(*value),
                Item::Do(e) => self.expr(*e),
            }
            self.mark_item(item, NONE);
        }
        self.blocks.pop();
    }

    /// Says of the variables that an item binds where they stand.
    fn mark_item(&mut self, item: &Item, depth: u32) {
        match item {
            Item::Bind { var, value: _ } => self.unbound[var.0 as usize] = depth,
            Item::Destructure { pat, value: _ } => {
                for var in pattern_vars(self.hir, *pat) {
                    self.unbound[var.0 as usize] = depth;
                }
            }
            Item::Do(_) => {}
        }
    }
}

/// The variables that a pattern binds, each once, in order.
pub(super) fn pattern_vars(hir: &Program, pat: PatId) -> Vec<VarId> {
    let mut vars = Vec::new();
    let mut work = vec![pat];
    while let Some(p) = work.pop() {
        match &hir.pats[p.0 as usize].kind {
            PatKind::Wild | PatKind::Const(_) => {}
            PatKind::Bind(var) => vars.push(*var),
            PatKind::List { items, rest } => {
                work.extend(rest);
                work.extend(items.iter().rev());
            }
            PatKind::Tuple(pats) | PatKind::Ctor { ctor: _, args: pats } => work.extend(pats.iter().rev()),
            PatKind::Dict(entries) => work.extend(entries.iter().rev().map(|(_, p)| *p)),
            // All alternatives bind the same variables.
            PatKind::Or(alternatives) => work.extend(alternatives.first()),
            PatKind::As { pat, var } => {
                vars.push(*var);
                work.push(*pat);
            }
            PatKind::Type { pat, ty: _ } => work.push(*pat),
        }
    }
    vars
}
