//! Modules: files, imports and exports. A file's imports are loaded, resolved and put into the program before the file
//! itself, so that each module runs once, before its importers.

use super::unit::State;
use super::{Form, ModIx, PRELUDE, Resolver, Top, report, words};
use crate::loader::LoadError;
use crate::names::{FxMap, Name};
use crate::stx::{Seq, StxId, StxKind};
use cl_syntax::NodeId;
use cl_syntax::literal;
use cl_text::codes::e0102::{self, Place};
use cl_text::codes::{e0012, e0103, e0104, e0106, e0107, e0209};
use cl_text::{FileId, Span, near, source};
use std::path::{Path, PathBuf};

/// The parts of a file.
struct ModuleForms {
    name: Option<Name>,
    /// The export list's span and items.
    exports: Option<(Span, Seq)>,
    forms: Seq,
}

/// Modules `std/NAME` whose names all stand in the prelude: the pages of its documentation, and topics.
const IN_PRELUDE: &[&str] = &[
    "array",
    "arrays",
    "concurrent",
    "bytes",
    "core",
    "data",
    "datetime",
    "dict",
    "dicts",
    "effects",
    "function",
    "functional",
    "functions",
    "io",
    "json",
    "kinds",
    "list",
    "lists",
    "locks",
    "math",
    "number",
    "numbers",
    "path",
    "process",
    "queue",
    "random",
    "promises",
    "sequences",
    "set",
    "state",
    "string",
    "strings",
    "time",
];

