//! The resolver: one recursive walk over syntax objects that expands macros, takes special forms apart and turns names
//! into ids. This file holds its state and the ways to look a name up; the forms are in the files beside it.
//!
//! After an error the walk goes on with `nil` in place of what failed, so that one run reports every independent error.

mod body;
mod call;
mod concurrent;
mod contract;
mod data;
mod expr;
mod flow;
mod handler;
mod lambda;
mod library;
mod logic;
mod loops;
mod modules;
mod older;
mod pattern;
mod quote;
mod report;
mod signature;
mod style;
mod syntax_rules;
mod tests;
mod toplevel;
mod types;
mod unit;
mod unused;

use crate::Resolved;
use crate::hir::{self, Const, CtorId, Expr, ExprId, ExprKind, GlobalId, LoopId, OpId, Program, VarId};
use crate::loader::{Loader, SearchPath};
use crate::names::{FxMap, ModIx, Name, Names, words};
use crate::scope::{Binder, Found, Scopes};
use crate::stdlib::StdLib;
use crate::stx::{Arena, Seq, StxId};
use crate::warn::{coverage, discarded};
use cl_text::{Diagnostic, SourceMap, Span};
use contract::Contracts;
use library::Library;
use std::path::PathBuf;
use std::rc::Rc;
use syntax_rules::{Expansion, Macro};
use types::TypeDef;
use unit::Units;
use unused::Watched;

/// The prelude's module.
pub const PRELUDE: ModIx = ModIx(0);

pub struct Resolver<'a> {
    pub sources: &'a mut SourceMap,
    pub loader: &'a dyn Loader,
    pub search: SearchPath,
    pub std: &'a StdLib,
    pub names: Names,
    pub stx: Arena,
    pub hir: Program,
    pub scopes: Scopes,
    pub diagnostics: Vec<Diagnostic>,
    /// Warnings about style.
    style: Vec<Diagnostic>,
    /// Older names, with their places in the table.
    older: FxMap<Name, usize>,
    /// Those that were reported, with the index of their diagnostic.
    older_reports: FxMap<(ModIx, Name), usize>,
    /// The places that were reported.
    older_places: FxMap<Span, ()>,
    /// Top-level forms whose brackets do not match.
    broken: Vec<Span>,
    /// How many names may still be compared with unbound ones.
    comparisons: usize,
    /// Unbound names that were reported, with the index of their diagnostic.
    unbound: FxMap<(ModIx, Name), usize>,
    modules: Vec<Module>,
    units: Units,
    library: Library,
    macros: Vec<Macro>,
    types: Vec<TypeDef>,
    /// The names of all `data` types as `hir` has them.
    data_names: FxMap<Rc<str>, ()>,
    kinds: FxMap<Rc<str>, Kind>,
    /// Where each operation of `hir` is declared.
    op_spans: Vec<Span>,
    /// The operations of `hir` by name.
    ops: FxMap<Rc<str>, OpId>,
    globals: Vec<GlobalInfo>,
    vars: Vec<VarInfo>,
    ctors: Vec<CtorInfo>,
    /// Calls with a wrong number of arguments, valid unless their function turns out to be assigned.
    arity_errors: Vec<ArityError>,
    /// The module that is being resolved.
    module: ModIx,
    /// Index of the top-level form that is being resolved, in its module.
    form: u32,
    /// The place is inside the body of a `try` of the same function.
    in_try: bool,
    /// Types are written as in signatures: effects last.
    in_signature: bool,
    /// The innermost loop of the function, whether or not the place is in its tail position.
    enclosing_loop: Option<Span>,
    /// Nesting of expressions.
    depth: usize,
    loops: u32,
    expansions: Vec<Expansion>,
    /// What is being resolved.
    place: StxId,
    /// Nodes that expansion made, for traces.
    origins: FxMap<StxId, Expansion>,
    expansion_budget: usize,
    /// Expansion did not end: nothing more is expanded in this top-level form.
    expansion_failed: bool,
    /// Names that the user's modules bind, for warnings about those that nothing uses.
    watched: Watched,
    /// The type variables of the user's modules, for warnings about those that look like types.
    type_variables: Vec<types::TypeVariable>,
    /// The current module's names are declared and its forms are being resolved.
    is_resolving: bool,
    /// The `match` expressions of the user's modules.
    matches: Vec<ExprId>,
    /// The expressions of the user's modules whose values nothing takes.
    dropped: Vec<ExprId>,
    /// The program runs its tests in place of `main`.
    runs_tests: bool,
    /// Forms that resolution itself adds in front of the current module's forms.
    lifted: Vec<hir::Form>,
    contracts: Contracts,
}

