//! `match` and destructuring: arms in order, by tests that remember what they found.
//!
//! An arm that fails jumps to the next one, with the facts that its tests have established ([`facts`]): there are a few
//! versions (*states*) of an arm's tests, one for each set of facts that it is entered with, so that a value is mostly
//! tested once for a thing. A body stands once. This lies between backtracking automata and decision trees (Maranget,
//! "Compiling pattern matching to good decision trees", 2008): never exponential code, and a test is repeated only where too many
//! versions meet, or to find the arguments of an inner constructor again.
//!
//! A constructor pattern also matches the older spelling, a Tuple that starts with the constructor's name.

mod emit;
mod facts;

use cl_lang::hir::{self, Arm, ExprId, PatId, PatKind};
use cl_text::Span;
use std::collections::HashMap;
use std::rc::Rc;

use super::reach::pattern_vars;
use super::{Dest, Lower};
use crate::ir::{Atom, CtorId, LabelId, Term, VarId};
use facts::{Facts, Head, Occ, Step};

/// So many versions of an arm's tests may know something; a last one knows nothing.
const MAX_STATES: usize = 6;

/// Facts are kept for so many arms.
const LOOK_AHEAD: usize = 8;

/// A `match` while it is lowered.
struct Matcher<'h> {
    arms: &'h [Arm],
    dest: Dest,
    span: Span,
    scrutinee: Atom,
    /// By part: where it is found.
    parts: Vec<(Occ, Step)>,
    /// By part: its parts that were looked at.
    inner: Vec<Vec<Occ>>,
    /// By part: the variable that holds it in the open block.
    values: Vec<Option<Atom>>,
    /// Parts that got a variable, the last one last, with what they had before and get back at the end of the block.
    trail: Vec<(Occ, Option<Atom>)>,
    /// The values of pattern variables on the way here. All of an arm's are bound anew on each way to its body.
    bound: HashMap<hir::VarId, Atom>,
    /// By arm, and for the case that no arm matches: its versions.
    states: Vec<Vec<State>>,
    /// By arm: the join that holds its body if it has several versions; the pattern's variables are its parameters.
    bodies: Vec<Option<LabelId>>,
}

/// A version of an arm's tests.
struct State {
    facts: Facts,
    label: LabelId,
}

/// A way through tests. Cheap to copy: it is copied at each test.
#[derive(Clone)]
struct Path {
    facts: Facts,
    work: Todo,
    fail: Fail,
}

/// What is to be tested yet: a shared list, the next first.
#[derive(Clone, Default)]
struct Todo(Option<Rc<(Work, Todo)>>);

#[derive(Clone, Copy)]
enum Work {
    Match(Occ, PatId),
    /// The part is a List of what the List pattern has from an item on.
    Items(Occ, PatId, usize),
    /// The Dict pattern from an entry on.
    Entries(Occ, PatId, usize),
    /// Jump with the values of a pattern's variables.
    Leave(LabelId, PatId),
    /// The arm matches.
    Arm(usize),
}

/// Where a path goes when a test fails.
#[derive(Clone, Copy)]
enum Fail {
    /// To the arm after this one.
    Arm(usize),
    To(LabelId),
}

impl Todo {
    fn of(works: &[Work]) -> Todo {
        let mut todo = Todo::default();
        works.iter().rev().for_each(|w| todo.push(*w));
        todo
    }

    fn push(&mut self, work: Work) {
        self.0 = Some(Rc::new((work, std::mem::take(self))));
    }

    fn pop(&mut self) -> Work {
        let node = self.0.take().unwrap_or_else(|| unreachable!("a path ends by leaving"));
        self.clone_from(&node.1);
        node.0
    }
}

impl<'h> Matcher<'h> {
    fn new(scrutinee: Atom, arms: &'h [Arm], dest: Dest, span: Span) -> Self {
        Matcher {
            arms,
            dest,
            span,
            scrutinee,
            parts: vec![(Occ(0), Step::Head)],
            inner: vec![vec![]],
            values: vec![Some(scrutinee)],
            trail: Vec::new(),
            bound: HashMap::new(),
            states: (0..=arms.len()).map(|_| Vec::new()).collect(),
            bodies: vec![None; arms.len()],
        }
    }

    /// The part that a step leads to, if it was looked at.
    fn known_part(&self, of: Occ, step: Step) -> Option<Occ> {
        self.inner[of.0 as usize].iter().find(|i| self.parts[i.0 as usize].1 == step).copied()
    }

