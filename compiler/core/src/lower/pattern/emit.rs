//! The tests of a pattern.

use cl_lang::hir::{Const, PatId, PatKind};

use super::facts::{Head, Occ, Step};
use super::{Fail, Matcher, Path, Work};
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
            let work = path.work.pop().unwrap_or_else(|| unreachable!("a path ends by leaving"));
            let (occ, pat) = match work {
                Work::Arm(k) => return self.matched(m, k, path),
                Work::Leave(label, vars) => {
                    return Term::Jump(label, vars.into_iter().map(|v| path.bound_value(v)).collect());
                }
                Work::Items(occ, pat, from) => return self.list_items(m, path, occ, pat, from),
                Work::Entries(occ, pat, from) => return self.dict_entries(m, path, occ, pat, from),
                Work::Match(occ, pat) => (occ, pat),
            };
            match &self.hir.pats[pat.0 as usize].kind {
                PatKind::Wild => {}
                PatKind::Bind(var) => {
                    let value = self.part_value(m, &mut path, occ);
                    path.bound.push((*var, value));
                }
                PatKind::As { pat, var } => {
                    let value = self.part_value(m, &mut path, occ);
                    path.bound.push((*var, value));
                    path.work.push(Work::Match(occ, *pat));
                }
                PatKind::Type { pat: inner, ty } => {
                    path.work.push(Work::Match(occ, *inner));
                    let value = self.part_value(m, &mut path, occ);
                    if let Some(cond) = self.deep_cond(value, ty, m.span) {
                        return self.branch_path(m, cond, path.clone(), path);
                    }
                }
                PatKind::Const(c) => {
                    let head = self.literal(m, c);
                    return self.test(m, path, occ, head);
                }
                PatKind::List { .. } => path.work.push(Work::Items(occ, pat, 0)),
                PatKind::Tuple(items) => {
                    let parts = items.iter().enumerate().map(|(i, p)| Work::Match(m.part(occ, Step::Item(i)), *p));
                    path.work.extend(parts.rev());
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

    fn matched(&mut self, m: &mut Matcher<'h>, k: usize, path: Path) -> Term {
        match &m.bodies[k] {
            Some((label, vars)) => Term::Jump(*label, vars.iter().map(|v| path.bound_value(*v)).collect()),
            None => self.arm(m, k, path),
        }
    }

    /// A part of the scrutinee, taken out if it is not at hand. Facts or tests on the path say that it is there.
    fn part_value(&mut self, m: &Matcher<'h>, path: &mut Path, occ: Occ) -> Atom {
        if let Some((_, value)) = path.values.iter().rev().find(|(o, _)| *o == occ) {
            return *value;
        }
        let (of, step) = m.parts[occ.0 as usize];
        let whole = self.part_value(m, path, of);
        let value = match step {
            Step::Head => self.emit_prim("%head-unchecked", vec![whole], m.span),
            Step::Tail => self.emit_prim("%tail-unchecked", vec![whole], m.span),
            Step::Item(i) => self.emit(Rhs::Field(i, whole), m.span),
            Step::Entry(key) => self.emit_prim("%dict-get", vec![whole, key, Atom::Undef], m.span),
            Step::Arg(..) => unreachable!("arguments are taken out with the test of their constructor"),
        };
        path.values.push((occ, value));
        value
    }

    /// Branches: on to the first path, or to where the second one fails.
    fn branch_path(&mut self, m: &mut Matcher<'h>, cond: Cond, fits: Path, fails: Path) -> Term {
        let then = Box::new(self.block_of(|s| s.attempt(m, fits)));
        let otherwise = Box::new(self.block_of(|s| s.fail(m, fails)));
        Term::If { cond, then, otherwise }
    }

    /// Goes on if the part passes the test, which is left out where facts decide it.
    fn test(&mut self, m: &mut Matcher<'h>, mut path: Path, occ: Occ, head: Head) -> Term {
        match path.facts.decide(occ, head, m.is_tail(occ)) {
            Some(true) => self.attempt(m, path),
            Some(false) => self.fail(m, path),
            None => {
                let value = self.part_value(m, &mut path, occ);
                let cond = self.head_cond(m, value, head);
                let fits = Path { facts: path.facts.with(occ, head, true), ..path.clone() };
                let fails = Path { facts: path.facts.with(occ, head, false), ..path };
                self.branch_path(m, cond, fits, fails)
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
            Some(false) => self.fail(m, path),
            None => {
                let value = self.part_value(m, &mut path, part);
                let absent = Cond::Prim(prim("%same"), vec![value, Atom::Undef], m.span);
                let fits = Path { facts: path.facts.with(part, Head::Present, true), ..path.clone() };
                let fails = Path { facts: path.facts.with(part, Head::Present, false), ..path };
                let then = Box::new(self.block_of(|s| s.fail(m, fails)));
                let otherwise = Box::new(self.block_of(|s| s.attempt(m, fits)));
                Term::If { cond: absent, then, otherwise }
            }
        }
    }

    /// `(or p q)`: the first alternative that matches counts; what follows stands once.
    fn alternatives(&mut self, m: &mut Matcher<'h>, path: Path, occ: Occ, pat: PatId, all: &'h [PatId]) -> Term {
        let vars = pattern_vars(self.hir, pat);
        let params: Vec<_> = vars.iter().map(|v| self.param(*v)).collect();
        let mut after = path.clone();
        after.bound.extend(vars.iter().zip(&params).map(|(v, p)| (*v, Atom::Var(*p))));
        let matched = self.path_join(m, params, after);
        let alternative = |pat: PatId, fail: Fail| {
            let work = vec![Work::Leave(matched, vars.clone()), Work::Match(occ, pat)];
            Path { work, fail, bound: Vec::new(), ..path.clone() }
        };
        let Some((first, others)) = all.split_first() else { return self.fail(m, path) };
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
            return self.fail(m, path);
        }
        let value = self.part_value(m, &mut path, p.occ);
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
        let then = Box::new(self.block_of(|s| s.with_args(m, fits, p, value, 0)));
        let otherwise = Box::new(self.block_of(|s| match tuple {
            Some(false) => s.fail(m, path),
            _ => s.older_spelling(m, path, p, value),
        }));
        Term::If { cond, then, otherwise }
    }

    /// Goes on with the arguments, which are the value's fields from `first` on.
    fn with_args(&mut self, m: &mut Matcher<'h>, mut path: Path, p: CtorPat<'h>, value: Atom, first: usize) -> Term {
        let args = self.arg_parts(m, p);
        for (occ, i) in &args {
            path.values.push((*occ, self.emit(Rhs::Field(first + i, value), m.span)));
        }
        path.work.extend(args.iter().rev().map(|(occ, i)| Work::Match(*occ, p.args[*i])));
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
        let no_tuple = Path { facts: path.facts.with(p.occ, Head::AnyTuple, false), ..path };
        let cond = self.head_cond(m, value, Head::AnyTuple);
        let then = Box::new(
            self.block_of(|s| s.named_tuple(m, is_tuple, p, value, |s, m, path| s.with_args(m, path, p, value, 1))),
        );
        let otherwise = Box::new(self.block_of(|s| s.fail(m, no_tuple)));
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
        let name = self.pool.string(&self.hir.ctors[p.ctor.index()].name);
        let sized = self.block_of(|s| {
            let tag = s.emit(Rhs::Field(0, value), m.span);
            let cond = Cond::Prim(prim("%eq"), vec![tag, name], m.span);
            let then = Box::new(s.block_of(|s| fits(s, m, path.clone())));
            let otherwise = Box::new(s.block_of(|s| s.fail(m, path.clone())));
            Term::If { cond, then, otherwise }
        });
        let otherwise = Box::new(self.block_of(|s| s.fail(m, path)));
        Term::If { cond: Cond::IsTuple(p.args.len() + 1, value), then: Box::new(sized), otherwise }
    }

    /// A constructor pattern inside another pattern: both spellings go on in one join that has the arguments as
    /// parameters, so that nested patterns do not double the code at each level.
    fn inner_ctor(&mut self, m: &mut Matcher<'h>, path: Path, p: CtorPat<'h>, value: Atom) -> Term {
        let args = self.arg_parts(m, p);
        let params: Vec<VarId> = args.iter().map(|_| self.fresh_temp()).collect();
        let mut meet = path.clone();
        meet.values.extend(args.iter().zip(&params).map(|((occ, _), v)| (*occ, Atom::Var(*v))));
        meet.work.extend(args.iter().rev().map(|(occ, i)| Work::Match(*occ, p.args[*i])));
        let label = self.path_join(m, params, meet);
        let jump = |s: &mut Self, m: &Matcher<'h>, first: usize| {
            let fields = args.iter().map(|(_, i)| s.emit(Rhs::Field(first + i, value), m.span)).collect();
            Term::Jump(label, fields)
        };
        let other = Path { facts: path.facts.with(p.occ, Head::Ctor(p.ctor), false), ..path.clone() };
        let older = |s: &mut Self, m: &mut Matcher<'h>| s.named_tuple(m, other, p, value, |s, m, _| jump(s, m, 1));
        if path.facts.decide(p.occ, Head::Ctor(p.ctor), false) == Some(false) {
            return older(self, m);
        }
        let cond = self.is_ctor(p.ctor, value, m.span);
        let then = Box::new(self.block_of(|s| jump(s, m, 0)));
        let otherwise = Box::new(self.block_of(|s| older(s, m)));
        Term::If { cond, then, otherwise }
    }
}