/// A module under compilation.
pub struct Module {
    name: Rc<str>,
    is_std: bool,
    names: FxMap<Name, Top>,
    /// Where each name came in: its definition or the import.
    sites: FxMap<Name, Span>,
    types: FxMap<Name, usize>,
    own_types: Vec<usize>,
    /// The names that the module defines itself.
    own: FxMap<Name, ()>,
    /// Top-level names and names of modules that something mentions, outside their own definition.
    used: FxMap<Name, ()>,
    /// It lists what it exports.
    has_exports: bool,
    /// `import … :as m`.
    aliases: FxMap<Name, (ModIx, Span)>,
    exported: FxMap<Name, Top>,
    exported_types: FxMap<Name, usize>,
    /// An import failed: qualified names, types and effect kinds may be missing,
    lost: bool,
    /// or any name at all.
    poisoned: bool,
}

/// What a top-level name is bound to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Top {
    Global(GlobalId),
    Ctor(CtorId),
    Macro(u32),
    /// A definition of the library, which becomes a global when it is mentioned.
    Lib(u32),
    /// `test` and `property` of std/test.
    Word(Name),
    /// From an import that failed.
    Poison,
}

/// What a name means at a place.
#[derive(Clone, Copy, Debug)]
pub enum Meaning {
    Var(VarId, Found),
    Global(GlobalId),
    Ctor(CtorId),
    Macro(u32),
    Op(OpId),
    Special(Name),
    Word(Name),
    /// Stay silent: the reason was reported.
    Poison,
    /// `m:a` where module `m` exports no `a`.
    NotExported(ModIx),
    Unbound,
}

impl Meaning {
    /// Whether two names are bound to one thing.
    pub fn is_same_binding(self, other: Meaning) -> bool {
        match (self, other) {
            (Meaning::Var(a, _), Meaning::Var(b, _)) => a == b,
            (Meaning::Global(a), Meaning::Global(b)) => a == b,
            (Meaning::Ctor(a), Meaning::Ctor(b)) => a == b,
            (Meaning::Macro(a), Meaning::Macro(b)) => a == b,
            (Meaning::Op(a), Meaning::Op(b)) => a == b,
            (Meaning::Special(a), Meaning::Special(b)) | (Meaning::Word(a), Meaning::Word(b)) => a == b,
            _ => false,
        }
    }
}

/// The number of arguments that a function takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Arity {
    pub min: u32,
    pub rest: bool,
}

impl Arity {
    pub fn accepts(self, count: usize) -> bool {
        let min = self.min as usize;
        count == min || (self.rest && count > min)
    }
}

pub struct GlobalInfo {
    pub module: ModIx,
    /// Of the form that defines it, in its module.
    pub form: u32,
    /// Known while nothing assigns it; empty where unknown.
    pub arities: Vec<Arity>,
    /// From `define`, so that the arity may be relied on.
    pub span: Span,
}

#[derive(Default)]
pub struct VarInfo {
    pub arity: Option<Arity>,
    pub mentioned: bool,
    pub mentions: u32,
    /// For `resume`: how deep in lambdas the function of its clause is, and how many calls of it are in that very function.
    pub called_in: Option<u32>,
    pub direct_calls: u32,
}

pub struct CtorInfo {
    /// The checked constructor as a function value, made when it is first mentioned as one.
    pub function: Option<GlobalId>,
    pub type_def: usize,
}