    /// The part that a step leads to.
    fn part(&mut self, of: Occ, step: Step) -> Occ {
        if let Some(occ) = self.known_part(of, step) {
            return occ;
        }
        let occ = Occ(self.parts.len() as u32);
        self.parts.push((of, step));
        self.inner.push(Vec::new());
        self.values.push(None);
        self.inner[of.0 as usize].push(occ);
        occ
    }

    fn set_value(&mut self, occ: Occ, value: Atom) {
        let before = self.values[occ.0 as usize].replace(value);
        self.trail.push((occ, before));
    }

    fn bound_values(&self, vars: &[hir::VarId]) -> Vec<Atom> {
        let value = |v| *self.bound.get(v).unwrap_or_else(|| unreachable!("all ways bind the same variables"));
        vars.iter().map(value).collect()
    }

    fn is_tail(&self, occ: Occ) -> bool {
        occ != Occ(0) && self.parts[occ.0 as usize].1 == Step::Tail
    }
}

impl<'h> Lower<'h> {
    pub(super) fn match_to(&mut self, scrutinee: ExprId, arms: &'h [Arm], span: Span, dest: Dest) -> Term {
        let scrutinee = self.value(scrutinee);
        let mut m = Matcher::new(scrutinee, arms, dest, span);
        let label = self.fresh_label();
        m.states[0].push(State { facts: Facts::default(), label });
        let mut joins = Vec::new();
        for k in 0..=arms.len() {
            let twice = k < arms.len() && (m.states[k].len() > 1 || self.has_two_spellings(arms[k].pat));
            let body = (twice && !m.states[k].is_empty()).then(|| self.shared_body(&mut m, k));
            for State { facts, label } in std::mem::take(&mut m.states[k]) {
                let block = self.part_block(&mut m, |s, m| s.state(m, k, facts));
                joins.push((label, vec![], block));
            }
            joins.extend(body);
        }
        // Later arms first, and bodies before tests: a join is declared before what jumps to it.
        for (label, params, block) in joins.into_iter().rev() {
            self.push_join(label, params, block);
        }
        Term::Jump(label, vec![])
    }

    /// Whether a pattern is a constructor's: it then has tests for both spellings.
    fn has_two_spellings(&self, pat: PatId) -> bool {
        match &self.hir.pats[pat.0 as usize].kind {
            PatKind::Ctor { .. } => true,
            PatKind::As { pat, var: _ } | PatKind::Type { pat, ty: _ } => self.has_two_spellings(*pat),
            PatKind::Wild
            | PatKind::Bind(_)
            | PatKind::Const(_)
            | PatKind::List { .. }
            | PatKind::Tuple(_)
            | PatKind::Dict(_)
            | PatKind::Or(_) => false,
        }
    }

    /// The tests of an arm for one set of facts, and what follows.
    fn state(&mut self, m: &mut Matcher<'h>, k: usize, facts: Facts) -> Term {
        let Some(arm) = m.arms.get(k) else {
            return self.raise_prim("%match-error", vec![m.scrutinee], m.span);
        };
        let work = Todo::of(&[Work::Match(Occ(0), arm.pat), Work::Arm(k)]);
        self.attempt(m, Path { facts, work, fail: Fail::Arm(k) })
    }

    /// A join for the body of an arm whose tests stand more than once.
    fn shared_body(&mut self, m: &mut Matcher<'h>, k: usize) -> (LabelId, Vec<VarId>, crate::ir::Block) {
        let vars = pattern_vars(self.hir, m.arms[k].pat);
        let params: Vec<_> = vars.iter().map(|v| self.param(*v)).collect();
        let facts = m.states[k].iter().map(|s| &s.facts);
        let facts = facts.cloned().reduce(|a, b| a.common(&b)).unwrap_or_default();
        m.bound.extend(vars.iter().zip(&params).map(|(v, p)| (*v, Atom::Var(*p))));
        let body = self.part_block(m, |s, m| s.arm(m, k, facts));
        let label = self.fresh_label();
        m.bodies[k] = Some(label);
        (label, params, body)
    }

