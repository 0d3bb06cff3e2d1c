//! The library that is part of the compiler. Its files hold only definitions, so that a definition nobody mentions may
//! be left out: files are read as a whole, but a definition is resolved only when something in the program mentions it.
//! That keeps compiling a small program fast however large the library grows.

use super::body::DefineTarget;
use super::{Arity, GlobalInfo, Meaning, ModIx, PRELUDE, Resolver, Top, words};
use crate::hir::{ExprId, ExprKind, Form, GlobalId, Lambda, Signature};
use crate::names::{FxMap, Name};
use crate::stx::StxId;
use cl_abi::prims::{self, PrimId};
use cl_syntax::{NodeId, NodeKind, Tree};
use cl_text::{FileId, Span};
use std::collections::BTreeMap;
use std::rc::Rc;

#[derive(Default)]
pub struct Library {
    files: Vec<LibFile>,
    defs: Vec<LibDef>,
    /// Mentioned, but not resolved yet.
    pending: Vec<u32>,
    modules: FxMap<String, ModIx>,
    prims: FxMap<&'static str, PrimId>,
}

struct LibFile {
    id: FileId,
    tree: Tree,
}

struct LibDef {
    module: ModIx,
    file: usize,
    node: NodeId,
    /// The `%sig` form before it.
    signature: Option<NodeId>,
    name: Name,
    name_span: Span,
    global: Option<GlobalId>,
}

impl Library {
    /// Is std/test imported?
    pub fn has_tests(&self) -> bool {
        self.modules.contains_key("test")
    }

    pub fn prim(&mut self, name: &str) -> Option<PrimId> {
        if self.prims.is_empty() {
            let ids = (0..prims::ALL.len()).map(|i| PrimId(i as u16));
            self.prims = ids.map(|id| (id.get().name, id)).collect();
        }
        self.prims.get(name).copied()
    }
}

