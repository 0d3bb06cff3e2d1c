//! The tests of a pattern.

use cl_lang::hir::{Const, PatId, PatKind};

use super::facts::{Facts, Head, Occ, Step};
use super::{Fail, Matcher, Path, Todo, Work};
use crate::ir::{Atom, Cond, CtorId, Rhs, Term, VarId};
use crate::lower::Lower;
use crate::lower::build::prim;
use crate::lower::reach::pattern_vars;

/// A constructor pattern at a part of the scrutinee.
#[derive(Clone, Copy)]
struct CtorPat<'h> {
    occ: Occ,
    ctor: CtorId,
    args: &'h [PatId],
}

impl<'h> Lower<'h> {
    /// Goes on with what a path has to test.
    pub(super) fn attempt(&mut self, m: &mut Matcher<'h>, mut path: Path) -> Term {
        loop {
            let (occ, pat) = match path.work.pop() {
                Work::Arm(k) => return self.matched(m, k, path.facts),
                Work::Leave(label, pat) => {
                    return Term::Jump(label, m.bound_values(&pattern_vars(self.hir, pat)));
                }
                Work::Items(occ, pat, from) => return self.list_items(m, path, occ, pat, from),
                Work::Entries(occ, pat, from) => return self.dict_entries(m, path, occ, pat, from),
                Work::Match(occ, pat) => (occ, pat),
            };
            match &self.hir.pats[pat.0 as usize].kind {
                PatKind::Wild => {}
                PatKind::Bind(var) => {
                    let value = self.part_value(m, occ);
                    m.bound.insert(*var, value);
                }
                PatKind::As { pat, var } => {
                    let value = self.part_value(m, occ);
                    m.bound.insert(*var, value);
                    path.work.push(Work::Match(occ, *pat));
                }
                PatKind::Type { pat: inner, ty } => {
                    path.work.push(Work::Match(occ, *inner));
                    let value = self.part_value(m, occ);
                    if let Some(cond) = self.deep_cond(value, ty, m.span) {
                        let facts = path.facts.clone();
                        return self.branch_path(m, cond, path, facts);
                    }
                }
                PatKind::Const(c) => {
                    let head = self.literal(m, c);
                    return self.test(m, path, occ, head);
                }
                PatKind::List { .. } => path.work.push(Work::Items(occ, pat, 0)),
                PatKind::Tuple(items) => {
                    for (i, item) in items.iter().enumerate().rev() {
                        path.work.push(Work::Match(m.part(occ, Step::Item(i)), *item));
                    }
                    return self.test(m, path, occ, Head::Tuple(items.len()));
                }
                PatKind::Ctor { ctor, args } => {
                    return self.ctor_pattern(m, path, CtorPat { occ, ctor: CtorId(ctor.0), args });
                }
                PatKind::Dict(_) => {
                    path.work.push(Work::Entries(occ, pat, 0));
                    return self.test(m, path, occ, Head::Dict);
                }
                PatKind::Or(alternatives) => return self.alternatives(m, path, occ, pat, alternatives),
            }
        }
    }

    fn matched(&mut self, m: &mut Matcher<'h>, k: usize, facts: Facts) -> Term {
        match m.bodies[k] {
            Some(label) => Term::Jump(label, m.bound_values(&pattern_vars(self.hir, m.arms[k].pat))),
            None => self.arm(m, k, facts),
        }
    }

    /// A part of the scrutinee, taken out if it is not at hand. Facts or tests on the path say that it is there.
    fn part_value(&mut self, m: &mut Matcher<'h>, occ: Occ) -> Atom {
        // The parts that hold it, up to one that is at hand.
        let mut missing = Vec::new();
        let mut at = occ;
        let mut value = loop {
            match m.values[at.0 as usize] {
                Some(value) => break value,
                None => missing.push(at),
            }
            at = m.parts[at.0 as usize].0;
        };
        for part in missing.into_iter().rev() {
            value = match m.parts[part.0 as usize].1 {
                Step::Head => self.emit_prim("%head-unchecked", vec![value], m.span),
                Step::Tail => self.emit_prim("%tail-unchecked", vec![value], m.span),
                Step::Item(i) => self.emit(Rhs::Field(i, value), m.span),
                Step::Entry(key) => self.emit_prim("%dict-get", vec![value, key, Atom::Undef], m.span),
                Step::Arg(..) => unreachable!("arguments are taken out with the test of their constructor"),
            };
            m.set_value(part, value);
        }
        value
    }

