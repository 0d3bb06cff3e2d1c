//! Macros: `define-syntax` with `syntax-rules` (R7RS 4.3.2, without custom ellipses). Matching binds pattern variables
//! to syntax; instantiation gives each other symbol of the template a fresh alias (see `names`), which makes both
//! directions hygienic: what the template binds does not catch the user's names, and what it mentions means what it
//! means where the macro was defined.

use super::{Form, Meaning, ModIx, Resolver, words};
use crate::names::{Alias, FxMap, Name};
use crate::scope::Binder;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::{e0102, e0205, e0206, e0207};

/// Expansions inside each other's results; more is a macro that never ends.
const MAX_CHAIN: usize = 5_000;

/// So many macros of an endless expansion are shown where they are defined.
const MOST_SHOWN: usize = 4;

/// Expansions in one program: bounds macros that grow exponentially.
pub const MAX_EXPANSIONS: usize = 5_000_000;

pub struct Macro {
    pub name: Name,
    pub span: Span,
    /// Words that match themselves, each with the alias that means what the word means where the macro is defined.
    literals: FxMap<Name, Name>,
    /// Patterns without their first item, and templates.
    rules: Vec<(StxId, StxId)>,
    module: ModIx,
    depth: u32,
    /// Something mentions it, if it is defined in a body.
    pub used: bool,
}

/// A use of a macro.
#[derive(Clone, Copy)]
pub struct Expansion {
    pub macro_index: u32,
    pub span: Span,
    /// Where the use is written, if another macro's template made it.
    pub written: Option<Span>,
    /// The node that is this use, if it is itself what a use expanded to and nothing stands around it.
    outer: Option<StxId>,
}

/// What a pattern variable is bound to; `Many` under an ellipsis.
#[derive(Clone)]
enum Matched {
    One(StxId),
    Many(Vec<Matched>),
}

type Bindings = FxMap<Name, Matched>;

