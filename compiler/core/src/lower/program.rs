//! The program as a whole: what each global is, and the entry function.

use cl_lang::hir::{self, ContractOf, ExprKind, Form};
use cl_text::{FileId, Span};
use std::collections::HashMap;
use std::rc::Rc;

use super::build::Open;
use super::control::Unwinds;
use super::data::Pool;
use super::reach::{analyse, is_function};
use super::result::Functions;
use super::{Frame, GlobalUse, Lower, Shape};
use crate::ir::{
    Atom, Block, Bounded, Callee, Ctor, CtorId, EffectBound, EffectFunctions, Func, FuncId, Global, GlobalId,
    GlobalKind, Program, Rhs, Term,
};

/// Top-level forms in one function.
const CHUNK: usize = 200;

/// Lowers a resolved program to nested Core. Functions of the library that the program cannot reach are left out: their
/// globals are slots that nothing mentions.
pub fn lower(hir: &hir::Program) -> Program {
    let mut lower = Lower::new(hir);
    lower.classify_globals();
    let entry = lower.entry();
    lower.versions();
    lower.finish(entry)
}

impl<'h> Lower<'h> {
    fn new(hir: &'h hir::Program) -> Self {
        Lower {
            hir,
            unwinds: Unwinds::of(hir),
            reach: analyse(hir),
            out: Program::default(),
            pool: Pool::default(),
            places: vec![None; hir.vars.len()],
            globals: vec![GlobalUse::Slot; hir.globals.len()],
            defined: vec![false; hir.globals.len()],
            shapes: Vec::new(),
            funcs: Vec::new(),
            functions: Functions::default(),
            local_lambdas: HashMap::new(),
            handler_functions: HashMap::new(),
            ctor_funcs: vec![None; hir.ctors.len()],
            types: ctors_by_type(hir),
            type_tests: HashMap::new(),
            bounds: hir.contracts.iter().filter_map(|c| Some((c.function, c.bound.as_ref()?))).collect(),
            temp_name: Rc::from("t"),
            open: Open::default(),
            frame: Frame::default(),
        }
    }

    /// Says how each global is read, and gives functions their ids.
    fn classify_globals(&mut self) {
        let slot =
            |g: &hir::Global| Global { name: g.name.clone(), kind: GlobalKind::Slot, signature: g.signature.clone() };
        self.out.globals = self.hir.globals.iter().map(slot).collect();
        // A global that nothing defines is never anything but undefined.
        self.globals.fill(GlobalUse::EarlySlot);
        for form in &self.hir.forms {
            if let Form::Define { global, value, span: _ } = form {
                self.globals[global.0 as usize] = self.classify(*global, *value);
            }
        }
    }

    fn classify(&mut self, global: hir::GlobalId, value: hir::ExprId) -> GlobalUse {
        let g = global.0 as usize;
        if !self.reach.mentioned[g] {
            return GlobalUse::Slot;
        }
        let (early, constant) = (self.reach.early[g], !self.hir.globals[g].assigned);
        match &self.expr(value).kind {
            ExprKind::Lambda(lambda) if constant && !early => {
                let f = self.declare(lambda);
                self.out.globals[g].kind = GlobalKind::Func(f);
                GlobalUse::Func(f)
            }
            ExprKind::CaseLambda(clauses) => {
                let funcs = clauses.iter().map(|l| self.declare(l)).collect();
                self.out.globals[g].kind = GlobalKind::Multi(funcs);
                GlobalUse::Multi(GlobalId(global.0))
            }
            ExprKind::Const(c) if constant && !early => self.pool.constant(c).map_or(GlobalUse::Slot, GlobalUse::Const),
            _ if early => GlobalUse::EarlySlot,
            _ => GlobalUse::Slot,
        }
    }

    /// A new function of the program, without its body.
    fn declare(&mut self, lambda: &'h hir::Lambda) -> FuncId {
        let id = self.declare_shape(Shape { fixed: lambda.params.len(), variadic: lambda.rest.is_some() });
        self.functions.lambdas[id.index()] = Some(lambda);
        id
    }

    pub(super) fn declare_shape(&mut self, shape: Shape) -> FuncId {
        self.shapes.push(shape);
        self.funcs.push(None);
        self.functions.lambdas.push(None);
        FuncId(self.funcs.len() as u32 - 1)
    }

    /// The function that runs the top-level forms and `main`. All but the last forms are in functions of their own.
    fn entry(&mut self) -> FuncId {
        let forms = self.hir.forms.as_slice();
        let (before, last) = forms.split_at(forms.len().saturating_sub(1) / CHUNK * CHUNK);
        let mut chunks = Vec::new();
        for chunk in before.chunks(CHUNK) {
            let body = self.top_level(|s| {
                chunk.iter().for_each(|f| s.form(f));
                Term::Return(Atom::Nil)
            });
            if !(body.stmts.is_empty() && matches!(body.term, Term::Return(_))) {
                let span = self.form_span(&chunk[0]);
                chunks.push((self.add_thunk(body, span), span));
            }
        }
        let body = self.top_level(|s| {
            for (chunk, span) in chunks {
                s.emit(Rhs::Call(Callee::Func(chunk), vec![]), span);
            }
            last.iter().for_each(|f| s.form(f));
            Term::Return(s.call_main())
        });
        // The library's forms come first, the root file's last.
        self.add_thunk(body, last.last().map_or(NO_SPAN, |f| self.form_span(f)))
    }

    fn top_level(&mut self, f: impl FnOnce(&mut Self) -> Term) -> Block {
        self.frame = Frame { top_level: true, ..Frame::default() };
        self.block_of(f)
    }

