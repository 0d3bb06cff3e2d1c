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
    /// A value of the constructor.
    Ctor(CtorId),
    Dict,
    /// Equal to the literal.
    Literal(Atom),
    /// Is there at all: the value of a key.
    Present,
}

#[derive(Clone, PartialEq, Debug)]
enum Fact {
    Is(Head),
    Not(Vec<Head>),
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
        match self.of(occ)? {
            Fact::Is(known) => implied(*known, head),
            Fact::Not(heads) => {
                let no = |h| heads.contains(&h);
                if no(head) {
                    return Some(false);
                }
                match head {
                    Head::Tuple(_) if no(Head::AnyTuple) => Some(false),
                    Head::Cons | Head::Empty if no(Head::List) => Some(false),
                    Head::Cons if tail && no(Head::Empty) => Some(true),
                    Head::Empty if tail && no(Head::Cons) => Some(true),
                    _ => None,
                }
            }
        }
    }

    /// These facts and what a test has established.
    pub fn with(&self, occ: Occ, head: Head, holds: bool) -> Facts {
        let mut facts = self.clone();
        match facts.0.binary_search_by_key(&occ, |(o, _)| *o) {
            Ok(i) => match (&mut facts.0[i].1, holds) {
                (fact, true) => *fact = Fact::Is(head),
                (fact, false) if *fact == Fact::Is(Head::List) && head == Head::Cons => *fact = Fact::Is(Head::Empty),
                (fact, false) if *fact == Fact::Is(Head::List) && head == Head::Empty => *fact = Fact::Is(Head::Cons),
                (Fact::Not(heads), false) if heads.len() < MAX_NOT => heads.push(head),
                (_, false) => {}
            },
            Err(i) if facts.0.len() < MAX_PARTS => {
                let fact = if holds { Fact::Is(head) } else { Fact::Not(vec![head]) };
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

/// Whether a value that is `known` passes the test for `head`, where that is certain.
fn implied(known: Head, head: Head) -> Option<bool> {
    if known == head {
        return Some(true);
    }
    match (known, head) {
        (_, Head::Present) => Some(true),
        (Head::Present, _) => None,
        (Head::Tuple(_), Head::AnyTuple) | (Head::Cons | Head::Empty, Head::List) => Some(true),
        (Head::AnyTuple, Head::Tuple(_)) | (Head::List, Head::Cons | Head::Empty) => None,
        // A static object may be a number, a text or a List.
        (Head::Literal(Atom::Data(_)), _) | (_, Head::Literal(Atom::Data(_))) => None,
        // Different immediates, different kinds.
        (_, _) => Some(false),
    }
}