impl Resolver<'_> {
    pub fn load_prelude(&mut self) {
        let std = self.std;
        for (name, source) in std.prelude {
            self.load_library_file(PRELUDE, &format!("std/prelude/{name}.cl"), source);
        }
        let names = self.module(PRELUDE).names.iter();
        let exported = names.filter(|(n, _)| !self.names.text(**n).starts_with('%')).map(|(n, t)| (*n, *t)).collect();
        self.module_mut(PRELUDE).exported = exported;
    }

    /// The module `std/NAME`, if the library has it as a file of its own.
    pub fn std_module(&mut self, name: &str) -> Option<ModIx> {
        if let Some(module) = self.library.modules.get(name) {
            return Some(*module);
        }
        let std = self.std;
        let source = std.modules.iter().find(|(n, _)| *n == name).map(|(_, source)| *source);
        let source = source?;
        let module = self.add_module(format!("std/{name}").into(), true);
        self.library.modules.insert(name.to_string(), module);
        self.load_library_file(module, &format!("std/{name}.cl"), source);
        if name == "test" {
            for word in [words::TEST, words::PROPERTY] {
                self.module_mut(module).names.insert(word, Top::Word(word));
            }
        }
        let names = self.module(module).names.iter();
        let exported = names.filter(|(n, _)| !self.names.text(**n).starts_with('%')).map(|(n, t)| (*n, *t)).collect();
        self.module_mut(module).exported = exported;
        Some(module)
    }

    /// What a name means in std/test, which must be imported: its generators `gen:…` are known wherever it is.
    pub fn test_module_name(&mut self, name: Name) -> Meaning {
        let module = self.library.modules.get("test").copied();
        match module.and_then(|module| self.module(module).names.get(&name).copied()) {
            Some(Top::Lib(index)) => Meaning::Global(self.demand(index)),
            _ => Meaning::Unbound,
        }
    }

    fn load_library_file(&mut self, module: ModIx, name: &str, source: &str) {
        let file = self.sources.add_library(name.to_string(), source.to_string());
        let read = cl_syntax::read(source, file);
        self.diagnostics.extend(read.errors);
        let index = self.library.files.len();
        let mut declared: Option<(&str, NodeId)> = None;
        for node in read.tree.children(NodeId(0)) {
            match defined_name(&read.tree, source, node) {
                Some(("%sig", text, _)) if declared.is_none() => declared = Some((text, node)),
                Some(("define", text, name_span)) if declared.is_none_or(|(name, _)| name == text) => {
                    let name = self.names.intern(text);
                    let def = self.library.defs.len() as u32;
                    let signature = declared.take().map(|(_, node)| node);
                    self.library.defs.push(LibDef {
                        module,
                        file: index,
                        node,
                        signature,
                        name,
                        name_span,
                        global: None,
                    });
                    if self.module_mut(module).names.insert(name, Top::Lib(def)).is_some() {
                        self.bad_form(name_span, "define", "a name that the library defines once");
                    }
                }
                Some(_) => {
                    declared = None;
                    self.bad_form(read.tree.node(node).span, "%sig", "a signature directly before its definition");
                }
                None => {
                    self.bad_form(read.tree.node(node).span, "define", "a definition: library files hold nothing else");
                }
            }
        }
        self.library.files.push(LibFile { id: file, tree: read.tree });
    }

    /// The global of a library definition that something mentions.
    pub fn demand(&mut self, index: u32) -> GlobalId {
        let def = &self.library.defs[index as usize];
        if let Some(global) = def.global {
            return global;
        }
        let (name, span, module) = (def.name, def.name_span, def.module);
        let arities = self.library_arities(index);
        let text = self.names.text(name).clone();
        let global = self.new_global(text, span, GlobalInfo { module, form: 0, arities, span });
        self.library.defs[index as usize].global = Some(global);
        self.library.pending.push(index);
        global
    }

    /// Resolves all definitions of the library that are mentioned, and puts them before the program's forms in the
    /// order of their files.
    pub fn resolve_demanded(&mut self) {
        let mut resolved: Vec<(u32, Form)> = Vec::new();
        while let Some(index) = self.library.pending.pop() {
            let def = &self.library.defs[index as usize];
            let Some(global) = def.global else { continue };
            self.module = def.module;
            if let Some(node) = def.signature {
                let x = self.library_syntax(index, node);
                self.hir.globals[global.0 as usize].signature = Some(Rc::new(self.signature(x)));
            }
            let x = self.library_syntax(index, self.library.defs[index as usize].node);
            let span = self.stx.span(x);
            let value = self.library_value(x);
            resolved.push((index, Form::Define { global, value, span }));
        }
        resolved.sort_unstable_by_key(|(index, _)| *index);
        self.hir.forms.splice(0..0, resolved.into_iter().map(|(_, form)| form));
    }

    /// The signatures of all definitions, by module (the prelude's is "") and name.
    pub fn signatures(mut self) -> BTreeMap<(String, String), Signature> {
        let std = self.std;
        let modules: Vec<(ModIx, &str)> = std
            .modules
            .iter()
            .filter_map(|(name, _)| Some((self.std_module(name)?, *name)))
            .chain([(PRELUDE, "")])
            .collect();
        let mut found = BTreeMap::new();
        for index in 0..self.library.defs.len() as u32 {
            let def = &self.library.defs[index as usize];
            let (name, in_module) = (self.names.text(def.name).to_string(), def.module);
            let Some(node) = def.signature else { continue };
            self.module = in_module;
            let x = self.library_syntax(index, node);
            let signature = self.signature(x);
            let module = modules.iter().find(|(module, _)| *module == in_module).map_or("", |(_, name)| name);
            found.insert((module.to_string(), name), signature);
        }
        found
    }

    fn library_syntax(&mut self, index: u32, node: NodeId) -> StxId {
        let def = &self.library.defs[index as usize];
        let file = &self.library.files[def.file];
        let text = self.sources.text(file.id);
        self.stx.convert(&mut self.names, text, &file.tree, node, &mut Vec::new())
    }

    fn library_value(&mut self, x: StxId) -> ExprId {
        let form = self.form_of(x);
        let Some(DefineTarget::One(define)) = self.define_target(x) else { return self.nil(form.span) };
        let super::body::DefineValue::Expr { value, .. } = define.value else { return self.define_value(&define) };
        if self.stx.head(value) != Some(words::CASE_LAMBDA) {
            return self.define_value(&define);
        }
        let name = self.names.text(define.name).clone();
        let cases = self.stx.items(value).skip(1);
        let mut lambdas: Vec<Lambda> = Vec::new();
        for i in 0..cases.len() {
            let case = self.stx.get(self.stx.at(cases, i));
            match self.param_list(case.items) {
                Some(params) => {
                    let body = self.without_documentation(case.items.skip(1));
                    lambdas.push(self.lambda(&name, params, body, case.span, None));
                }
                None => {
                    self.bad_form(case.span, "%case-lambda", "((parameter …) expression …)");
                }
            }
        }
        self.mk(form.span, ExprKind::CaseLambda(lambdas))
    }

    /// How many arguments a library function takes, read off its text: it may not be resolved yet.
    pub fn library_arities(&self, index: u32) -> Vec<Arity> {
        let def = &self.library.defs[index as usize];
        let file = &self.library.files[def.file];
        let reader = TreeReader { tree: &file.tree, text: self.sources.text(file.id) };
        let mut parts = file.tree.children(def.node).skip(1);
        let Some(target) = parts.next() else { return Vec::new() };
        if reader.kind(target) == NodeKind::Paren {
            return vec![reader.arity(target, 1)];
        }
        let Some(value) = parts.last() else { return Vec::new() };
        if reader.kind(value) != NodeKind::Paren {
            return Vec::new();
        }
        let mut items = file.tree.children(value);
        match items.next().map(|head| reader.source(head)) {
            Some("lambda" | "fn") => items.next().map(|params| reader.arity(params, 0)).into_iter().collect(),
            Some("%case-lambda") => {
                items.filter_map(|case| file.tree.children(case).next()).map(|params| reader.arity(params, 0)).collect()
            }
            _ => Vec::new(),
        }
    }
}