    fn add_thunk(&mut self, body: Block, span: Span) -> FuncId {
        let id = self.declare_shape(Shape { fixed: 0, variadic: false });
        let name = Rc::from("top level");
        let (params, captures) = (Vec::new(), Vec::new());
        self.funcs[id.index()] = Some(Func { name, span, params, variadic: false, captures, body, inline: false });
        id
    }

    fn form_span(&self, form: &Form) -> Span {
        match form {
            Form::Define { span, .. } => *span,
            Form::Expr(e) => self.span(*e),
        }
    }

    fn form(&mut self, form: &Form) {
        match form {
            Form::Expr(e) => self.effect(*e),
            Form::Define { global, value, span } => {
                self.define(*global, *value, *span);
                self.defined[global.0 as usize] = true;
            }
        }
    }

    fn define(&mut self, global: hir::GlobalId, value: hir::ExprId, span: Span) {
        let g = global.0 as usize;
        let expr = self.expr(value);
        match (&expr.kind, self.globals[g]) {
            // Nothing sees it.
            _ if !self.reach.mentioned[g] && is_inert(self.hir, value) => {}
            (ExprKind::Lambda(lambda), GlobalUse::Func(f)) => self.define_func(f, g, lambda, span),
            (ExprKind::CaseLambda(clauses), _) => {
                let GlobalKind::Multi(funcs) = self.out.globals[g].kind.clone() else {
                    unreachable!("classified as Multi")
                };
                for (f, lambda) in funcs.into_iter().zip(clauses) {
                    self.define_func(f, g, lambda, span);
                }
            }
            (ExprKind::Lambda(lambda), _) => {
                let f = self.declare(lambda);
                self.define_func(f, g, lambda, span);
                self.emit(Rhs::SetGlobal(GlobalId(global.0), Atom::Func(f)), span);
            }
            (_, GlobalUse::Const(_)) => {}
            (_, GlobalUse::Func(_) | GlobalUse::Multi(_) | GlobalUse::Slot | GlobalUse::EarlySlot) => {
                let name = self.hir.globals[g].name.clone();
                let value = self.named_value(value, &name);
                self.emit(Rhs::SetGlobal(GlobalId(global.0), value), span);
            }
        }
    }

    fn define_func(&mut self, id: FuncId, global: usize, lambda: &'h hir::Lambda, span: Span) {
        let module = self.hir.globals[global].module;
        let mut func = self.function_with(lambda, span, id, |_| {});
        func.inline =
            self.hir.modules[module.0 as usize].is_std && self.is_thin(hir::GlobalId(global as u32), lambda.body);
        self.funcs[id.index()] = Some(func);
        self.keep_bound(ContractOf::Global(hir::GlobalId(global as u32)), Bounded::Func(id));
    }

    /// Notes what a function's contract promises of its effects.
    pub(super) fn keep_bound(&mut self, source: ContractOf, function: Bounded) {
        if let Some(bound) = self.bounds.get(&source) {
            let (effects, span) = (bound.effects.clone(), bound.span);
            self.out.bounds.push(EffectBound { function, effects, span });
        }
    }

    /// The library's functions for effects, where a handler can be reached.
    fn effect_functions(&self) -> Option<EffectFunctions<FuncId>> {
        let globals = self.hir.effects?;
        let func = |g: hir::GlobalId| match self.globals[g.0 as usize] {
            GlobalUse::Func(f) => Some(f),
            GlobalUse::Multi(_) | GlobalUse::Const(_) | GlobalUse::Slot | GlobalUse::EarlySlot => None,
        };
        if !globals.all().all(|g| func(*g).is_some()) {
            return None;
        }
        Some(globals.map(|g| func(*g).unwrap_or_else(|| unreachable!("each of them is a function"))))
    }

    fn call_main(&mut self) -> Atom {
        let Some((main, params)) = self.hir.main else { return Atom::Nil };
        let span = self.hir.globals[main.0 as usize].span;
        let args = match params {
            0 => vec![],
            _ => vec![self.emit_prim("%args", vec![], span)],
        };
        let callee = match self.globals[main.0 as usize] {
            GlobalUse::Func(f) if self.shapes[f.index()].takes_exactly(args.len()) => Callee::Func(f),
            _ => Callee::Value(self.global(main, span)),
        };
        self.emit(Rhs::Call(callee, args), span)
    }

    fn finish(mut self, entry: FuncId) -> Program {
        let ctor = |c: &hir::Ctor| Ctor {
            name: c.name.clone(),
            type_name: c.type_name.clone(),
            fields: c.fields.iter().map(|f| f.name.clone().unwrap_or_else(|| Rc::from(""))).collect(),
        };
        self.out.ctors = self.hir.ctors.iter().map(ctor).collect();
        self.out.ops = self.hir.ops.clone();
        self.out.effects = self.effect_functions();
        self.out.resumes_many = self.hir.resumes_many;
        self.out.entry = Some(entry);
        self.out.names = self.pool.names;
        self.out.data = self.pool.data;
        let defined = |f: Option<Func>| f.unwrap_or_else(|| unreachable!("a declared function has a body"));
        self.out.funcs = self.funcs.into_iter().map(defined).collect();
        self.out
    }
}

/// Of code that no form wrote.
const NO_SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// Whether evaluating it does nothing that can be noticed.
fn is_inert(hir: &hir::Program, e: hir::ExprId) -> bool {
    is_function(hir, e) || matches!(hir.exprs[e.0 as usize].kind, ExprKind::Const(_) | ExprKind::Ctor(_))
}

fn ctors_by_type(hir: &hir::Program) -> HashMap<Rc<str>, Vec<CtorId>> {
    let mut types: HashMap<_, Vec<_>> = HashMap::new();
    for (i, ctor) in hir.ctors.iter().enumerate() {
        types.entry(ctor.type_name.clone()).or_default().push(CtorId(i as u32));
    }
    types
}