    /// An arm's pattern matches: its guard and body.
    fn arm(&mut self, m: &mut Matcher<'h>, k: usize, facts: Facts) -> Term {
        let (arm, dest) = (&m.arms[k], m.dest);
        let vars = pattern_vars(self.hir, arm.pat);
        for (var, value) in vars.iter().zip(m.bound_values(&vars)) {
            self.bind(*var, value);
        }
        match arm.guard {
            None => self.to(arm.body, dest),
            Some(guard) => self.branch(guard, |s| s.to(arm.body, dest), |s| s.fail(m, Fail::Arm(k), facts)),
        }
    }

    /// A block in which parts get variables of their own.
    fn part_block(
        &mut self,
        m: &mut Matcher<'h>,
        f: impl FnOnce(&mut Self, &mut Matcher<'h>) -> Term,
    ) -> crate::ir::Block {
        let outer = m.trail.len();
        let block = self.block_of(|s| f(s, m));
        for (occ, before) in m.trail.drain(outer..).rev() {
            m.values[occ.0 as usize] = before;
        }
        block
    }

    /// Leaves a path whose tests fail.
    fn fail(&mut self, m: &mut Matcher<'h>, fail: Fail, facts: Facts) -> Term {
        let label = match fail {
            Fail::To(label) => label,
            Fail::Arm(k) => self.next_state(m, k + 1, facts),
        };
        Term::Jump(label, vec![])
    }

    /// The version of an arm's tests for some facts, or of the next arm's if these rule the arm out.
    fn next_state(&mut self, m: &mut Matcher<'h>, mut k: usize, mut facts: Facts) -> LabelId {
        while k < m.arms.len() && self.rules_out(m, &facts, Occ(0), m.arms[k].pat) {
            k += 1;
        }
        match m.arms.get(k) {
            Some(arm) if m.states[k].len() < MAX_STATES && !self.takes_all(arm) => {
                // Facts that no arm nearby asks for would only make versions differ.
                let near = &m.arms[k..m.arms.len().min(k + LOOK_AHEAD)];
                facts.retain(|occ| occ == Occ(0) || near.iter().any(|arm| self.looks_at(m, arm.pat, occ)));
            }
            _ => facts.clear(),
        }
        if let Some(state) = m.states[k].iter().find(|s| s.facts == facts) {
            return state.label;
        }
        let label = self.fresh_label();
        m.states[k].push(State { facts, label });
        label
    }

    /// Whether no further arm is tried after this one.
    fn takes_all(&self, arm: &Arm) -> bool {
        let kind = &self.hir.pats[arm.pat.0 as usize].kind;
        arm.guard.is_none() && matches!(kind, PatKind::Wild | PatKind::Bind(_))
    }

    /// Whether facts about a part, or about parts of it, say that a pattern does not match it.
    fn rules_out(&mut self, m: &Matcher<'h>, facts: &Facts, occ: Occ, pat: PatId) -> bool {
        let hir = self.hir;
        let no = |head| facts.decide(occ, head, m.is_tail(occ)) == Some(false);
        match &hir.pats[pat.0 as usize].kind {
            PatKind::As { pat, var: _ } | PatKind::Type { pat, ty: _ } => self.rules_out(m, facts, occ, *pat),
            PatKind::List { items, rest } => self.rules_out_list(m, facts, occ, items, *rest),
            PatKind::Tuple(items) => {
                let mut parts = items.iter().enumerate().map(|(i, item)| (Step::Item(i), *item));
                no(Head::Tuple(items.len())) || parts.any(|(step, pat)| self.rules_out_part(m, facts, occ, step, pat))
            }
            PatKind::Ctor { ctor, args } => {
                let c = CtorId(ctor.0);
                let mut parts = args.iter().enumerate().map(|(i, arg)| (Step::Arg(c, i), *arg));
                (no(Head::Ctor(c)) && no(Head::Named(self.ctor_name(c), args.len() + 1)))
                    || parts.any(|(step, pat)| self.rules_out_part(m, facts, occ, step, pat))
            }
            PatKind::Dict(_) => no(Head::Dict),
            PatKind::Or(all) => all.iter().all(|p| self.rules_out(m, facts, occ, *p)),
            PatKind::Wild | PatKind::Bind(_) | PatKind::Const(_) => false,
        }
    }

    /// The same for the part that a step leads to. Of what was never looked at nothing is known.
    fn rules_out_part(&mut self, m: &Matcher<'h>, facts: &Facts, occ: Occ, step: Step, pat: PatId) -> bool {
        m.known_part(occ, step).is_some_and(|part| self.rules_out(m, facts, part, pat))
    }

    fn rules_out_list(
        &mut self,
        m: &Matcher<'h>,
        facts: &Facts,
        occ: Occ,
        items: &[PatId],
        rest: Option<PatId>,
    ) -> bool {
        let mut at = occ;
        for item in items {
            if facts.decide(at, Head::Cons, m.is_tail(at)) == Some(false)
                || self.rules_out_part(m, facts, at, Step::Head, *item)
            {
                return true;
            }
            let Some(tail) = m.known_part(at, Step::Tail) else { return false };
            at = tail;
        }
        let end = if rest.is_some() { Head::List } else { Head::Empty };
        facts.decide(at, end, m.is_tail(at)) == Some(false)
            || rest.is_some_and(|rest| self.rules_out(m, facts, at, rest))
    }

    /// Binds the variables of a pattern, in the open block, which goes on; a value that does not fit raises.
    pub(super) fn destructure(&mut self, pat: PatId, value: Atom, span: Span) {
        if let PatKind::Bind(var) = self.hir.pats[pat.0 as usize].kind {
            return self.end_binding(var, value);
        }
        let vars = pattern_vars(self.hir, pat);
        let params: Vec<_> = vars.iter().map(|v| self.param(*v)).collect();
        self.continue_at(params.clone(), |s, label| {
            let fail = s.fresh_label();
            let block = s.block_of(|s| s.raise_prim("%match-error", vec![value], span));
            s.push_join(fail, vec![], block);
            let mut m = Matcher::new(value, &[], Dest::Return, span);
            let work = Todo::of(&[Work::Match(Occ(0), pat), Work::Leave(label, pat)]);
            s.attempt(&mut m, Path { facts: Facts::default(), work, fail: Fail::To(fail) })
        });
        for (var, param) in vars.into_iter().zip(params) {
            self.end_binding(var, Atom::Var(param));
        }
    }

    /// Declares a join that goes on with a path; parameters hold the given parts.
    fn path_join(&mut self, m: &mut Matcher<'h>, params: Vec<VarId>, path: Path) -> LabelId {
        let label = self.fresh_label();
        let body = self.part_block(m, |s, m| s.attempt(m, path));
        self.push_join(label, params, body);
        label
    }

    /// Whether a pattern, or a part of it, tests the part of the scrutinee.
    fn looks_at(&self, m: &Matcher<'h>, pat: PatId, occ: Occ) -> bool {
        let mut steps = Vec::new();
        let mut at = occ;
        while at != Occ(0) {
            let (of, step) = m.parts[at.0 as usize];
            steps.push(step);
            at = of;
        }
        self.tests_at(pat, 0, &steps)
    }

    /// Follows steps (the next last) from the item `from` on of a List pattern, or from any other pattern.
    fn tests_at(&self, pat: PatId, from: usize, steps: &[Step]) -> bool {
        let step = steps.split_last();
        let inner = |pat: PatId, from: usize| {
            let (_, rest) = step.unwrap_or_else(|| unreachable!("there is a step"));
            self.tests_at(pat, from, rest)
        };
        match (&self.hir.pats[pat.0 as usize].kind, step.map(|(step, _)| *step)) {
            (PatKind::Wild | PatKind::Bind(_), _) => false,
            (PatKind::As { pat, var: _ }, _) => self.tests_at(*pat, 0, steps),
            (PatKind::Or(all), _) => all.iter().any(|p| self.tests_at(*p, 0, steps)),
            (_, None) => true,
            (PatKind::Type { pat, ty: _ }, Some(_)) => self.tests_at(*pat, 0, steps),
            (PatKind::List { items, rest: _ }, Some(Step::Head)) => items.get(from).is_some_and(|p| inner(*p, 0)),
            (PatKind::List { items, rest }, Some(Step::Tail)) => match rest {
                Some(rest) if from + 1 == items.len() => inner(*rest, 0),
                _ => from < items.len() && inner(pat, from + 1),
            },
            (PatKind::Tuple(items), Some(Step::Item(i))) => items.get(i).is_some_and(|p| inner(*p, 0)),
            (PatKind::Ctor { ctor, args }, Some(Step::Arg(c, i))) => ctor.0 == c.0 && inner(args[i], 0),
            (PatKind::Dict(_), Some(Step::Entry(_))) => true,
            (
                PatKind::List { .. } | PatKind::Tuple(_) | PatKind::Ctor { .. } | PatKind::Dict(_) | PatKind::Const(_),
                Some(_),
            ) => false,
        }
    }
}