struct TreeReader<'t> {
    tree: &'t Tree,
    text: &'t str,
}

impl TreeReader<'_> {
    fn kind(&self, node: NodeId) -> NodeKind {
        self.tree.node(node).kind
    }

    fn source(&self, node: NodeId) -> &str {
        let span = self.tree.node(node).span;
        &self.text[span.start as usize..span.end as usize]
    }

    /// The arity of a parameter list, without its first `skip` items.
    fn arity(&self, params: NodeId, skip: usize) -> Arity {
        let (mut min, mut rest) = (0, false);
        for param in self.tree.children(params).skip(skip) {
            if self.source(param).starts_with("...") { rest = true } else { min += 1 }
        }
        Arity { min, rest }
    }
}

/// The head of a `define` or `%sig` form, the name that it is about, and where that stands.
fn defined_name<'t>(tree: &Tree, text: &'t str, node: NodeId) -> Option<(&'t str, &'t str, Span)> {
    let source = |id: NodeId| {
        let span = tree.node(id).span;
        (&text[span.start as usize..span.end as usize], span)
    };
    let mut items = tree.children(node);
    let head = items.next()?;
    let head = source(head).0;
    if tree.node(node).kind != NodeKind::Paren || !matches!(head, "define" | "%sig") {
        return None;
    }
    let target = items.next()?;
    let name = match tree.node(target).kind {
        NodeKind::Symbol => target,
        NodeKind::Paren => tree.children(target).next()?,
        _ => return None,
    };
    let (name_text, span) = source(name);
    (tree.node(name).kind == NodeKind::Symbol).then_some((head, name_text, span))
}
