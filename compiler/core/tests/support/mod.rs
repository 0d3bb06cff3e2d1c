//! Builds resolved trees by hand, so that lowering is tested apart from the stages before it.

#![allow(dead_code)]

use cl_abi::prims;
use cl_core::{Stage, ir, lower, print, verify};
use cl_lang::hir::*;
use cl_text::{FileId, Span};
use std::rc::Rc;

pub mod source;

pub const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

#[derive(Default)]
pub struct Tree {
    pub program: Program,
}

impl Tree {
    pub fn new() -> Tree {
        let mut tree = Tree::default();
        tree.program.modules.push(Module { name: "main".into(), is_std: false });
        tree
    }

    pub fn expr(&mut self, kind: ExprKind) -> ExprId {
        self.program.exprs.push(Expr { kind, span: SPAN });
        ExprId(self.program.exprs.len() as u32 - 1)
    }

    pub fn pat(&mut self, kind: PatKind) -> PatId {
        self.program.pats.push(Pat { kind, span: SPAN });
        PatId(self.program.pats.len() as u32 - 1)
    }

    fn add_var(&mut self, name: &str, assigned: bool) -> VarId {
        self.program.vars.push(Var { name: name.into(), span: SPAN, assigned, captured: assigned });
        VarId(self.program.vars.len() as u32 - 1)
    }

    pub fn var(&mut self, name: &str) -> VarId {
        self.add_var(name, false)
    }

    pub fn assigned_var(&mut self, name: &str) -> VarId {
        self.add_var(name, true)
    }

    pub fn global(&mut self, name: &str) -> GlobalId {
        self.program.globals.push(Global { name: name.into(), module: ModuleId(0), span: SPAN, assigned: false });
        GlobalId(self.program.globals.len() as u32 - 1)
    }

    pub fn ctor(&mut self, type_name: &str, name: &str, fields: &[Type]) -> CtorId {
        let fields = fields.iter().map(|ty| Field { name: None, ty: ty.clone() }).collect();
        let type_params = Vec::new();
        let ctor = Ctor { name: name.into(), type_name: type_name.into(), type_params, fields, span: SPAN };
        self.program.ctors.push(ctor);
        CtorId(self.program.ctors.len() as u32 - 1)
    }

    pub fn define(&mut self, global: GlobalId, value: ExprId) {
        self.program.forms.push(Form::Define { global, value, span: SPAN });
    }

    pub fn run(&mut self, e: ExprId) {
        self.program.forms.push(Form::Expr(e));
    }

    pub fn int(&mut self, n: i64) -> ExprId {
        self.expr(ExprKind::Const(Const::Int(n.into())))
    }

    pub fn text(&mut self, s: &str) -> ExprId {
        self.expr(ExprKind::Const(Const::String(s.into())))
    }

    pub fn local(&mut self, v: VarId) -> ExprId {
        self.expr(ExprKind::Local(v))
    }

    pub fn get(&mut self, g: GlobalId) -> ExprId {
        self.expr(ExprKind::Global(g))
    }

    pub fn prim(&mut self, name: &str, args: &[ExprId]) -> ExprId {
        let prim = prims::by_name(name).expect("a primitive");
        self.expr(ExprKind::Prim { prim, args: args.to_vec() })
    }

    pub fn call(&mut self, callee: ExprId, args: &[ExprId]) -> ExprId {
        self.expr(ExprKind::Call { callee, args: args.to_vec() })
    }

    pub fn call_global(&mut self, g: GlobalId, args: &[ExprId]) -> ExprId {
        let callee = self.get(g);
        self.call(callee, args)
    }

    pub fn if_(&mut self, cond: ExprId, then: ExprId, otherwise: ExprId) -> ExprId {
        self.expr(ExprKind::If { cond, then, otherwise })
    }

    pub fn lambda(&mut self, name: &str, params: &[VarId], body: ExprId) -> ExprId {
        self.expr(ExprKind::Lambda(Lambda { name: name.into(), params: params.to_vec(), rest: None, body }))
    }

