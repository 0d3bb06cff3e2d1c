//! Arms of a `match` that nothing reaches, because an earlier arm without a guard takes all that they could.
//!
//! The comparison is by structure, pattern against pattern, without types: what it reports is certain. (What several
//! arms take only together, and what a match leaves out, needs types.)

use super::Resolver;
use crate::hir::{Arm, PatId, PatKind};
use cl_text::codes::w0001;

/// Each arm is compared with so many before it, so that a match of many thousand literals stays linear.
const LOOK_BACK: usize = 64;

/// Of an `or` pattern, so many alternatives are looked at, for the same reason.
const MOST_ALTERNATIVES: usize = 64;

impl Resolver<'_> {
    pub fn report_unreachable_arms(&mut self, arms: &[Arm]) {
        let everything = arms.iter().position(|a| a.guard.is_none() && self.covers_all(a.pat));
        for (i, arm) in arms.iter().enumerate() {
            let near = i.saturating_sub(LOOK_BACK)..i;
            let takes = |j: &usize| arms[*j].guard.is_none() && self.covers(arms[*j].pat, arm.pat);
            let earlier = everything.filter(|&e| e < i).or_else(|| near.clone().find(takes));
            if let Some(earlier) = earlier {
                let span = |arm: &Arm| self.hir.pats[arm.pat.0 as usize].span;
                self.report(w0001::unreachable(span(arm), Some(span(&arms[earlier]))));
            }
        }
    }

    fn pat_kind(&self, pat: PatId) -> &PatKind {
        &self.hir.pats[pat.0 as usize].kind
    }

    /// Whether a pattern takes every value.
    fn covers_all(&self, pat: PatId) -> bool {
        match self.pat_kind(pat) {
            PatKind::Wild | PatKind::Bind(_) => true,
            PatKind::As { pat, .. } => self.covers_all(*pat),
            PatKind::Or(pats) => pats.iter().any(|&p| self.covers_all(p)),
            PatKind::Const(_)
            | PatKind::List { .. }
            | PatKind::Tuple(_)
            | PatKind::Ctor { .. }
            | PatKind::Dict(_)
            | PatKind::Type { .. } => false,
        }
    }

    /// Whether `wide` certainly takes every value that `narrow` takes.
    fn covers(&self, wide: PatId, narrow: PatId) -> bool {
        match (self.pat_kind(wide), self.pat_kind(narrow)) {
            (PatKind::Wild | PatKind::Bind(_), _) => true,
            (PatKind::As { pat, .. }, _) => self.covers(*pat, narrow),
            (_, PatKind::As { pat, .. } | PatKind::Type { pat, .. }) => self.covers(wide, *pat),
            (_, PatKind::Or(pats)) => pats.len() <= MOST_ALTERNATIVES && pats.iter().all(|&p| self.covers(wide, p)),
            (PatKind::Or(pats), _) => pats.iter().take(MOST_ALTERNATIVES).any(|&p| self.covers(p, narrow)),
            (PatKind::Const(a), PatKind::Const(b)) => a == b,
            (PatKind::Tuple(a), PatKind::Tuple(b)) => self.covers_each(a, b),
            (PatKind::Ctor { ctor: a, args: wide }, PatKind::Ctor { ctor: b, args: narrow }) => {
                a == b && self.covers_each(wide, narrow)
            }
            (PatKind::List { items: a, rest: None }, PatKind::List { items: b, rest: None }) => self.covers_each(a, b),
            (PatKind::List { items: a, rest: Some(rest) }, PatKind::List { items: b, .. }) => {
                self.covers_all(*rest) && a.len() <= b.len() && self.covers_each(a, &b[..a.len()])
            }
            (
                PatKind::Const(_)
                | PatKind::List { .. }
                | PatKind::Tuple(_)
                | PatKind::Ctor { .. }
                | PatKind::Dict(_)
                | PatKind::Type { .. },
                _,
            ) => false,
        }
    }

    fn covers_each(&self, wide: &[PatId], narrow: &[PatId]) -> bool {
        wide.len() == narrow.len() && wide.iter().zip(narrow).all(|(&w, &n)| self.covers(w, n))
    }
}