    /// Branches: on to the path, or to where it fails.
    fn branch_path(&mut self, m: &mut Matcher<'h>, cond: Cond, fits: Path, fails: Facts) -> Term {
        let fail = fits.fail;
        let then = Box::new(self.part_block(m, |s, m| s.attempt(m, fits)));
        let otherwise = Box::new(self.part_block(m, |s, m| s.fail(m, fail, fails)));
        Term::If { cond, then, otherwise }
    }

    /// Goes on if the part passes the test, which is left out where facts decide it.
    fn test(&mut self, m: &mut Matcher<'h>, mut path: Path, occ: Occ, head: Head) -> Term {
        match path.facts.decide(occ, head, m.is_tail(occ)) {
            Some(true) => self.attempt(m, path),
            Some(false) => self.fail(m, path.fail, path.facts),
            None => {
                let value = self.part_value(m, occ);
                let cond = self.head_cond(m, value, head);
                let fails = path.facts.with(occ, head, false);
                path.facts = path.facts.with(occ, head, true);
                self.branch_path(m, cond, path, fails)
            }
        }
    }

    fn head_cond(&mut self, m: &Matcher<'h>, value: Atom, head: Head) -> Cond {
        let test = |name, args| Cond::Prim(prim(name), args, m.span);
        match head {
            Head::List => test("%is-list", vec![value]),
            Head::Cons => test("%is-cons", vec![value]),
            Head::Empty => test("%is-empty-list", vec![value]),
            Head::AnyTuple => test("%is-tuple", vec![value]),
            Head::Tuple(n) => Cond::IsTuple(n, value),
            Head::Ctor(c) => self.is_ctor(c, value, m.span),
            Head::Dict => test("%is-dict", vec![value]),
            Head::Literal(literal @ (Atom::Nil | Atom::Bool(_) | Atom::Keyword(_) | Atom::Symbol(_))) => {
                test("%same", vec![value, literal])
            }
            Head::Literal(literal) => test("%eq", vec![value, literal]),
            Head::Named(..) | Head::Either(..) => unreachable!("tested by size and name"),
            Head::Present => unreachable!("tested by its absence"),
        }
    }

    fn literal(&mut self, m: &Matcher<'h>, c: &Const) -> Head {
        match self.constant(c, m.span) {
            Atom::EmptyList => Head::Empty,
            atom => Head::Literal(atom),
        }
    }

    /// A List pattern from an item on.
    fn list_items(&mut self, m: &mut Matcher<'h>, mut path: Path, occ: Occ, pat: PatId, from: usize) -> Term {
        let PatKind::List { items, rest } = &self.hir.pats[pat.0 as usize].kind else { unreachable!("a List pattern") };
        if let Some(item) = items.get(from) {
            let (head, tail) = (m.part(occ, Step::Head), m.part(occ, Step::Tail));
            path.work.push(Work::Items(tail, pat, from + 1));
            path.work.push(Work::Match(head, *item));
            return self.test(m, path, occ, Head::Cons);
        }
        match rest {
            None => self.test(m, path, occ, Head::Empty),
            Some(rest) => {
                path.work.push(Work::Match(occ, *rest));
                // The tail of a List is one.
                if from > 0 { self.attempt(m, path) } else { self.test(m, path, occ, Head::List) }
            }
        }
    }

    /// A Dict pattern from an entry on: one look-up tells whether the key is there and gives its value.
    fn dict_entries(&mut self, m: &mut Matcher<'h>, mut path: Path, occ: Occ, pat: PatId, from: usize) -> Term {
        let PatKind::Dict(entries) = &self.hir.pats[pat.0 as usize].kind else { unreachable!("a Dict pattern") };
        let Some((key, value_pat)) = entries.get(from) else { return self.attempt(m, path) };
        let key = self.constant(key, m.span);
        let part = m.part(occ, Step::Entry(key));
        path.work.push(Work::Entries(occ, pat, from + 1));
        path.work.push(Work::Match(part, *value_pat));
        match path.facts.decide(part, Head::Present, false) {
            Some(true) => self.attempt(m, path),
            Some(false) => self.fail(m, path.fail, path.facts),
            None => {
                let value = self.part_value(m, part);
                let absent = Cond::Prim(prim("%same"), vec![value, Atom::Undef], m.span);
                let fails = path.facts.with(part, Head::Present, false);
                path.facts = path.facts.with(part, Head::Present, true);
                let fail = path.fail;
                let then = Box::new(self.part_block(m, |s, m| s.fail(m, fail, fails)));
                let otherwise = Box::new(self.part_block(m, |s, m| s.attempt(m, path)));
                Term::If { cond: absent, then, otherwise }
            }
        }
    }