    pub fn variadic(&mut self, name: &str, params: &[VarId], rest: VarId, body: ExprId) -> ExprId {
        let lambda = Lambda { name: name.into(), params: params.to_vec(), rest: Some(rest), body };
        self.expr(ExprKind::Lambda(lambda))
    }

    pub fn block(&mut self, items: Vec<Item>) -> ExprId {
        self.expr(ExprKind::Block(items))
    }

    pub fn match_(&mut self, scrutinee: ExprId, arms: &[(PatId, ExprId)]) -> ExprId {
        let arms = arms.iter().map(|(pat, body)| Arm { pat: *pat, guard: None, body: *body }).collect();
        self.expr(ExprKind::Match { scrutinee, arms })
    }

    pub fn ascribe(&mut self, value: ExprId, ty: Type, blame: &str) -> ExprId {
        self.expr(ExprKind::Ascribe { value, ty, blame: blame.into() })
    }

    /// Defines a function of the program.
    pub fn function(&mut self, name: &str, params: &[VarId], body: ExprId) -> GlobalId {
        let global = self.global(name);
        let value = self.lambda(name, params, body);
        self.define(global, value);
        global
    }

    /// Defines a function and mentions it at the top level, so that it is lowered; gives its Core.
    pub fn only(mut self, params: &[VarId], body: ExprId) -> String {
        let f = self.function("f", params, body);
        let mention = self.get(f);
        let all = self.expr(ExprKind::List(vec![mention]));
        self.run(all);
        function_text(&print(&self.core()), "f")
    }

    /// The verified Core of the program.
    pub fn core(&self) -> ir::Program {
        let core = lower(&self.program);
        if let Err(problems) = verify(&core, Stage::Nested) {
            panic!("{problems:#?}\n{}", print(&core));
        }
        core
    }
}

/// The text of one function, its ids renumbered in order of appearance.
pub fn function_text(text: &str, name: &str) -> String {
    let start = text.find(&format!(":{name} (")).expect("the function is there");
    let start = text[..start].rfind("\n(").map_or(0, |i| i + 1);
    let end = text[start..].find("\n(func").into_iter().chain(text[start..].find("\n(entry")).min();
    renumber(text[start..].split_at(end.unwrap_or(text.len() - start)).0)
}

/// Ids in order of appearance from 0, so that expectations do not depend on how many there were before.
fn renumber(text: &str) -> String {
    let mut seen: Vec<String> = Vec::new();
    let mut out = String::new();
    for token in split_tokens(text) {
        let id = token.rsplit_once('.').filter(|(_, n)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
        match id {
            Some((name, _)) if !token.starts_with('"') && !name.bytes().all(|b| b.is_ascii_digit() || b == b'-') => {
                let index = seen.iter().position(|s| s == token).unwrap_or_else(|| {
                    seen.push(token.to_owned());
                    seen.len() - 1
                });
                out.push_str(&format!("{name}.{index}"));
            }
            _ => out.push_str(token),
        }
    }
    out
}

/// Runs of characters that are, and are not, white space or parentheses; `f.12:name` counts as two.
fn split_tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let mark = |c: char| c.is_whitespace() || c == '(' || c == ')' || c == ':';
        let first = rest.chars().next().map(mark);
        let end = rest.find(|c| Some(mark(c)) != first).unwrap_or(rest.len());
        tokens.push(&rest[..end]);
        rest = &rest[end..];
    }
    tokens
}

/// Compares text without leading white space of the whole.
pub fn assert_core(found: &str, expected: &str) {
    let strip = |t: &str| -> Vec<String> { t.trim().lines().map(|l| l.trim_end().to_owned()).collect() };
    let expected: Rc<str> = expected.into();
    let indent = expected.lines().find(|l| !l.trim().is_empty()).map_or(0, |l| l.len() - l.trim_start().len());
    let expected: Vec<_> = expected.lines().map(|l| l.get(indent..).unwrap_or("").to_owned()).collect();
    assert_eq!(strip(found), strip(&expected.join("\n")), "found:\n{found}");
}
