//! Which values the arms of a `match` take: a match that is not complete gets a warning with an example of what is
//! missing (W0002), an arm or a part of an `or` pattern that gets no value another (W0001).
//!
//! The algorithm is that of Maranget, "Warnings for pattern matching" (2007), over matrices of patterns ([`matrix`]);
//! [`pattern`] says what the constructors are, [`example`] writes values down. What a scrutinee may be is known from
//! annotations; where there are none, a column is taken to hold what its patterns speak of (all constructors of their
//! data types, both Bools, Lists of any length). That guess serves the first warning only: an arm counts as unreachable
//! only by what is certain.
//!
//! The work is bounded by [`matrix::Fuel`] for each match; beyond it nothing is said.

mod example;
mod matrix;
mod pattern;

use crate::hir::{ExprId, ExprKind, Item, Program, Type, VarId};
use cl_text::codes::{w0001, w0002};
use cl_text::{Diagnostic, Span};
use matrix::{Fuel, Matrix};
use pattern::{Con, PatIx, Patterns, Shape};
use std::collections::HashMap;
use std::rc::Rc;

/// So many earlier arms are looked at one by one to say which of them take everything.
const MOST_BLAMED: usize = 32;

/// A scrutinee that is written as a longer List is a List of any length.
const MOST_ITEMS: usize = 16;

/// What is known of the values of a column.
#[derive(Clone, Debug)]
enum Known {
    Type(Rc<Type>),
    /// Lists of just these items: the scrutinee is written as a List.
    Items(Vec<Ty>),
}

type Ty = Option<Known>;

/// The warnings about `matches`, the `match` expressions that the user wrote.
pub fn warnings(program: &Program, matches: &[ExprId]) -> Vec<Diagnostic> {
    let types = annotated_vars(program);
    let mut constructors: HashMap<Rc<str>, Vec<crate::hir::CtorId>> = HashMap::new();
    for (index, ctor) in program.ctors.iter().enumerate() {
        constructors.entry(ctor.type_name.clone()).or_default().push(crate::hir::CtorId(index as u32));
    }
    let mut found = Vec::new();
    for &id in matches {
        let expr = &program.exprs[id.0 as usize];
        if let ExprKind::Match { scrutinee, arms } = &expr.kind {
            let mut patterns = Patterns::new(program, &constructors);
            let rows: Vec<Row> = arms.iter().map(|arm| Row::new(&mut patterns, arm)).collect();
            let (ty, nodes) = (type_of(program, &types, *scrutinee), patterns.size());
            let mut check = Check { patterns, rows, ty, fuel: Fuel::for_nodes(nodes) };
            check.incomplete(expr.span, &mut found);
            check.fuel = Fuel::for_nodes(nodes);
            check.unreachable(&mut found);
        }
    }
    found
}

/// The types of the variables that are annotated and never assigned.
fn annotated_vars(program: &Program) -> HashMap<VarId, Rc<Type>> {
    let mut types = HashMap::new();
    for expr in &program.exprs {
        let ExprKind::Block(items) = &expr.kind else { continue };
        for item in items {
            if let Item::Bind { var, value } = item
                && let ExprKind::Ascribe { ty, .. } = &program.exprs[value.0 as usize].kind
                && !program.vars[var.0 as usize].assigned
            {
                types.insert(*var, Rc::new(ty.clone()));
            }
        }
    }
    types
}

fn type_of(program: &Program, types: &HashMap<VarId, Rc<Type>>, expr: ExprId) -> Ty {
    match &program.exprs[expr.0 as usize].kind {
        ExprKind::Local(var) => types.get(var).cloned().map(Known::Type),
        ExprKind::Ascribe { ty, .. } => Some(Known::Type(Rc::new(ty.clone()))),
        ExprKind::List(items) if items.len() <= MOST_ITEMS => {
            Some(Known::Items(items.iter().map(|item| type_of(program, types, *item)).collect()))
        }
        _ => None,
    }
}

/// An arm.
#[derive(Clone, Copy)]
struct Row {
    pat: PatIx,
    span: Span,
    guarded: bool,
}

impl Row {
    fn new(patterns: &mut Patterns, arm: &crate::hir::Arm) -> Row {
        let span = patterns.program.pats[arm.pat.0 as usize].span;
        Row { pat: patterns.convert(arm.pat), span, guarded: arm.guard.is_some() }
    }
}

struct Check<'p> {
    patterns: Patterns<'p>,
    rows: Vec<Row>,
    ty: Ty,
    fuel: Fuel,
}

/// A pattern that takes values before another one, and where it stands.
type Earlier = (PatIx, Span);