impl Resolver<'_> {
    pub fn load_root(&mut self, path: PathBuf) -> Option<ModIx> {
        let bytes = match self.loader.load(&path) {
            Ok(bytes) => bytes,
            Err(error) => {
                let name = path.display().to_string();
                self.report(e0012::unreadable(&name, &reason(&error)));
                return None;
            }
        };
        let canonical = self.loader.canonical(&path);
        self.load_bytes(path, canonical, bytes)
    }

    fn load_bytes(&mut self, path: PathBuf, canonical: PathBuf, bytes: Vec<u8>) -> Option<ModIx> {
        let name = path.display().to_string();
        let stem = path.file_stem().map_or_else(|| name.clone(), |s| s.to_string_lossy().into_owned());
        self.units.begin(canonical, stem.clone(), path.clone());
        let module = match source::decode(&name, bytes) {
            Ok(text) => Some(self.load_text(name, &stem, &path, text)),
            Err(diagnostic) => {
                self.report(diagnostic);
                None
            }
        };
        self.units.end(module);
        module
    }

    fn load_text(&mut self, name: String, stem: &str, path: &Path, text: String) -> ModIx {
        let file = self.sources.add(name, text);
        let root = self.read(file);
        let parts = self.module_forms(self.stx.items(root));
        let text = parts.name.map_or_else(|| stem.into(), |n| self.names.text(n).clone());
        // imports first: they are whole modules, resolved with a state of their own
        let imports = self.load_imports(parts.forms, path);
        let module = self.add_module(text, false);
        self.module = module;
        for (form, target) in imports {
            self.import(form, target);
        }
        self.module_body(parts.forms, parts.exports);
        module
    }

    fn read(&mut self, file: FileId) -> StxId {
        let text = self.sources.text(file);
        let read = cl_syntax::read(text, file);
        let mut deep = Vec::new();
        let root = self.stx.convert(&mut self.names, text, &read.tree, NodeId(0), &mut deep);
        let forms = self.stx.slice(self.stx.items(root)).iter().map(|x| self.stx.span(*x));
        self.broken.extend(report::broken_forms(&read.errors, forms));
        self.diagnostics.extend(read.errors);
        for span in deep {
            self.report(report::too_deep(span));
        }
        root
    }

    /// `(module name (export …) form …)` as the only form, or a file without it.
    fn module_forms(&mut self, forms: Seq) -> ModuleForms {
        let module = (0..forms.len()).map(|i| self.stx.at(forms, i)).find(|x| self.stx.head(*x) == Some(words::MODULE));
        let Some(x) = module else { return ModuleForms { name: None, exports: None, forms } };
        let span = self.stx.span(x);
        let mut found = self.module_form(x, span);
        if forms.len() > 1 {
            self.report(e0209::misplaced(span, "module", "alone in its file, around everything else"));
            // what stands beside it was meant to stand in it
            let (beside, inside) = (self.stx.slice(forms), self.stx.slice(found.forms));
            let at = beside.iter().position(|form| *form == x).unwrap_or(0);
            let all = [&beside[..at], inside, &beside[at + 1..]].concat();
            let all = self.stx.list(StxKind::Paren, span, &all);
            found.forms = self.stx.items(all);
        }
        found
    }

    fn module_form(&mut self, x: StxId, span: Span) -> ModuleForms {
        let args = self.stx.items(x).skip(1);
        let Some(name) = self.stx.first(args).and_then(|n| self.stx.symbol(n)) else {
            self.bad_form(span, "module", "a name");
            return ModuleForms { name: None, exports: None, forms: args };
        };
        let body = args.skip(1);
        match self.stx.first(body).filter(|e| self.stx.head(*e) == Some(words::EXPORT)) {
            Some(export) => {
                let exports = (self.stx.span(export), self.stx.items(export).skip(1));
                ModuleForms { name: Some(name), exports: Some(exports), forms: body.skip(1) }
            }
            None => ModuleForms { name: Some(name), exports: None, forms: body },
        }
    }

    // ---------------------------------------------------------------- loading imports

    /// Loads what the top-level forms import; `None` for what failed.
    fn load_imports(&mut self, forms: Seq, importer: &Path) -> Vec<(Form, Option<ModIx>)> {
        let mut imports = Vec::new();
        for i in 0..forms.len() {
            let x = self.stx.at(forms, i);
            if self.stx.head(x) != Some(words::IMPORT) {
                continue;
            }
            let form = self.form_of(x);
            let path = self.stx.first(form.args).filter(|p| self.stx.kind(*p) == StxKind::String);
            let Some(path) = path else {
                self.bad_form(form.span, "import", "a path in quotes");
                imports.push((form, None));
                continue;
            };
            let span = self.stx.span(path);
            let text = literal::string(self.text(span));
            let target = self.load_import(&text, span, importer);
            imports.push((form, target));
        }
        imports
    }

    fn load_import(&mut self, text: &str, span: Span, importer: &Path) -> Option<ModIx> {
        if let Some(name) = text.strip_prefix("std/") {
            return self.load_std(name, text, span);
        }
        let path = match self.search.find(self.loader, importer, text) {
            Ok(path) => path,
            Err(tried) => {
                // Of a path that is only dots the places that were tried are no files anybody would name.
                let is_name = text.chars().any(|c| c != '.' && c != '/');
                let tried = tried.iter().filter(|_| is_name);
                let tried: Vec<String> = tried.map(|p| p.display().to_string()).collect();
                self.report(e0103::not_found(span, text, &tried, &[]));
                return None;
            }
        };
        let canonical = self.loader.canonical(&path);
        match self.units.state(&canonical) {
            State::Loaded(module) => return module,
            State::Circle(circle) => {
                let circle: Vec<&str> = circle.iter().map(String::as_str).collect();
                self.report(e0104::circular(span, &circle));
                return None;
            }
            State::New => {}
        }
        if self.units.depth() > MAX_IMPORT_DEPTH {
            self.report(report::too_deep(span));
            return None;
        }
        match self.loader.load(&path) {
            Ok(bytes) => self.load_bytes(path, canonical, bytes),
            Err(error) => {
                self.report(e0103::unreadable(span, text, &reason(&error)));
                None
            }
        }
    }

    fn load_std(&mut self, name: &str, text: &str, span: Span) -> Option<ModIx> {
        if let Some(module) = self.std_module(name) {
            return Some(module);
        }
        if IN_PRELUDE.contains(&name) {
            return Some(PRELUDE);
        }
        let mut known: Vec<String> = self.std.public_modules().map(|(m, _)| format!("std/{m}")).collect();
        known.extend(IN_PRELUDE.iter().map(|m| format!("std/{m}")));
        let close = near(text, known.iter().map(String::as_str));
        self.report(e0103::not_found(span, text, &[], &close));
        None
    }

    // ---------------------------------------------------------------- bringing names in

    /// Brings the names of an import into the current module.
    fn import(&mut self, form: Form, target: Option<ModIx>) {
        let what = form.args.skip(1);
        let Some(target) = target else { return self.import_unknown(what) };
        let types: Vec<(Name, usize)> =
            self.module(target).exported_types.iter().map(|(name, index)| (*name, *index)).collect();
        let importer = self.module;
        for (name, index) in types {
            self.module_mut(importer).types.entry(name).or_insert(index);
        }
        self.module_mut(importer).lost |= self.modules[target.0 as usize].poisoned;
        let Some(first) = self.stx.first(what) else { return };
        match self.stx.kind(first) {
            StxKind::Keyword(words::AS) if what.len() == 2 => {
                self.import_alias(self.stx.at(what, 1), target, self.stx.at(form.args, 0))
            }
            StxKind::Symbol(words::STAR) if what.len() == 1 => self.import_all(target, form),
            StxKind::Paren | StxKind::Bracket if what.len() == 1 => {
                let items = self.stx.items(first);
                for i in 0..items.len() {
                    self.import_item(self.stx.at(items, i), target);
                }
            }
            _ => {
                self.bad_form(form.span, "import", "a list of names, *, or :as and a name");
            }
        }
    }

    fn import_alias(&mut self, x: StxId, target: ModIx, path: StxId) {
        let Some(name) = self.stx.symbol(x) else {
            let span = self.stx.span(x);
            self.bad_form(span, "import", "a name for the module");
            return;
        };
        let (module, span) = (self.module, self.stx.span(x));
        self.watch_alias(name, span, path);
        if let Some((_, first)) = self.module_mut(module).aliases.insert(name, (target, span)) {
            let text = self.names.text(name).clone();
            self.report(e0107::clash(span, &text, first));
        }
    }

    fn import_all(&mut self, target: ModIx, form: Form) {
        if target == PRELUDE {
            return;
        }
        let mut names: Vec<(Name, Top)> = self.module(target).exported.iter().map(|(n, t)| (*n, *t)).collect();
        names.sort_unstable_by_key(|(name, _)| *name);
        let has_types = !self.module(target).exported_types.is_empty() || self.module(target).poisoned;
        if !has_types && !names.is_empty() {
            let names = names.iter().map(|(name, _)| *name).collect();
            self.watch_import_all(names, form.span, self.stx.at(form.args, 0));
        }
        for (name, top) in names {
            self.bring_in(name, top, form.span);
        }
        let module = self.module;
        self.module_mut(module).poisoned |= self.modules[target.0 as usize].poisoned;
    }

    /// `a` or `(a as b)`
    fn import_item(&mut self, x: StxId, target: ModIx) {
        let node = self.stx.get(x);
        let renamed = node.items.len() == 3
            && self.stx.symbol(self.stx.at(node.items, 1)).is_some_and(|n| self.names.base(n) == words::AS);
        let pair = match node.kind {
            StxKind::Symbol(name) => Some((name, name)),
            StxKind::Paren | StxKind::Bracket if renamed => {
                self.stx.symbol(self.stx.at(node.items, 0)).zip(self.stx.symbol(self.stx.at(node.items, 2)))
            }
            _ => None,
        };
        let Some((name, local)) = pair else {
            if node.kind != StxKind::Error {
                self.bad_form(node.span, "import", "a name or (name as other)");
            }
            return;
        };
        let is_type = self.import_type(name, local, target, node.span);
        if let Some(top) = self.module(target).exported.get(&name).copied() {
            self.bring_in(local, top, node.span);
            if !is_type && top != Top::Poison {
                self.watch_import(local, node.span);
            }
        } else if self.module(target).poisoned {
            self.bring_in(local, Top::Poison, node.span);
        } else if !is_type && !self.kinds.contains_key(self.names.text(name)) {
            let text = self.names.text(name).to_string();
            let diagnostic = self.not_exported(node.span, target, &text);
            self.report(diagnostic);
            self.bring_in(local, Top::Poison, node.span);
        }
    }

    /// A type comes with its constructors.
    fn import_type(&mut self, name: Name, local: Name, target: ModIx, span: Span) -> bool {
        let Some(index) = self.module(target).exported_types.get(&name).copied() else { return false };
        let module = self.module;
        self.module_mut(module).types.insert(local, index);
        let mut ctors: Vec<(Name, Top)> = Vec::new();
        for (name, top) in &self.module(target).exported {
            if let Top::Ctor(ctor) = top
                && self.ctors[ctor.0 as usize].type_def == index
            {
                ctors.push((*name, *top));
            }
        }
        ctors.sort_unstable_by_key(|(name, _)| *name);
        for (ctor, top) in ctors {
            if ctor != name {
                self.bring_in(ctor, top, span);
            }
        }
        true
    }

    fn bring_in(&mut self, name: Name, top: Top, span: Span) {
        let module = self.module_mut(self.module);
        match module.names.get(&name) {
            Some(old) if *old == top || *old == Top::Poison || top == Top::Poison => {}
            Some(_) => {
                let first = module.sites.get(&name).copied().unwrap_or(span);
                let text = self.names.text(name).clone();
                self.report(e0107::clash(span, &text, first));
            }
            None => {
                module.names.insert(name, top);
                module.sites.insert(name, span);
            }
        }
    }

    /// Keeps the names quiet that a failed import should have brought.
    fn import_unknown(&mut self, what: Seq) {
        let module = self.module;
        self.module_mut(module).lost = true;
        match self.stx.first(what).map(|x| self.stx.get(x)) {
            Some(list) if matches!(list.kind, StxKind::Paren | StxKind::Bracket) => {
                for i in 0..list.items.len() {
                    let item = self.stx.at(list.items, i);
                    let inner = self.stx.items(item);
                    let name = if inner.is_empty() { item } else { self.stx.at(inner, inner.len() - 1) };
                    if let Some(name) = self.stx.symbol(name) {
                        self.bring_in(name, Top::Poison, self.stx.span(item));
                    }
                }
            }
            Some(keyword) if matches!(keyword.kind, StxKind::Keyword(_)) => {}
            _ => self.module_mut(module).poisoned = true,
        }
    }

    // ---------------------------------------------------------------- exports

    /// Sets what the current module exports.
    pub fn export(&mut self, exports: Option<(Span, Seq)>, own: Vec<(Name, Top)>) {
        let module = self.module;
        self.module_mut(module).has_exports = exports.is_some();
        let types = &self.types;
        let Some((_, items)) = exports else {
            let m = &mut self.modules[module.0 as usize];
            m.exported = own.into_iter().collect();
            let own = m.types.iter().filter(|(_, index)| types[**index].module == module);
            m.exported_types = own.map(|(name, index)| (*name, *index)).collect();
            return;
        };
        let mut seen: FxMap<Name, Span> = FxMap::default();
        for i in 0..items.len() {
            let x = self.stx.at(items, i);
            let span = self.stx.span(x);
            let Some(name) = self.stx.symbol(x) else {
                self.bad_form(span, "module", "a name to export");
                continue;
            };
            match seen.insert(name, span) {
                Some(first) => {
                    let text = self.names.text(name).clone();
                    self.report(e0102::duplicate(span, &text, first, Place::Declaration));
                }
                None => self.export_name(name, span),
            }
        }
        self.complete_types();
    }

    fn export_name(&mut self, name: Name, span: Span) {
        let m = &mut self.modules[self.module.0 as usize];
        let (ty, top) = (m.types.get(&name).copied(), m.names.get(&name).copied());
        m.exported_types.extend(ty.map(|index| (name, index)));
        m.exported.extend(top.map(|top| (name, top)));
        m.used.insert(name, ());
        if top.is_none() && ty.is_none() && !m.poisoned && !self.kinds.contains_key(self.names.text(name)) {
            let mut known: Vec<&str> = m.names.keys().map(|n| &**self.names.text(*n)).collect();
            known.sort_unstable();
            let text = self.names.text(name);
            let close = near(text, known);
            let diagnostic = e0106::undefined_export(span, text, &close);
            self.report(diagnostic);
        }
    }

    /// A type is exported with its constructors, and a constructor with its type.
    fn complete_types(&mut self) {
        let ctors = &self.ctors;
        let m = &mut self.modules[self.module.0 as usize];
        let type_of = |top: &Top| match top {
            Top::Ctor(ctor) => Some(ctors[ctor.0 as usize].type_def),
            _ => None,
        };
        let with_type: FxMap<usize, ()> = m.exported_types.values().map(|index| (*index, ())).collect();
        let with_ctor: FxMap<usize, ()> = m.exported.values().filter_map(type_of).map(|index| (index, ())).collect();
        let more = m.names.iter().filter(|(_, top)| type_of(top).is_some_and(|index| with_type.contains_key(&index)));
        m.exported.extend(more.map(|(name, top)| (*name, *top)));
        let more = m.types.iter().filter(|(_, index)| with_ctor.contains_key(index));
        m.exported_types.extend(more.map(|(name, index)| (*name, *index)));
    }
}

/// Chains of imports this long are no program's structure, and each link costs stack.
const MAX_IMPORT_DEPTH: usize = 2_000;

fn reason(error: &LoadError) -> String {
    match error {
        LoadError::NotFound => "no such file".into(),
        LoadError::Other(reason) => reason.clone(),
    }
}
