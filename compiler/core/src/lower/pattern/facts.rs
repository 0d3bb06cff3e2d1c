//! What is known of the parts of a scrutinee on a path through a `match`, so that no path tests the same thing twice.

use super::CtorId;
use crate::ir::Atom;

/// A part of the scrutinee; 0 is the scrutinee itself.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Occ(pub u32);

/// How a part is found in the part that holds it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Step {
    Head,
    Tail,
    /// A Tuple's item.
    Item(usize),
    /// A constructor's argument, in either spelling.
    Arg(CtorId, usize),
    /// A Dict's value; `Undef` if it has none.
    Entry(Atom),
}

/// What a test can establish of a value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Head {
    List,
    Cons,
    Empty,
    /// A Tuple of any size.
    AnyTuple,
    Tuple(usize),
    /// A Tuple of this size that starts with the text: the older spelling of a constructor's value.
    Named(Atom, usize),
    /// A value of the constructor, or a Tuple of this size that starts with its name.
    Either(CtorId, Atom, usize),
    /// A value of the constructor.
    Ctor(CtorId),
    Dict,
    /// Equal to the literal.
    Literal(Atom),
    /// Is there at all: the value of a key.
    Present,
}

/// What is known of a part: a test that it has passed, the strictest one, and tests that it has failed.
#[derive(Clone, PartialEq, Default, Debug)]
struct Fact {
    is: Option<Head>,
    not: Vec<Head>,
}

/// Facts by part, in order of the parts.
#[derive(Clone, PartialEq, Default, Debug)]
pub(super) struct Facts(Vec<(Occ, Fact)>);

/// Facts are kept of so many parts, so that they stay cheap to copy and compare.
const MAX_PARTS: usize = 16;
/// So many negative facts are kept of a part: enough for the constructors of a common type.
const MAX_NOT: usize = 16;

impl Facts {
    fn of(&self, occ: Occ) -> Option<&Fact> {
        self.0.binary_search_by_key(&occ, |(o, _)| *o).ok().map(|i| &self.0[i].1)
    }

    /// Whether a test would succeed, where that is known. `tail`: the part is a List's tail, so it is a List.
    pub fn decide(&self, occ: Occ, head: Head, tail: bool) -> Option<bool> {
        let fact = self.of(occ)?;
        if let Some(decided) = fact.is.and_then(|known| implied(known, head)) {
            return Some(decided);
        }
        let no = |h| fact.not.contains(&h);
        if no(head) {
            return Some(false);
        }
        match head {
            Head::Tuple(_) if no(Head::AnyTuple) => Some(false),
            Head::Named(_, size) if no(Head::AnyTuple) || no(Head::Tuple(size)) => Some(false),
            Head::Cons | Head::Empty if no(Head::List) => Some(false),
            Head::Cons if tail && no(Head::Empty) => Some(true),
            Head::Empty if tail && no(Head::Cons) => Some(true),
            _ => None,
        }
    }

    /// These facts and what a test has established.
    pub fn with(&self, occ: Occ, head: Head, holds: bool) -> Facts {
        let mut facts = self.clone();
        match facts.0.binary_search_by_key(&occ, |(o, _)| *o) {
            Ok(i) => facts.0[i].1.add(head, holds),
            Err(i) if facts.0.len() < MAX_PARTS => {
                let mut fact = Fact::default();
                fact.add(head, holds);
                facts.0.insert(i, (occ, fact));
            }
            Err(_) => {}
        }
        facts
    }