/// A user-declared effect kind.
pub struct Kind {
    pub span: Span,
    pub ops: FxMap<Rc<str>, OpId>,
}

pub struct ArityError {
    pub callee: Callee,
    pub diagnostic: Diagnostic,
}

#[derive(Clone, Copy)]
pub enum Callee {
    Var(VarId),
    Global(GlobalId),
    Fixed,
}

/// The loop that a `recur` at this place goes to.
#[derive(Clone, Copy)]
pub struct LoopRef {
    pub id: LoopId,
    pub count: usize,
    pub span: Span,
}
pub type Tail = Option<LoopRef>;

/// A parenthesised form under resolution.
#[derive(Clone, Copy)]
pub struct Form {
    pub span: Span,
    /// What follows the head.
    pub args: Seq,
}

impl<'a> Resolver<'a> {
    pub fn new(
        sources: &'a mut SourceMap,
        loader: &'a dyn Loader,
        search: SearchPath,
        options: &crate::Options<'a>,
    ) -> Self {
        let mut resolver = Resolver {
            sources,
            loader,
            search,
            std: options.library,
            names: Names::new(),
            stx: Arena::default(),
            hir: Program::default(),
            scopes: Scopes::default(),
            diagnostics: Vec::new(),
            style: Vec::new(),
            older: FxMap::default(),
            older_reports: FxMap::default(),
            older_places: FxMap::default(),
            broken: Vec::new(),
            comparisons: report::MOST_COMPARISONS,
            unbound: FxMap::default(),
            modules: Vec::new(),
            units: Units::default(),
            library: Library::default(),
            macros: Vec::new(),
            types: Vec::new(),
            data_names: FxMap::default(),
            kinds: FxMap::default(),
            op_spans: Vec::new(),
            ops: FxMap::default(),
            globals: Vec::new(),
            vars: Vec::new(),
            ctors: Vec::new(),
            arity_errors: Vec::new(),
            module: PRELUDE,
            form: 0,
            in_try: false,
            in_signature: false,
            enclosing_loop: None,
            depth: 0,
            loops: 0,
            expansions: Vec::new(),
            place: StxId(0),
            origins: FxMap::default(),
            expansion_budget: syntax_rules::MAX_EXPANSIONS,
            expansion_failed: false,
            watched: Watched::default(),
            type_variables: Vec::new(),
            is_resolving: false,
            matches: Vec::new(),
            dropped: Vec::new(),
            runs_tests: false,
            lifted: Vec::new(),
            contracts: Contracts::new(options.check_contracts),
        };
        let prelude = resolver.add_module("prelude".into(), true);
        debug_assert_eq!(prelude, PRELUDE);
        resolver.load_prelude();
        resolver.load_older_names();
        resolver
    }

    /// Resolves the program of a root file.
    pub fn run(mut self, root: PathBuf, tests: bool) -> Resolved {
        self.runs_tests = tests;
        if let Some(module) = self.load_root(root) {
            self.find_main(module);
        }
        if tests {
            self.hir.main = None;
            self.run_tests();
        }
        self.resolve_demanded();
        self.finish_arity_errors();
        self.finish_contracts();
        // Where something failed the tree has `nil`, which would be warned about.
        if !self.diagnostics.iter().any(|d| d.is_error()) {
            self.diagnostics.extend(coverage::warnings(&self.hir, &self.matches));
            self.diagnostics.extend(discarded::warnings(&self.hir, &self.dropped));
            self.diagnostics.extend(self.unused());
            self.diagnostics.extend(self.doubtful_type_variables());
        }
        let diagnostics = report::in_order(self.diagnostics, &self.broken);
        let style = report::in_order(self.style, &self.broken);
        Resolved { program: self.hir, diagnostics, style, files: self.units.into_paths() }
    }

