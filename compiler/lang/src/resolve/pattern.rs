//! Patterns (language §7). A pattern is resolved before its names are in scope: whoever asks for it declares them.

use super::report::{Literal, Place};
use super::{Meaning, Resolver, report, words};
use crate::hir::{Const, CtorId, Pat, PatId, PatKind, VarId};
use crate::names::{FxMap, Name};
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;
use cl_text::codes::e0201;

/// The names that a pattern binds so far.
#[derive(Default)]
struct Bound {
    order: Vec<(Name, VarId)>,
    index: FxMap<Name, VarId>,
    /// In a later alternative of `or`: the first one's variables, which it binds too.
    shared: Option<FxMap<Name, VarId>>,
}

impl Resolver<'_> {
    /// Resolves a pattern; gives the names that it binds, in order, each once.
    pub fn pattern(&mut self, x: StxId) -> (PatId, Vec<(Name, VarId)>) {
        let mut bound = Bound::default();
        let pat = self.pat(x, &mut bound);
        (pat, bound.order)
    }

    /// A pattern in the place of a bound name, where a literal would say nothing.
    pub fn binding_pattern(&mut self, x: StxId, form: &str) -> (PatId, Vec<(Name, VarId)>) {
        let node = self.stx.get(x);
        if self.is_literal(x) {
            self.bad_form(node.span, form, "a name or a pattern in brackets");
            return (self.mk_pat(node.span, PatKind::Wild), Vec::new());
        }
        self.pattern(x)
    }

    fn mk_pat(&mut self, span: Span, kind: PatKind) -> PatId {
        self.hir.pats.push(Pat { kind, span });
        PatId(self.hir.pats.len() as u32 - 1)
    }

    fn bad_pattern(&mut self, span: Span, what: &str) -> PatId {
        self.report(report::bad_pattern(span, what));
        self.mk_pat(span, PatKind::Wild)
    }

    fn malformed(&mut self, span: Span, expected: &str) -> PatId {
        self.report(e0201::malformed_pattern(span, expected));
        self.mk_pat(span, PatKind::Wild)
    }

    fn pat(&mut self, x: StxId, bound: &mut Bound) -> PatId {
        let node = self.stx.get(x);
        let span = node.span;
        match node.kind {
            StxKind::Symbol(name) => self.name_pattern(name, span, bound),
            StxKind::Bracket => self.list_pattern(node.items, span, bound),
            StxKind::Brace => self.dict_pattern(node.items, span, bound),
            StxKind::Paren => self.paren_pattern(x, span, bound),
            StxKind::HashBrace => self.bad_pattern(span, "a Set"),
            StxKind::Error => self.mk_pat(span, PatKind::Wild),
            StxKind::Quote
            | StxKind::Keyword(_)
            | StxKind::Int
            | StxKind::Float
            | StxKind::Bool
            | StxKind::Nil
            | StxKind::String => {
                let value = self.literal(x);
                self.mk_pat(span, PatKind::Const(value))
            }
        }
    }

    fn name_pattern(&mut self, name: Name, span: Span, bound: &mut Bound) -> PatId {
        let base = self.names.base(name);
        if base == words::UNDERSCORE {
            return self.mk_pat(span, PatKind::Wild);
        }
        match self.lookup(name) {
            Meaning::Ctor(ctor) => return self.ctor_pattern(ctor, Seq::EMPTY, span, bound),
            Meaning::Poison if self.starts_upper(base) => return self.mk_pat(span, PatKind::Wild),
            _ => {}
        }
        if self.starts_upper(base) {
            self.report_unknown_ctor(name, span);
            return self.mk_pat(span, PatKind::Wild);
        }
        if self.names.text(base).starts_with("...") {
            if let Some(rest) = self.names.rest(name) {
                self.bind(rest, span, bound);
            }
            return self.malformed(span, "`...name` only as the last item of a list pattern");
        }
        let var = self.bind(name, span, bound);
        self.mk_pat(span, PatKind::Bind(var))
    }

    fn starts_upper(&self, name: Name) -> bool {
        let text = self.names.text(name);
        let last = text.rsplit(':').next().unwrap_or(text);
        last.chars().next().is_some_and(char::is_uppercase)
    }

    fn bind(&mut self, name: Name, span: Span, bound: &mut Bound) -> VarId {
        let text = self.names.text(name).clone();
        if let Some(first) = bound.index.get(&name) {
            let first = self.hir.vars[first.0 as usize].span;
            self.report_duplicate(span, &text, first, Place::Pattern);
            return self.new_var(text, span);
        }
        let var = match &bound.shared {
            None => self.new_var(text, span),
            Some(shared) => match shared.get(&name) {
                Some(var) => *var,
                None => {
                    self.report(report::or_pattern_names(span, &text));
                    self.new_var(text, span)
                }
            },
        };
        bound.index.insert(name, var);
        bound.order.push((name, var));
        var
    }

    fn patterns(&mut self, items: Seq, bound: &mut Bound) -> Vec<PatId> {
        (0..items.len()).map(|i| self.pat(self.stx.at(items, i), bound)).collect()
    }

    fn list_pattern(&mut self, items: Seq, span: Span, bound: &mut Bound) -> PatId {
        let items = self.joined_rest(items);
        let last = items.len().checked_sub(1).map(|i| self.stx.at(items, i));
        let rest_name = last.and_then(|x| self.rest_name(x));
        let (items, rest) = match (last, rest_name) {
            (Some(x), Some(name)) => {
                let at = self.stx.span(x);
                let rest = if self.names.base(name) == words::UNDERSCORE {
                    self.mk_pat(at, PatKind::Wild)
                } else {
                    let var = self.bind(name, at, bound);
                    self.mk_pat(at, PatKind::Bind(var))
                };
                (items.take(items.len() - 1), Some(rest))
            }
            _ => (items, None),
        };
        let items = self.patterns(items, bound);
        self.mk_pat(span, PatKind::List { items, rest })
    }

    fn dict_pattern(&mut self, items: Seq, span: Span, bound: &mut Bound) -> PatId {
        if !items.len().is_multiple_of(2) {
            let last = self.stx.span(self.stx.at(items, items.len() - 1));
            self.report(report::odd_dict(last, span));
        }
        self.check_keys((0..items.len()).step_by(2).map(|i| self.stx.at(items, i)).collect(), Literal::Pattern);
        let mut pairs = Vec::new();
        for i in (0..items.len() - items.len() % 2).step_by(2) {
            let key = self.stx.at(items, i);
            let key = match self.pattern_literal(key) {
                Some(value) => value,
                None => {
                    let at = self.stx.span(key);
                    self.malformed(at, "a literal as the key of a Dict pattern");
                    Const::Nil
                }
            };
            pairs.push((key, self.pat(self.stx.at(items, i + 1), bound)));
        }
        self.mk_pat(span, PatKind::Dict(pairs))
    }

    /// A literal, `'x` or `(quote x)`.
    fn pattern_literal(&mut self, x: StxId) -> Option<Const> {
        if self.is_literal(x) {
            return Some(self.literal(x));
        }
        let items = self.stx.items(x);
        let quoted = self.special_of(x) == Some(words::QUOTE) && items.len() == 2;
        quoted.then(|| self.datum(self.stx.at(items, 1)))
    }

    fn paren_pattern(&mut self, x: StxId, span: Span, bound: &mut Bound) -> PatId {
        if let Some((inner, ty)) = self.annotated(x) {
            // `(x : Type)`, the spelling of parameters, tests like `(: x Type)`
            return self.type_pattern(inner, ty, span, bound);
        }
        let Some(head) = self.stx.head(x) else { return self.bad_pattern(span, "this form") };
        let args = self.stx.items(x).skip(1);
        match self.lookup(head) {
            Meaning::Ctor(ctor) => return self.ctor_pattern(ctor, args, span, bound),
            Meaning::Poison => {
                self.patterns(args, bound);
                return self.mk_pat(span, PatKind::Wild);
            }
            _ => {}
        }
        match self.names.base(head) {
            words::TUPLE => {
                let items = self.patterns(args, bound);
                self.mk_pat(span, PatKind::Tuple(items))
            }
            words::OR => self.or_pattern(args, span, bound),
            words::AS => self.as_pattern(args, span, bound),
            words::COLON if args.len() == 2 => {
                self.type_pattern(self.stx.at(args, 0), self.stx.at(args, 1), span, bound)
            }
            words::QUOTE if args.len() == 1 => {
                let value = self.datum(self.stx.at(args, 0));
                self.mk_pat(span, PatKind::Const(value))
            }
            base if self.starts_upper(base) => {
                let at = self.stx.span(self.stx.at(self.stx.items(x), 0));
                self.report_unknown_ctor(head, at);
                self.patterns(args, bound);
                self.mk_pat(span, PatKind::Wild)
            }
            _ => self.unknown_pattern(head, args, span, bound),
        }
    }

    /// `(f a b)` where `f` starts no pattern. Names in it are bound, so that one message is enough.
    fn unknown_pattern(&mut self, head: Name, args: Seq, span: Span, bound: &mut Bound) -> PatId {
        let names: Vec<StxId> = self.stx.slice(args).to_vec();
        let is_type = |r: &Self, x: &StxId| r.stx.symbol(*x).is_some_and(|name| r.starts_upper(name));
        if let [ty] = names[..]
            && is_type(self, &ty)
        {
            // `(x Int)`: an annotation without its colon
            let colon = Span { end: self.stx.span(ty).start, start: self.stx.span(ty).start, ..span };
            self.report(report::annotation_without_colon(span, colon));
            let var = self.bind(head, span, bound);
            return self.mk_pat(span, PatKind::Bind(var));
        }
        let what = format!("`({} …)`", self.names.text(head));
        if let Some(written) = self.list_spelling(head, &names) {
            self.report(e0201::other_pattern(span, &what, &written));
            let is_dot = |x: &StxId| self.stx.symbol(*x).is_some_and(|name| &**self.names.text(name) == ".");
            let (dots, items): (Vec<StxId>, Vec<StxId>) = names.into_iter().partition(is_dot);
            if !dots.is_empty() {
                self.name_pattern(head, span, bound);
            }
            items.into_iter().for_each(|x| _ = self.pat(x, bound));
            return self.mk_pat(span, PatKind::Wild);
        }
        let pat = self.bad_pattern(span, &what);
        for x in names {
            if let Some(name) = self.stx.symbol(x).filter(|name| !self.starts_upper(*name)) {
                let name = self.names.rest(name).unwrap_or(name);
                if self.names.base(name) != words::UNDERSCORE && !bound.index.contains_key(&name) {
                    self.bind(name, self.stx.span(x), bound);
                }
            }
        }
        pat
    }

    /// The list pattern for `(cons x xs)`, `(list x y)` and `(x . xs)`, as other languages write it.
    fn list_spelling(&self, head: Name, args: &[StxId]) -> Option<String> {
        let text = |x: &StxId| self.stx.symbol(*x).map_or("…", |name| &**self.names.text(name));
        match (&**self.names.text(self.names.base(head)), args) {
            ("cons", [first, rest]) => Some(format!("[{} ...{}]", text(first), text(rest).replace('…', "rest"))),
            ("list", _) => Some(format!("[{}]", args.iter().map(text).collect::<Vec<_>>().join(" "))),
            (first, [dot, rest]) if text(dot) == "." => {
                Some(format!("[{first} ...{}]", text(rest).replace('…', "rest")))
            }
            _ => None,
        }
    }

    fn type_pattern(&mut self, inner: StxId, ty: StxId, span: Span, bound: &mut Bound) -> PatId {
        let ty = self.ty(ty);
        let pat = self.pat(inner, bound);
        self.mk_pat(span, PatKind::Type { pat, ty })
    }

    fn as_pattern(&mut self, args: Seq, span: Span, bound: &mut Bound) -> PatId {
        let name = if args.len() == 2 { self.stx.symbol(self.stx.at(args, 1)) } else { None };
        let Some(name) = name else { return self.malformed(span, "`(as pattern name)`") };
        let pat = self.pat(self.stx.at(args, 0), bound);
        let at = self.stx.span(self.stx.at(args, 1));
        let var = self.bind(name, at, bound);
        self.mk_pat(span, PatKind::As { pat, var })
    }

    /// All alternatives bind the same names, to the same variables.
    fn or_pattern(&mut self, args: Seq, span: Span, bound: &mut Bound) -> PatId {
        let Some(first) = self.stx.first(args) else { return self.malformed(span, "`(or pattern …)`") };
        let start = bound.order.len();
        let mut alternatives = vec![self.pat(first, bound)];
        let shared: FxMap<Name, VarId> = bound.order[start..].iter().copied().collect();
        for i in 1..args.len() {
            let x = self.stx.at(args, i);
            let mut inner = Bound { shared: Some(shared.clone()), ..Bound::default() };
            alternatives.push(self.pat(x, &mut inner));
            for (name, var) in &bound.order[start..] {
                if !inner.index.contains_key(name) {
                    let text = self.names.text(*name).clone();
                    let first = self.hir.vars[var.0 as usize].span;
                    self.report(report::or_pattern_missing(self.stx.span(x), &text, first));
                }
            }
        }
        self.mk_pat(span, PatKind::Or(alternatives))
    }

    fn ctor_pattern(&mut self, ctor: CtorId, args: Seq, span: Span, bound: &mut Bound) -> PatId {
        let info = &self.hir.ctors[ctor.0 as usize];
        let (name, count, defined) = (info.name.clone(), info.fields.len(), info.span);
        let args = self.patterns(args, bound);
        if args.len() != count {
            self.report(report::pattern_arity(span, &name, count, args.len(), defined));
            return self.mk_pat(span, PatKind::Wild);
        }
        self.mk_pat(span, PatKind::Ctor { ctor, args })
    }

    fn report_unknown_ctor(&mut self, name: Name, span: Span) {
        if self.module(self.module).poisoned {
            return;
        }
        let text = self.names.text(name).clone();
        let diagnostic = self.unknown_ctor(span, &text);
        self.report(diagnostic);
    }
}