    /// Only the facts about some parts.
    pub fn retain(&mut self, keep: impl Fn(Occ) -> bool) {
        self.0.retain(|(occ, _)| keep(*occ));
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// What both know.
    pub fn common(&self, other: &Facts) -> Facts {
        Facts(self.0.iter().filter(|(occ, fact)| other.of(*occ) == Some(fact)).cloned().collect())
    }
}

impl Fact {
    fn add(&mut self, head: Head, holds: bool) {
        match (self.is, head, holds) {
            // The stricter fact stays.
            (Some(known), _, true) if implied(known, head) == Some(true) => {}
            (_, _, true) => {
                self.is = Some(head);
                // What is left to ask of a List or a Tuple may have been answered; all else is now decided.
                if !matches!(head, Head::AnyTuple | Head::Tuple(_) | Head::List) {
                    self.not.clear();
                }
            }
            (Some(Head::List), Head::Cons, false) => self.is = Some(Head::Empty),
            (Some(Head::List), Head::Empty, false) => self.is = Some(Head::Cons),
            (_, _, false) if self.not.len() < MAX_NOT => self.not.push(head),
            (_, _, false) => {}
        }
    }
}

/// Whether a value that is `known` passes the test for `head`, where that is certain.
fn implied(known: Head, head: Head) -> Option<bool> {
    if known == head {
        return Some(true);
    }
    match (known, head) {
        (_, Head::Present) => Some(true),
        (Head::Present, _) => None,
        (Head::Either(ctor, ..), Head::Ctor(other)) => {
            if ctor == other {
                None
            } else {
                Some(false)
            }
        }
        (Head::Either(_, name, size), Head::Named(other, n)) => {
            if (name, size) == (other, n) {
                None
            } else {
                Some(false)
            }
        }
        (Head::Either(_, _, size), Head::Tuple(n)) => {
            if size == n {
                None
            } else {
                Some(false)
            }
        }
        (Head::Either(..), Head::AnyTuple) => None,
        (_, Head::Either(..)) => None,
        (Head::Tuple(_) | Head::Named(..), Head::AnyTuple) | (Head::Cons | Head::Empty, Head::List) => Some(true),
        (Head::Named(_, n), Head::Tuple(size)) => Some(n == size),
        (Head::Tuple(n), Head::Named(_, size)) if n == size => None,
        (Head::AnyTuple, Head::Tuple(_) | Head::Named(..)) | (Head::List, Head::Cons | Head::Empty) => None,
        // A static object may be a number, a text or a List.
        (Head::Literal(Atom::Data(_)), _) | (_, Head::Literal(Atom::Data(_))) => None,
        // Different immediates, different kinds.
        (_, _) => Some(false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const X: Occ = Occ(0);

    fn known(head: Head, holds: bool) -> Facts {
        Facts::default().with(X, head, holds)
    }

    #[test]
    fn what_passed_a_test_passes_it_again_and_no_other_kind_of_test() {
        let cons = known(Head::Cons, true);
        assert_eq!(cons.decide(X, Head::Cons, false), Some(true));
        assert_eq!(cons.decide(X, Head::List, false), Some(true));
        assert_eq!(cons.decide(X, Head::Empty, false), Some(false));
        assert_eq!(cons.decide(X, Head::Ctor(CtorId(1)), false), Some(false));
        assert_eq!(cons.decide(X, Head::Literal(Atom::Int(1)), false), Some(false));
        assert_eq!(cons.decide(Occ(1), Head::Cons, false), None);
    }

    #[test]
    fn a_number_may_equal_a_literal_of_another_representation() {
        let one = known(Head::Literal(Atom::Int(1)), true);
        assert_eq!(one.decide(X, Head::Literal(Atom::Int(2)), false), Some(false));
        assert_eq!(one.decide(X, Head::Literal(Atom::Data(crate::ir::DataId(0))), false), None);
    }

    #[test]
    fn a_list_that_is_not_empty_is_a_cons() {
        assert_eq!(known(Head::Empty, false).decide(X, Head::Cons, false), None);
        assert_eq!(known(Head::Empty, false).decide(X, Head::Cons, true), Some(true));
        let list = known(Head::List, true).with(X, Head::Empty, false);
        assert_eq!(list.decide(X, Head::Cons, false), Some(true));
    }

    #[test]
    fn no_tuple_is_no_tuple_of_any_size() {
        assert_eq!(known(Head::AnyTuple, false).decide(X, Head::Tuple(2), false), Some(false));
        assert_eq!(known(Head::AnyTuple, true).decide(X, Head::Tuple(2), false), None);
        assert_eq!(known(Head::Tuple(3), true).decide(X, Head::AnyTuple, false), Some(true));
    }

    #[test]
    fn only_what_both_know_is_common() {
        let a = known(Head::Cons, true).with(Occ(1), Head::Dict, true);
        let b = known(Head::Cons, true).with(Occ(1), Head::Dict, false);
        assert_eq!(a.common(&b), known(Head::Cons, true));
    }

    #[test]
    fn facts_stay_few() {
        let facts = (0..1000).fold(Facts::default(), |f, i| f.with(Occ(i), Head::Cons, true));
        assert_eq!(facts.0.len(), MAX_PARTS);
    }
}