    fn add_module(&mut self, name: Rc<str>, is_std: bool) -> ModIx {
        self.hir.modules.push(hir::Module { name: name.clone(), is_std });
        self.modules.push(Module {
            name,
            is_std,
            names: FxMap::default(),
            sites: FxMap::default(),
            types: FxMap::default(),
            own_types: Vec::new(),
            own: FxMap::default(),
            used: FxMap::default(),
            has_exports: false,
            aliases: FxMap::default(),
            exported: FxMap::default(),
            exported_types: FxMap::default(),
            lost: false,
            poisoned: false,
        });
        ModIx(self.modules.len() as u32 - 1)
    }

    fn module(&self, module: ModIx) -> &Module {
        &self.modules[module.0 as usize]
    }

    fn module_mut(&mut self, module: ModIx) -> &mut Module {
        &mut self.modules[module.0 as usize]
    }

    fn is_std(&self) -> bool {
        self.module(self.module).is_std
    }

    // ---------------------------------------------------------------- making nodes

    fn mk(&mut self, span: Span, kind: ExprKind) -> ExprId {
        self.hir.exprs.push(Expr { kind, span });
        ExprId(self.hir.exprs.len() as u32 - 1)
    }

    fn nil(&mut self, span: Span) -> ExprId {
        self.mk(span, ExprKind::Const(Const::Nil))
    }

    fn constant(&mut self, span: Span, value: Const) -> ExprId {
        self.mk(span, ExprKind::Const(value))
    }

    fn string(&mut self, span: Span, text: &str) -> ExprId {
        self.constant(span, Const::String(text.into()))
    }

    fn local(&mut self, span: Span, var: VarId) -> ExprId {
        self.mk(span, ExprKind::Local(var))
    }

    /// A primitive that the compiler itself calls; the table has it, or this is a bug that the tests find.
    fn prim(&mut self, span: Span, name: &str, args: Vec<ExprId>) -> ExprId {
        match self.library.prim(name) {
            Some(prim) => self.mk(span, ExprKind::Prim { prim, args }),
            None => unreachable!("the compiler calls a primitive {name} that is not in the table"),
        }
    }

    fn new_var(&mut self, name: Rc<str>, span: Span) -> VarId {
        self.hir.vars.push(hir::Var { name, span, assigned: false, captured: false });
        self.vars.push(VarInfo::default());
        VarId(self.hir.vars.len() as u32 - 1)
    }

    /// A variable that no source text can name.
    fn temp(&mut self, name: &str, span: Span) -> VarId {
        self.new_var(name.into(), span)
    }

    fn new_global(&mut self, name: Rc<str>, span: Span, info: GlobalInfo) -> GlobalId {
        let module = hir::ModuleId(info.module.0);
        self.hir.globals.push(hir::Global { name, module, span, assigned: false, signature: None });
        self.globals.push(info);
        GlobalId(self.hir.globals.len() as u32 - 1)
    }

    fn new_loop(&mut self) -> LoopId {
        self.loops += 1;
        LoopId(self.loops - 1)
    }

    fn info(&self, global: GlobalId) -> &GlobalInfo {
        &self.globals[global.0 as usize]
    }

    /// The source text at a span.
    fn text(&self, span: Span) -> &str {
        self.sources.text(span.file).get(span.start as usize..span.end as usize).unwrap_or("")
    }

    // ---------------------------------------------------------------- looking names up

    /// What a name means here.
    fn lookup(&mut self, name: Name) -> Meaning {
        let (bound, base, module) = self.lookup_bound(name);
        if let Some(meaning) = bound {
            return meaning;
        }
        if words::is_special(base) {
            return Meaning::Special(base);
        }
        self.lookup_outer(base, module)
    }

    /// A binding by the user, with the name without hygiene and the module where it is looked up further.
    fn lookup_bound(&mut self, name: Name) -> (Option<Meaning>, Name, ModIx) {
        let (mut name, mut depth, mut module) = (name, u32::MAX, self.module);
        loop {
            if module == self.module
                && let Some(found) = self.scopes.find(name, depth)
            {
                self.mark_binder(found.binder);
                let meaning = match found.binder {
                    Binder::Var(var) => Meaning::Var(var, found),
                    Binder::Macro(index) => Meaning::Macro(index),
                };
                return (Some(meaning), name, module);
            }
            match self.module(module).names.get(&name).copied() {
                Some(Top::Lib(_)) | None => {}
                Some(top) => {
                    self.mark_used(name, module);
                    return (Some(self.meaning(top)), name, module);
                }
            }
            match self.names.alias(name) {
                Some(alias) => (name, depth, module) = (alias.base, alias.depth, alias.module),
                None => return (None, name, module),
            }
        }
    }