    /// `(or p q)`: the first alternative that matches counts; what follows stands once.
    fn alternatives(&mut self, m: &mut Matcher<'h>, path: Path, occ: Occ, pat: PatId, all: &'h [PatId]) -> Term {
        let vars = pattern_vars(self.hir, pat);
        let params: Vec<_> = vars.iter().map(|v| self.param(*v)).collect();
        m.bound.extend(vars.iter().zip(&params).map(|(v, p)| (*v, Atom::Var(*p))));
        let matched = self.path_join(m, params, path.clone());
        let alternative = |alternative: PatId, fail: Fail| {
            let work = Todo::of(&[Work::Match(occ, alternative), Work::Leave(matched, pat)]);
            Path { facts: path.facts.clone(), work, fail }
        };
        let Some((first, others)) = all.split_first() else { return self.fail(m, path.fail, path.facts) };
        let mut fail = path.fail;
        for other in others.iter().rev() {
            fail = Fail::To(self.path_join(m, vec![], alternative(*other, fail)));
        }
        self.attempt(m, alternative(*first, fail))
    }

    /// A constructor pattern: first the constructor's own values, then the older spelling.
    fn ctor_pattern(&mut self, m: &mut Matcher<'h>, mut path: Path, p: CtorPat<'h>) -> Term {
        let head = Head::Ctor(p.ctor);
        let own = path.facts.decide(p.occ, head, false);
        let tuple = path.facts.decide(p.occ, Head::AnyTuple, false);
        if own == Some(false) && tuple == Some(false) {
            return self.fail(m, path.fail, path.facts);
        }
        let either = Head::Either(p.ctor, self.ctor_name(p.ctor), p.args.len() + 1);
        if p.args.is_empty() && path.facts.decide(p.occ, either, false) == Some(true) {
            return self.attempt(m, path);
        }
        let value = self.part_value(m, p.occ);
        if own == Some(true) {
            return self.with_args(m, path, p, value, 0);
        }
        if p.occ != Occ(0) && tuple != Some(false) {
            return self.inner_ctor(m, path, p, value);
        }
        if own == Some(false) {
            return self.older_spelling(m, path, p, value);
        }
        let cond = self.is_ctor(p.ctor, value, m.span);
        let fits = Path { facts: path.facts.with(p.occ, head, true), ..path.clone() };
        path.facts = path.facts.with(p.occ, head, false);
        let then = Box::new(self.part_block(m, |s, m| s.with_args(m, fits, p, value, 0)));
        let otherwise = Box::new(self.part_block(m, |s, m| match tuple {
            Some(false) => s.fail(m, path.fail, path.facts),
            _ => s.older_spelling(m, path, p, value),
        }));
        Term::If { cond, then, otherwise }
    }

    /// The name with which a Tuple that spells a constructor's value starts.
    pub(super) fn ctor_name(&mut self, ctor: CtorId) -> Atom {
        self.pool.string(&self.hir.ctors[ctor.index()].name)
    }

    /// Goes on with the arguments, which are the value's fields from `first` on.
    fn with_args(&mut self, m: &mut Matcher<'h>, mut path: Path, p: CtorPat<'h>, value: Atom, first: usize) -> Term {
        let args = self.arg_parts(m, p);
        for (occ, i) in &args {
            let field = self.emit(Rhs::Field(first + i, value), m.span);
            m.set_value(*occ, field);
        }
        for (occ, i) in args.iter().rev() {
            path.work.push(Work::Match(*occ, p.args[*i]));
        }
        self.attempt(m, path)
    }

    /// The parts that argument patterns look at, with the arguments' indices.
    fn arg_parts(&self, m: &mut Matcher<'h>, p: CtorPat<'h>) -> Vec<(Occ, usize)> {
        let wild = |i: &usize| matches!(self.hir.pats[p.args[*i].0 as usize].kind, PatKind::Wild);
        (0..p.args.len()).filter(|i| !wild(i)).map(|i| (m.part(p.occ, Step::Arg(p.ctor, i)), i)).collect()
    }

    /// Whether the scrutinee itself is a Tuple that starts with the constructor's name. That it is a Tuple at all is
    /// tested for itself: seldom it is, and the next arms then know.
    fn older_spelling(&mut self, m: &mut Matcher<'h>, path: Path, p: CtorPat<'h>, value: Atom) -> Term {
        let is_tuple = Path { facts: path.facts.with(p.occ, Head::AnyTuple, true), ..path.clone() };
        if path.facts.decide(p.occ, Head::AnyTuple, false) == Some(true) {
            return self.named_tuple(m, is_tuple, p, value, |s, m, path| s.with_args(m, path, p, value, 1));
        }
        let no_tuple = path.facts.with(p.occ, Head::AnyTuple, false);
        let cond = self.head_cond(m, value, Head::AnyTuple);
        let then = Box::new(self.part_block(m, |s, m| {
            s.named_tuple(m, is_tuple, p, value, |s, m, path| s.with_args(m, path, p, value, 1))
        }));
        let otherwise = Box::new(self.part_block(m, |s, m| s.fail(m, path.fail, no_tuple)));
        Term::If { cond, then, otherwise }
    }