/// The patterns of the arms before an arm, by their heads: a match on thousands of literals compares each with few.
#[derive(Default)]
struct Taken {
    all: Vec<Earlier>,
    by_head: HashMap<Con, Vec<Earlier>>,
    /// Those that take values with other heads than one.
    any_head: Vec<Earlier>,
}

impl Taken {
    fn push(&mut self, patterns: &Patterns, earlier: Earlier) {
        self.all.push(earlier);
        match patterns.shape(earlier.0) {
            Shape::Con(con, _) if con.is_one_head() => self.by_head.entry(con.clone()).or_default().push(earlier),
            Shape::Con(..) | Shape::Wild | Shape::Part | Shape::Or(_) => self.any_head.push(earlier),
        }
    }

    /// Those that may take something of what a pattern takes.
    fn with_head_of(&self, patterns: &Patterns, pat: PatIx) -> Vec<Earlier> {
        match patterns.shape(pat) {
            Shape::Con(con, _) if con.is_one_head() => {
                let same = self.by_head.get(con).into_iter().flatten();
                same.chain(&self.any_head).copied().collect()
            }
            Shape::Con(..) | Shape::Wild | Shape::Part | Shape::Or(_) => self.all.clone(),
        }
    }
}

impl Check<'_> {
    fn incomplete(&mut self, span: Span, found: &mut Vec<Diagnostic>) {
        // A second column, which an arm with a guard takes only in part.
        let rows = self.rows.iter().map(|row| vec![if row.guarded { PatIx::PART } else { PatIx::WILD }, row.pat]);
        let rows = rows.collect();
        let types = vec![None, self.ty.clone()];
        let missing = Matrix::guessing(&mut self.patterns, &mut self.fuel).missing(rows, types);
        if let Some(value) = missing.as_ref().and_then(|columns| columns.last()) {
            let shown = example::show(self.patterns.program, &self.patterns.keys, value);
            found.push(w0002::incomplete(span, &shown, self.rows.iter().any(|row| row.guarded)));
        }
    }

    fn unreachable(&mut self, found: &mut Vec<Diagnostic>) {
        let mut taken = Taken::default();
        for i in 0..self.rows.len() {
            let Row { pat, span, guarded } = self.rows[i];
            if self.fuel.is_used_up() {
                return;
            }
            let earlier = taken.with_head_of(&self.patterns, pat);
            if self.is_useful(&earlier, pat) {
                self.unreachable_parts(pat, &earlier, found);
            } else {
                found.push(w0001::unreachable(span, &self.blamed(&earlier, pat)));
            }
            if !guarded {
                taken.push(&self.patterns, (pat, span));
            }
        }
    }

    /// The alternatives of `or` patterns in an arm that get no value.
    fn unreachable_parts(&mut self, whole: PatIx, earlier: &[Earlier], found: &mut Vec<Diagnostic>) {
        for or in self.patterns.alternatives(whole) {
            let Shape::Or(all) = self.patterns.shape(or).clone() else { continue };
            let mut earlier = earlier.to_vec();
            for alternative in all {
                let only = self.patterns.replaced(whole, or, alternative);
                let span = self.patterns.span(alternative);
                if !self.is_useful(&earlier, only) {
                    found.push(w0001::unreachable_part(span, &self.blamed(&earlier, only)));
                }
                earlier.push((only, span));
            }
        }
    }

    /// Whether a pattern takes a value that the earlier ones leave.
    fn is_useful(&mut self, earlier: &[Earlier], pat: PatIx) -> bool {
        // Counting the rows here, too, keeps their collecting within the bound.
        if !self.fuel.burn(earlier.len()) {
            return true;
        }
        let rows = earlier.iter().map(|(pat, _)| vec![*pat]).collect();
        Matrix::certain(&mut self.patterns, &mut self.fuel).is_useful(rows, vec![pat], vec![self.ty.clone()])
    }

    /// The earlier patterns that together take everything that a pattern could; a single one if that is enough. Empty
    /// if finding out would take too long.
    fn blamed(&mut self, earlier: &[Earlier], pat: PatIx) -> Vec<Span> {
        if let Some((_, one)) = earlier.iter().find(|one| !self.is_useful(&[**one], pat)) {
            return vec![*one];
        }
        if earlier.len() > MOST_BLAMED {
            return Vec::new();
        }
        let mut needed = earlier.to_vec();
        let mut k = 0;
        while k < needed.len() {
            let mut without = needed.clone();
            without.remove(k);
            if self.is_useful(&without, pat) {
                k += 1;
            } else {
                needed = without;
            }
        }
        // Without fuel everything looks useful, and so does each of these.
        if self.fuel.is_used_up() { Vec::new() } else { needed.into_iter().map(|(_, span)| span).collect() }
    }
}