/// A template cannot be filled in; the text says why.
struct BadTemplate(&'static str);

impl Resolver<'_> {
    // ---------------------------------------------------------------- definitions

    /// Makes the macro of a `define-syntax` form, without binding its name.
    pub fn macro_of(&mut self, form: Form) -> Option<(Name, Span, u32)> {
        let bad = |r: &mut Self, span, what| {
            r.report(e0206::bad_macro(span, what));
            None
        };
        if form.args.len() != 2 {
            return bad(self, form.span, "expected a name and syntax-rules");
        }
        let (target, rules) = (self.stx.at(form.args, 0), self.stx.at(form.args, 1));
        let span = self.stx.span(target);
        let Some(name) = self.stx.symbol(target) else { return bad(self, span, "expected a name") };
        let node = self.stx.get(rules);
        let is_rules = self.stx.head(rules).map(|h| self.names.base(h)) == Some(words::SYNTAX_RULES);
        if !is_rules || node.items.len() < 2 {
            return bad(self, node.span, "expected (syntax-rules (literal …) (pattern template) …)");
        }
        let literals = self.stx.get(self.stx.at(node.items, 1));
        if !matches!(literals.kind, StxKind::Paren | StxKind::Bracket) {
            return bad(self, literals.span, "expected a list of literals");
        }
        let literals = self.stx.slice(literals.items).iter().filter_map(|l| self.stx.symbol(*l));
        let literals: Vec<Name> = literals.map(|l| self.names.base(l)).collect();
        let here = |base| Alias { base, module: self.module, depth: self.scopes.depth() };
        let literals: FxMap<Name, Name> =
            literals.into_iter().map(|base| (base, self.names.fresh(here(base)))).collect();
        let mut pairs = Vec::new();
        for i in 2..node.items.len() {
            let rule = self.stx.get(self.stx.at(node.items, i));
            let shaped = rule.items.len() == 2 && self.stx.kind(self.stx.at(rule.items, 0)) == StxKind::Paren;
            if !shaped || self.stx.items(self.stx.at(rule.items, 0)).is_empty() {
                self.report(e0206::bad_macro(rule.span, "expected ((name pattern …) template)"));
                continue;
            }
            let rule = (self.stx.at(rule.items, 0), self.stx.at(rule.items, 1));
            self.check_rule(rule.0, &literals);
            self.mark_template(rule.1, name);
            pairs.push(rule);
        }
        let (module, depth) = (self.module, self.scopes.depth());
        self.macros.push(Macro { name, span, literals, rules: pairs, module, depth, used: false });
        Some((name, span, self.macros.len() as u32 - 1))
    }

    /// Two ellipses in one list of a pattern have no meaning, nor has a variable that stands twice.
    fn check_rule(&mut self, pattern: StxId, literals: &FxMap<Name, Name>) {
        let mut work = vec![pattern];
        let mut seen = FxMap::default();
        while let Some(x) = work.pop() {
            if let Some(name) = self.stx.symbol(x) {
                let base = self.names.base(name);
                let is_variable = base != words::ELLIPSIS && base != words::UNDERSCORE && !literals.contains_key(&base);
                if is_variable && seen.insert(name, ()).is_some() {
                    let span = self.stx.span(x);
                    self.report(e0206::bad_macro(span, "a variable may stand once in a pattern"));
                }
            }
            // The first item of the whole pattern stands for the macro's own name.
            let items = self.stx.slice(self.stx.items(x).skip(usize::from(x == pattern))).to_vec();
            let ellipses = items.iter().filter(|i| self.is_ellipsis(**i)).count();
            if ellipses > 1 {
                let span = self.stx.span(x);
                self.report(e0206::bad_macro(span, "a list of a pattern may have one `...`"));
            }
            work.extend(items.into_iter().rev());
        }
    }

    pub fn define_local_macro(&mut self, form: Form) {
        let Some((name, span, index)) = self.macro_of(form) else { return };
        self.watch_macro(index);
        if !self.scopes.declare(name, Binder::Macro(index), false) {
            let text = self.names.text(name).clone();
            let first = match self.scopes.here(name) {
                Some(Binder::Var(var)) => self.hir.vars[var.0 as usize].span,
                Some(Binder::Macro(first)) => self.macros[first as usize].span,
                None => span,
            };
            self.report(e0102::duplicate(span, &text, first, e0102::Place::Body));
        }
    }

    // ---------------------------------------------------------------- expansion

    /// Expands macros at the head of a form until it is something else; `None` after an error.
    pub fn expand_head(&mut self, mut x: StxId) -> Option<StxId> {
        let mut chain = Vec::new();
        loop {
            let Some(head) = self.stx.head(x) else { return Some(x) };
            let (Some(Meaning::Macro(index)), _, _) = self.lookup_bound(head) else { return Some(x) };
            let form = self.form_of(x);
            chain.push(index);
            if chain.len() > MAX_CHAIN {
                self.too_far(&chain, form.span, &format!("{MAX_CHAIN} expansions one after the other"));
                return None;
            }
            let made = self.expand(index, x)?;
            if self.origins.contains_key(&x)
                && let Some(expansion) = self.origins.get_mut(&made)
            {
                expansion.outer = Some(x);
            }
            x = made;
        }
    }

    /// The uses of macros that `x` comes from are around the place until [`Self::leave_expansion`] gets what this gives.
    pub fn enter_expansion(&mut self, x: StxId) -> (usize, StxId) {
        let before = (self.expansions.len(), std::mem::replace(&mut self.place, x));
        let mut at = if self.origins.is_empty() { None } else { self.origins.get(&x) };
        while let Some(expansion) = at {
            self.expansions.push(*expansion);
            at = expansion.outer.and_then(|outer| self.origins.get(&outer));
        }
        self.expansions[before.0..].reverse();
        before
    }

    pub fn leave_expansion(&mut self, before: (usize, StxId)) {
        self.expansions.truncate(before.0);
        self.place = before.1;
    }

    /// The form that a use of a macro stands for.
    pub fn expand(&mut self, index: u32, x: StxId) -> Option<StxId> {
        let form = self.form_of(x);
        if self.expansion_failed {
            return None;
        }
        if self.expansions.len() >= MAX_CHAIN || self.expansion_budget == 0 {
            let limit = match self.expansion_budget {
                0 => format!("{MAX_EXPANSIONS} expansions in one program"),
                _ => format!("{MAX_CHAIN} expansions inside each other"),
            };
            let chain: Vec<u32> = self.expansions.iter().map(|e| e.macro_index).chain([index]).collect();
            self.too_far(&chain, form.span, &limit);
            return None;
        }
        self.expansion_budget -= 1;
        for i in 0..self.macros[index as usize].rules.len() {
            let (pattern, template) = self.macros[index as usize].rules[i];
            let mut bindings = Bindings::default();
            let pattern = self.stx.items(pattern).skip(1);
            if !self.match_items(index, pattern, form.args, &mut bindings) {
                continue;
            }
            let fresh_from = self.stx.count();
            let mut renames = FxMap::default();
            let made = Template { index, span: form.span, renames: &mut renames, escaped: false };
            return match self.instantiate(template, &bindings, made) {
                Ok(out) => {
                    if out.0 as usize >= fresh_from {
                        let written = self.stx.written_at(x);
                        let expansion = Expansion { macro_index: index, span: form.span, written, outer: None };
                        self.origins.insert(out, expansion);
                    }
                    Some(out)
                }
                Err(BadTemplate(why)) => {
                    let at = self.stx.span(template);
                    self.report(e0206::bad_macro(at, why).label(form.span, "used here"));
                    None
                }
            };
        }
        self.no_rule(index, form);
        None
    }

    fn no_rule(&mut self, index: u32, form: Form) {
        let mac = &self.macros[index as usize];
        let name = self.names.text(mac.name).clone();
        let shown: Vec<Span> = mac.rules.iter().map(|(pattern, _)| self.stx.span(*pattern)).collect();
        let patterns: Vec<String> = shown.into_iter().take(4).map(|span| self.text(span).to_string()).collect();
        self.report(e0205::no_rule(form.span, &name, Some(self.macros[index as usize].span), &patterns));
    }

    /// `chain` are the macros whose uses led to each other, the outermost first.
    fn too_far(&mut self, chain: &[u32], span: Span, limit: &str) {
        self.expansion_failed = true;
        let mut macros: Vec<u32> = chain.iter().rev().take(MOST_SHOWN).copied().collect();
        macros.sort_unstable();
        macros.dedup();
        let name = |index: &u32| self.names.text(self.macros[*index as usize].name).to_string();
        let names: Vec<String> = chain.iter().map(name).collect();
        let defined: Vec<(Span, String)> =
            macros.iter().map(|index| (self.macros[*index as usize].span, name(index))).collect();
        // The trace says it all; the labels of `report` would repeat it.
        self.diagnostics.push(e0207::too_far(span, &names, &defined, limit));
    }

    // ---------------------------------------------------------------- matching

    fn is_ellipsis(&self, x: StxId) -> bool {
        self.stx.symbol(x).is_some_and(|n| self.names.base(n) == words::ELLIPSIS)
    }

    fn match_items(&mut self, index: u32, patterns: Seq, items: Seq, out: &mut Bindings) -> bool {
        let mut at = 0;
        let mut i = 0;
        while i < patterns.len() {
            let pattern = self.stx.at(patterns, i);
            if i + 1 < patterns.len() && self.is_ellipsis(self.stx.at(patterns, i + 1)) {
                let after = patterns.len() - i - 2;
                let Some(count) = items.len().checked_sub(at + after) else { return false };
                if !self.match_many(index, pattern, items.skip(at).take(count), out) {
                    return false;
                }
                at += count;
                i += 2;
            } else {
                if at >= items.len() || !self.match_one(index, pattern, self.stx.at(items, at), out) {
                    return false;
                }
                at += 1;
                i += 1;
            }
        }
        at == items.len()
    }

    fn match_many(&mut self, index: u32, pattern: StxId, items: Seq, out: &mut Bindings) -> bool {
        let mut names = Vec::new();
        self.pattern_variables(index, pattern, &mut names);
        let mut columns: Vec<Vec<Matched>> = names.iter().map(|_| Vec::with_capacity(items.len())).collect();
        for i in 0..items.len() {
            let mut row = Bindings::default();
            if !self.match_one(index, pattern, self.stx.at(items, i), &mut row) {
                return false;
            }
            for (name, column) in names.iter().zip(&mut columns) {
                column.extend(row.remove(name));
            }
        }
        out.extend(names.into_iter().zip(columns.into_iter().map(Matched::Many)));
        true
    }

    fn match_one(&mut self, index: u32, pattern: StxId, x: StxId, out: &mut Bindings) -> bool {
        let (p, node) = (self.stx.get(pattern), self.stx.get(x));
        match p.kind {
            StxKind::Symbol(name) => {
                let base = self.names.base(name);
                if let Some(literal) = self.macros[index as usize].literals.get(&base).copied() {
                    return self.stx.symbol(x).is_some_and(|n| self.is_same_word(n, literal));
                }
                if base != words::UNDERSCORE {
                    out.insert(name, Matched::One(x));
                }
                true
            }
            StxKind::Paren | StxKind::Bracket | StxKind::Brace | StxKind::HashBrace | StxKind::Quote => {
                p.kind == node.kind && self.match_items(index, p.items, node.items, out)
            }
            StxKind::Error => false,
            StxKind::Keyword(name) => node.kind == StxKind::Keyword(name),
            StxKind::Int | StxKind::Float | StxKind::Bool | StxKind::Nil | StxKind::String => {
                p.kind == node.kind && self.literal(pattern) == self.literal(x)
            }
        }
    }

    /// Whether a name of the user's is a macro's literal: the same word, and bound to the same thing or to nothing.
    fn is_same_word(&mut self, name: Name, literal: Name) -> bool {
        if self.names.base(name) != self.names.base(literal) {
            return false;
        }
        match (self.lookup_bound(name).0, self.lookup_bound(literal).0) {
            (None, None) => true,
            (Some(a), Some(b)) => a.is_same_binding(b),
            (Some(_), None) | (None, Some(_)) => false,
        }
    }

    fn pattern_variables(&self, index: u32, pattern: StxId, out: &mut Vec<Name>) {
        let mut work = vec![pattern];
        while let Some(x) = work.pop() {
            if let Some(name) = self.stx.symbol(x) {
                let base = self.names.base(name);
                let literal = self.macros[index as usize].literals.contains_key(&base);
                if !literal && base != words::ELLIPSIS && base != words::UNDERSCORE {
                    out.push(name);
                }
            }
            work.extend(self.stx.slice(self.stx.items(x)));
        }
    }

    // ---------------------------------------------------------------- instantiation

    fn instantiate(&mut self, template: StxId, bindings: &Bindings, mut made: Template) -> Result<StxId, BadTemplate> {
        let node = self.stx.get(template);
        match node.kind {
            StxKind::Symbol(name) => match bindings.get(&name) {
                Some(Matched::One(x)) => Ok(*x),
                Some(Matched::Many(_)) => Err(BadTemplate("a variable under `...` is used without `...`")),
                None => {
                    let name = self.template_symbol(name, bindings, &mut made);
                    let atom = self.stx.atom(StxKind::Symbol(name), made.span);
                    Ok(self.stx.made_from(atom, template))
                }
            },
            StxKind::Paren | StxKind::Bracket | StxKind::Brace | StxKind::HashBrace | StxKind::Quote => {
                self.instantiate_list(template, bindings, made)
            }
            _ => Ok(template),
        }
    }

    fn instantiate_list(
        &mut self,
        template: StxId,
        bindings: &Bindings,
        mut made: Template,
    ) -> Result<StxId, BadTemplate> {
        let node = self.stx.get(template);
        let items = node.items;
        if !made.escaped && items.len() == 2 && self.is_ellipsis(self.stx.at(items, 0)) {
            // (... template): the ellipses in it stand for themselves
            made.escaped = true;
            return self.instantiate(self.stx.at(items, 1), bindings, made);
        }
        let mut out = Vec::with_capacity(items.len());
        let mut i = 0;
        while i < items.len() {
            let item = self.stx.at(items, i);
            i += 1;
            let mut ellipses = 0;
            while !made.escaped && i < items.len() && self.is_ellipsis(self.stx.at(items, i)) {
                ellipses += 1;
                i += 1;
            }
            if ellipses == 0 {
                out.push(self.instantiate(item, bindings, made.again())?);
            } else {
                self.repeat(item, bindings, &mut made, ellipses, &mut out)?;
            }
        }
        let list = self.stx.list(node.kind, made.span, &out);
        self.stx.made_from(list, template);
        if self.stx.too_deep(list) { Err(BadTemplate("what it makes is nested too deeply")) } else { Ok(list) }
    }

    /// A template followed by ellipses: once for each row of the variables in it.
    fn repeat(
        &mut self,
        template: StxId,
        bindings: &Bindings,
        made: &mut Template,
        ellipses: usize,
        out: &mut Vec<StxId>,
    ) -> Result<(), BadTemplate> {
        let names: Vec<Name> = self.template_variables(template, bindings);
        let repeated: Vec<(Name, &Vec<Matched>)> = names
            .iter()
            .filter_map(|name| match bindings.get(name) {
                Some(Matched::Many(rows)) => Some((*name, rows)),
                Some(Matched::One(_)) | None => None,
            })
            .collect();
        let Some((_, first)) = repeated.first() else {
            return Err(BadTemplate("`...` follows something without a repeated variable"));
        };
        if repeated.iter().any(|(_, rows)| rows.len() != first.len()) {
            return Err(BadTemplate("variables that are repeated together have different lengths"));
        }
        // only what the template mentions is needed in a row, so that a repetition costs what it makes
        let mut row: Bindings = names.iter().filter_map(|name| Some((*name, bindings.get(name)?.clone()))).collect();
        for i in 0..first.len() {
            for (name, rows) in &repeated {
                row.insert(*name, rows[i].clone());
            }
            if ellipses > 1 {
                self.repeat(template, &row, made, ellipses - 1, out)?;
            } else {
                out.push(self.instantiate(template, &row, made.again())?);
            }
        }
        Ok(())
    }

    fn template_variables(&mut self, template: StxId, bindings: &Bindings) -> Vec<Name> {
        let mut out = Vec::new();
        let mut seen = FxMap::default();
        let mut work = vec![template];
        while let Some(x) = work.pop() {
            if let Some(name) = self.stx.symbol(x) {
                let rest = self.names.rest(name);
                for name in [Some(name), rest].into_iter().flatten() {
                    if bindings.contains_key(&name) && seen.insert(name, ()).is_none() {
                        out.push(name);
                    }
                }
            }
            work.extend(self.stx.slice(self.stx.items(x)));
        }
        out
    }

    /// The alias of a template's symbol in this expansion. `...x` goes with the alias of `x`, or with what `x` is
    /// bound to.
    fn template_symbol(&mut self, name: Name, bindings: &Bindings, made: &mut Template) -> Name {
        if let Some(alias) = made.renames.get(&name) {
            return *alias;
        }
        let mac = &self.macros[made.index as usize];
        let alias = Alias { base: name, module: mac.module, depth: mac.depth };
        let fresh = match self.names.rest(name) {
            None => self.names.fresh(alias),
            Some(variable) => {
                let variable = match bindings.get(&variable) {
                    Some(Matched::One(x)) => self.stx.symbol(*x).unwrap_or(variable),
                    _ => self.template_symbol(variable, bindings, made),
                };
                self.names.fresh_rest(alias, variable)
            }
        };
        made.renames.insert(name, fresh);
        fresh
    }
}

/// One expansion in progress.
struct Template<'a> {
    index: u32,
    /// Of the use.
    span: Span,
    renames: &'a mut FxMap<Name, Name>,
    /// Inside of `(... template)`: ellipses stand for themselves.
    escaped: bool,
}

impl Template<'_> {
    fn again(&mut self) -> Template<'_> {
        Template { index: self.index, span: self.span, renames: self.renames, escaped: self.escaped }
    }
}
