//! Warnings about names: what is bound and never used, and calls of variables that hide a library function.
//!
//! While forms are resolved, what the user's text binds is noted down ([`Watched`]), and mentions mark it as used; at the
//! end the rest is reported. A name that a macro's template brings in is an alias and never noted; one that the user
//! gave to a macro is the user's.

use super::{Binder, ModIx, PRELUDE, Resolver, Top};
use crate::hir::VarId;
use crate::names::{Name, words};
use crate::stx::StxId;
use cl_text::codes::w0006::{self, What};
use cl_text::codes::{w0007, w0008};
use cl_text::{Diagnostic, Span};

/// What the user's text has bound so far.
#[derive(Default)]
pub struct Watched {
    vars: Vec<(VarId, What)>,
    /// The parameters of the function that comes next are watched.
    pub parameters: bool,
    /// Macros defined in bodies.
    macros: Vec<u32>,
    imports: Vec<Import>,
}

/// A name or a module that is imported.
struct Import {
    module: ModIx,
    span: Span,
    what: Imported,
}

enum Imported {
    /// A name, under the name that it has here.
    Name(Name),
    /// Everything that a module exports.
    All { names: Vec<Name>, path: Span },
    /// A module under another name.
    Alias { name: Name, path: Span },
}

/// Functions of the library that make or measure data: variables are called so because they hold such data, and then
/// it is an accident that one is called. (A variable `compare` or `key` that is called holds a function.)
const DATA_FUNCTIONS: &[&str] = &[
    "list", "tuple", "dict", "set", "array", "bytes", "queue", "string", "range", "length", "count", "sum", "head",
    "tail", "first", "last", "keys", "values", "min", "max",
];

impl Resolver<'_> {
    // ---------------------------------------------------------------- noting down

    pub fn watch_var(&mut self, name: Name, var: VarId, what: What) {
        if !self.is_std() && self.is_users(name) {
            self.watched.vars.push((var, what));
        }
    }

    pub fn watch_macro(&mut self, index: u32) {
        if !self.is_std() && self.is_users(self.macros[index as usize].name) {
            self.watched.macros.push(index);
        }
    }

    pub fn watch_import(&mut self, name: Name, span: Span) {
        self.watched.imports.push(Import { module: self.module, span, what: Imported::Name(name) });
    }

    pub fn watch_import_all(&mut self, names: Vec<Name>, span: Span, path: StxId) {
        let path = self.stx.span(path);
        self.watched.imports.push(Import { module: self.module, span, what: Imported::All { names, path } });
    }

    pub fn watch_alias(&mut self, name: Name, span: Span, path: StxId) {
        let path = self.stx.span(path);
        self.watched.imports.push(Import { module: self.module, span, what: Imported::Alias { name, path } });
    }

    /// Written by the user, and wanted.
    fn is_users(&self, name: Name) -> bool {
        self.names.alias(name).is_none() && !self.names.text(name).starts_with('_')
    }

    /// A top-level name is mentioned. In its own definition that is no use.
    pub fn mark_used(&mut self, name: Name, module: ModIx) {
        if self.module(module).is_std {
            return;
        }
        if let Some(Top::Global(global)) = self.module(module).names.get(&name) {
            let info = self.info(*global);
            if info.module == self.module && info.form == self.form && self.is_resolving {
                return;
            }
        }
        self.module_mut(module).used.insert(name, ());
    }

    /// What a macro's template mentions counts as used: the macro may be used elsewhere.
    pub fn mark_template(&mut self, template: StxId, own: Name) {
        let mut work = vec![template];
        while let Some(x) = work.pop() {
            if let Some(name) = self.stx.symbol(x).filter(|name| *name != own) {
                let module = self.module;
                self.module_mut(module).used.insert(name, ());
            }
            work.extend(self.stx.slice(self.stx.items(x)));
        }
    }

    /// A call of a local variable.
    pub fn check_shadowing(&mut self, name: Name, var: VarId, span: Span) {
        if self.is_std() || !self.is_users(name) || self.vars[var.0 as usize].arity.is_some() {
            return;
        }
        let text = self.names.text(name).clone();
        if DATA_FUNCTIONS.contains(&&*text) && self.module(PRELUDE).names.contains_key(&name) {
            let defined = self.hir.vars[var.0 as usize].span;
            self.report(w0008::called(span, &text, defined));
        }
    }

    // ---------------------------------------------------------------- reporting

    /// Warnings about all that is not used; meaningful for a program without errors.
    pub fn unused(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (var, what) in &self.watched.vars {
            if !self.vars[var.0 as usize].mentioned {
                let var = &self.hir.vars[var.0 as usize];
                found.push(w0006::unused(var.span, &var.name, *what));
            }
        }
        for index in &self.watched.macros {
            let mac = &self.macros[*index as usize];
            if !mac.used {
                found.push(w0006::unused(mac.span, self.names.text(mac.name), What::Macro));
            }
        }
        for import in &self.watched.imports {
            found.extend(self.unused_import(import));
        }
        for module in (0..self.modules.len()).map(|i| ModIx(i as u32)) {
            self.unused_definitions(module, &mut found);
        }
        found
    }

    fn unused_import(&self, import: &Import) -> Option<Diagnostic> {
        let is_used = |name: &Name| self.module(import.module).used.contains_key(name);
        match &import.what {
            Imported::Name(name) => (!is_used(name)).then(|| w0007::unused_name(import.span, self.names.text(*name))),
            Imported::All { names, path } => {
                (!names.iter().any(is_used)).then(|| w0007::unused_module(import.span, self.path_text(*path)))
            }
            Imported::Alias { name, path } => {
                (!is_used(name)).then(|| w0007::unused_module(import.span, self.path_text(*path)))
            }
        }
    }

    /// The path without its quotes.
    fn path_text(&self, path: Span) -> &str {
        self.text(path).trim_matches('"')
    }

    /// The definitions of a module with an export list that it neither exports nor uses.
    fn unused_definitions(&self, module: ModIx, found: &mut Vec<Diagnostic>) {
        let m = self.module(module);
        if m.is_std || !m.has_exports {
            return;
        }
        for name in m.own.keys().filter(|name| self.is_users(**name) && **name != words::MAIN) {
            let is_definition = matches!(m.names.get(name), Some(Top::Global(_) | Top::Macro(_)));
            if is_definition && !m.exported.contains_key(name) && !m.used.contains_key(name) {
                let span = m.sites.get(name).copied();
                found.extend(span.map(|span| w0006::unused(span, self.names.text(*name), What::Private)));
            }
        }
    }

    /// A local macro is used.
    pub fn mark_binder(&mut self, binder: Binder) {
        if let Binder::Macro(index) = binder {
            self.macros[index as usize].used = true;
        }
    }
}