    /// What a name without hygiene means that nothing in the module binds: an import's, an operation, the library's.
    fn lookup_outer(&mut self, name: Name, module: ModIx) -> Meaning {
        if let Some(top) = self.module(module).names.get(&name).copied() {
            self.mark_used(name, module);
            return self.meaning(top);
        }
        let text = self.names.text(name).clone();
        if let Some((prefix, rest)) = qualified(&text) {
            if let Some(meaning) = self.lookup_alias(module, name, prefix, rest) {
                return meaning;
            }
            if prefix == "gen" && self.library.has_tests() {
                return self.test_module_name(name);
            }
            if let Some(op) = self.kinds.get(prefix).and_then(|kind| kind.ops.get(rest)) {
                return Meaning::Op(*op);
            }
        }
        if text.starts_with('%') && !self.module(module).is_std {
            return Meaning::Unbound;
        }
        match self.module(PRELUDE).names.get(&name).copied() {
            Some(top) => self.meaning(top),
            None if self.module(module).poisoned => Meaning::Poison,
            None if self.module(module).lost && text.contains(':') => Meaning::Poison,
            None => Meaning::Unbound,
        }
    }

    /// What `prefix:rest` means if the prefix is that of an import. After `(import "std/io" :as io)` it may also be a name
    /// of the prelude that has the prefix in it, such as `io:read-file`.
    fn lookup_alias(&mut self, module: ModIx, name: Name, prefix: &str, rest: &str) -> Option<Meaning> {
        let prefix = self.names.find(prefix)?;
        let (target, _) = *self.module(module).aliases.get(&prefix)?;
        self.mark_used(prefix, module);
        let rest = self.names.intern(rest);
        Some(match self.module(target).exported.get(&rest).copied() {
            Some(top) => self.meaning(top),
            None if target == PRELUDE && self.module(PRELUDE).exported.contains_key(&name) => return None,
            None if self.module(target).poisoned => Meaning::Poison,
            None => Meaning::NotExported(target),
        })
    }

    fn meaning(&mut self, top: Top) -> Meaning {
        match top {
            Top::Global(global) => Meaning::Global(global),
            Top::Ctor(ctor) => Meaning::Ctor(ctor),
            Top::Macro(index) => Meaning::Macro(index),
            Top::Lib(index) => Meaning::Global(self.demand(index)),
            Top::Word(word) => Meaning::Word(word),
            Top::Poison => Meaning::Poison,
        }
    }

    /// The prelude's function or value of that name, whatever the user's program shadows.
    fn prelude_global(&mut self, name: &str) -> Option<GlobalId> {
        let name = self.names.find(name)?;
        match self.module(PRELUDE).names.get(&name).copied() {
            Some(Top::Lib(index)) => Some(self.demand(index)),
            _ => None,
        }
    }

    /// The special form that a node is a use of.
    fn special_of(&mut self, x: StxId) -> Option<Name> {
        let head = self.stx.head(x)?;
        let (bound, base, _) = self.lookup_bound(head);
        (bound.is_none() && words::is_special(base)).then_some(base)
    }

    fn form_of(&self, x: StxId) -> Form {
        let node = self.stx.get(x);
        Form { span: node.span, args: node.items.skip(1) }
    }
}

/// `a:b` as (`a`, `b`), for names that have something on both sides of the first colon behind their start.
fn qualified(text: &str) -> Option<(&str, &str)> {
    let (prefix, rest) = text.split_once(':')?;
    (!prefix.is_empty() && !rest.is_empty()).then_some((prefix, rest))
}