    /// Tests for a Tuple of the right size that starts with the constructor's name.
    fn named_tuple(
        &mut self,
        m: &mut Matcher<'h>,
        path: Path,
        p: CtorPat<'h>,
        value: Atom,
        fits: impl FnOnce(&mut Self, &mut Matcher<'h>, Path) -> Term,
    ) -> Term {
        let name = self.ctor_name(p.ctor);
        let size = p.args.len() + 1;
        let (fail, facts) = (path.fail, path.facts.clone());
        let with = |head, holds| facts.with(p.occ, head, holds);
        let named = Head::Named(name, size);
        match facts.decide(p.occ, named, false) {
            Some(true) => return fits(self, m, path),
            Some(false) => return self.fail(m, fail, facts),
            None => {}
        }
        let by_name = |s: &mut Self, m: &mut Matcher<'h>| {
            let tag = s.emit(Rhs::Field(0, value), m.span);
            let cond = Cond::Prim(prim("%eq"), vec![tag, name], m.span);
            let (found, other) = (with(named, true), with(Head::Tuple(size), true).with(p.occ, named, false));
            let then = Box::new(s.part_block(m, |s, m| fits(s, m, Path { facts: found, ..path })));
            let otherwise = Box::new(s.part_block(m, |s, m| s.fail(m, fail, other)));
            Term::If { cond, then, otherwise }
        };
        if facts.decide(p.occ, Head::Tuple(size), false) == Some(true) {
            return by_name(self, m);
        }
        let then = Box::new(self.part_block(m, by_name));
        let otherwise = Box::new(self.part_block(m, |s, m| s.fail(m, fail, with(Head::Tuple(size), false))));
        Term::If { cond: Cond::IsTuple(size, value), then, otherwise }
    }

    /// A constructor pattern inside another pattern: both spellings go on in one join that has the arguments as
    /// parameters, so that nested patterns do not double the code at each level.
    fn inner_ctor(&mut self, m: &mut Matcher<'h>, path: Path, p: CtorPat<'h>, value: Atom) -> Term {
        let args = self.arg_parts(m, p);
        let params: Vec<VarId> = args.iter().map(|_| self.fresh_temp()).collect();
        let mut meet = path.clone();
        let either = Head::Either(p.ctor, self.ctor_name(p.ctor), p.args.len() + 1);
        meet.facts = meet.facts.with(p.occ, either, true);
        for (occ, i) in args.iter().rev() {
            meet.work.push(Work::Match(*occ, p.args[*i]));
        }
        let label = self.fresh_label();
        let body = self.part_block(m, |s, m| {
            args.iter().zip(&params).for_each(|((occ, _), v)| m.set_value(*occ, Atom::Var(*v)));
            s.attempt(m, meet)
        });
        self.push_join(label, params, body);
        let jump = |s: &mut Self, m: &Matcher<'h>, first: usize| {
            let fields = args.iter().map(|(_, i)| s.emit(Rhs::Field(first + i, value), m.span)).collect();
            Term::Jump(label, fields)
        };
        let known = path.facts.decide(p.occ, Head::Ctor(p.ctor), false);
        if path.facts.decide(p.occ, either, false) == Some(true) {
            // It was tested on the way here; what is left to ask is where the arguments are.
            let cond = self.is_ctor(p.ctor, value, m.span);
            let then = Box::new(self.part_block(m, |s, m| jump(s, m, 0)));
            let otherwise = Box::new(self.part_block(m, |s, m| jump(s, m, 1)));
            return Term::If { cond, then, otherwise };
        }
        let other = Path { facts: path.facts.with(p.occ, Head::Ctor(p.ctor), false), ..path };
        let older = |s: &mut Self, m: &mut Matcher<'h>| s.named_tuple(m, other, p, value, |s, m, _| jump(s, m, 1));
        if known == Some(false) {
            return older(self, m);
        }
        let cond = self.is_ctor(p.ctor, value, m.span);
        let then = Box::new(self.part_block(m, |s, m| jump(s, m, 0)));
        let otherwise = Box::new(self.part_block(m, older));
        Term::If { cond, then, otherwise }
    }
}
