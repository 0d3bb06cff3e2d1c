//! Types: sets of values, made of kinds, of parts that narrow a kind, and of type variables.
//!
//! A type is a small id into [`Types`], where equal types are stored once; operations are remembered by their operands,
//! so that what is done twice costs a look-up. Depth and width are bounded ([`MAX_DEPTH`] and the limits by it): what
//! does not fit becomes a greater type, so every chain of growing types ends.

mod ops;
mod print;
#[cfg(test)]
mod tests;

use crate::effects::{Eff, Effects};
use cl_core::ir::CtorId;
pub use ops::Subst;
use std::collections::HashMap;
use std::rc::Rc;

macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident),*) => {
        $($(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub struct $id(pub u32);
        impl $id {
            pub fn index(self) -> usize {
                self.0 as usize
            }
        })*
    };
}
ids! {
    /// A type of [`Types`].
    Ty,
    /// What a function does not know of its callers: a parameter's type, or what is taken out of it or given by it.
    TyVar,
    /// A function of the program or a local function.
    FnId,
    /// A `data` type: the id of its first constructor.
    DataType
}

/// A set of kinds of values.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Kinds(u64);

macro_rules! kinds {
    ($($name:ident)*) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum KindIndex { $($name),* , COUNT }
        impl Kinds { $(pub const $name: Kinds = Kinds(1 << KindIndex::$name as u32);)* }
    };
}
kinds! {
    NIL TRUE FALSE INT FLOAT STRING SYMBOL KEYWORD BYTES EMPTY CONS TUPLE ARRAY DICT SET DATA FUN PROMISE CHANNEL DATETIME VNODE REGEX
    FILE QUEUE STRING_BUILDER GOROUTINE MUTEX SEMAPHORE BARRIER WAIT_GROUP WORKER_POOL OTHER
}

impl Kinds {
    pub const NONE: Kinds = Kinds(0);
    pub const ALL: Kinds = Kinds((1 << KindIndex::COUNT as u32) - 1);
    pub const BOOL: Kinds = Kinds(Kinds::TRUE.0 | Kinds::FALSE.0);
    pub const NUMBER: Kinds = Kinds(Kinds::INT.0 | Kinds::FLOAT.0);
    pub const LIST: Kinds = Kinds(Kinds::EMPTY.0 | Kinds::CONS.0);
    pub const FALSY: Kinds = Kinds(Kinds::NIL.0 | Kinds::FALSE.0);

    pub fn has(self, other: Kinds) -> bool {
        self.0 & other.0 == other.0
    }

    pub fn meets(self, other: Kinds) -> bool {
        self.0 & other.0 != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    pub fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    pub fn without(self, other: Kinds) -> Kinds {
        Kinds(self.0 & !other.0)
    }
}

/// What narrows a kind: the values of the kind are those of its parts. A kind of a type without parts is all of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Part {
    /// A List with an item, of items of the type.
    Cons(Ty),
    Tuple(Box<[Ty]>),
    Dict(Ty, Ty),
    Set(Ty),
    /// Values of these constructors (ascending) with these type arguments.
    Data {
        ty: DataType,
        ctors: Box<[CtorId]>,
        args: Box<[Ty]>,
    },
    /// A known function, with the types of the variables around it that its scheme mentions.
    Fn(FnId, Box<[(TyVar, Ty)]>),
    Arrow(Rc<Arrow>),
    Promise(Ty),
    Channel(Ty),
}

/// A function of which only a type is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Arrow {
    pub params: Vec<Ty>,
    pub rest: Option<Ty>,
    pub result: Ty,
    pub eff: Eff,
}

impl Part {
    pub fn kind(&self) -> Kinds {
        match self {
            Part::Cons(_) => Kinds::CONS,
            Part::Tuple(_) => Kinds::TUPLE,
            Part::Dict(..) => Kinds::DICT,
            Part::Set(_) => Kinds::SET,
            Part::Data { .. } => Kinds::DATA,
            Part::Fn(..) | Part::Arrow(_) => Kinds::FUN,
            Part::Promise(_) => Kinds::PROMISE,
            Part::Channel(_) => Kinds::CHANNEL,
        }
    }
}

/// The definition of a type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Node {
    pub kinds: Kinds,
    /// Ascending; each narrows one of the kinds.
    pub parts: Vec<Part>,
    /// Type variables, each with what is known of its values: a type without variables.
    pub vars: Vec<(TyVar, Ty)>,
}

/// Types nested deeper are `Any`.
const MAX_DEPTH: u8 = 5;
/// Parts of one kind; with more the kind is not narrowed.
const MAX_PARTS: usize = 12;
/// Variables in one union; with more it is what their bounds say.
const MAX_VARS: usize = 6;
/// Tuples with more items are not looked into.
const MAX_ITEMS: usize = 24;

#[derive(Default)]
pub struct Types {
    nodes: Vec<Rc<Node>>,
    depths: Vec<u8>,
    /// Whether a type mentions variables.
    open: Vec<bool>,
    index: HashMap<Rc<Node>, Ty>,
    unions: HashMap<(Ty, Ty), Ty>,
    meets: HashMap<(Ty, Ty), Ty>,
    /// The effect sets that function types mention.
    pub effects: Effects,
    /// Work done, for tests that bound it: operations that were not remembered.
    pub steps: u64,
}

impl Types {
    pub const NEVER: Ty = Ty(0);
    pub const ANY: Ty = Ty(1);

    pub fn new() -> Types {
        let mut types = Types::default();
        let never = types.of_kinds(Kinds::NONE);
        let any = types.of_kinds(Kinds::ALL);
        debug_assert_eq!((never, any), (Types::NEVER, Types::ANY));
        types
    }

    pub fn node(&self, ty: Ty) -> &Rc<Node> {
        &self.nodes[ty.index()]
    }

    /// Whether a type mentions variables.
    pub fn is_open(&self, ty: Ty) -> bool {
        self.open[ty.index()]
    }

    pub fn of_kinds(&mut self, kinds: Kinds) -> Ty {
        self.intern(Node { kinds, parts: Vec::new(), vars: Vec::new() })
    }

    pub fn of_part(&mut self, part: Part) -> Ty {
        self.make(Node { kinds: part.kind(), parts: vec![part], vars: Vec::new() })
    }

    pub fn of_var(&mut self, var: TyVar, bound: Ty) -> Ty {
        self.make(Node { kinds: Kinds::NONE, parts: Vec::new(), vars: vec![(var, bound)] })
    }

    /// A List of any length.
    pub fn list(&mut self, item: Ty) -> Ty {
        let cons = self.of_part(Part::Cons(item));
        let empty = self.of_kinds(Kinds::EMPTY);
        self.union(cons, empty)
    }

    /// All kinds that values of the type may have, those of its variables too.
    pub fn kinds(&self, ty: Ty) -> Kinds {
        let node = self.node(ty);
        node.vars.iter().fold(node.kinds, |k, (_, bound)| k.or(self.node(*bound).kinds))
    }

    /// Whether every value of the type is of these kinds.
    pub fn within(&self, ty: Ty, kinds: Kinds) -> bool {
        kinds.has(self.kinds(ty))
    }

    /// The type of a definition that may break the bounds or hold parts that are empty or say nothing.
    pub fn make(&mut self, mut node: Node) -> Ty {
        let mut kinds = node.kinds;
        for part in &mut node.parts {
            self.clip(part);
        }
        self.drop_empty(&mut node, &mut kinds);
        node.kinds = kinds;
        let whole: Vec<Kinds> = node.parts.iter().filter(|p| self.says_nothing(p)).map(Part::kind).collect();
        for kind in Self::part_kinds(&node.parts) {
            let count = node.parts.iter().filter(|p| p.kind() == kind).count();
            if whole.contains(&kind) || count > MAX_PARTS {
                node.parts.retain(|p| p.kind() != kind);
            }
        }
        node.parts.sort();
        if node.vars.len() > MAX_VARS {
            let bounds = std::mem::take(&mut node.vars);
            let rest = self.make(node);
            return bounds.into_iter().fold(rest, |ty, (_, bound)| self.union(ty, bound));
        }
        if node.kinds == Kinds::ALL && node.parts.is_empty() {
            node.vars.clear();
        }
        self.intern(node)
    }

    /// Takes out parts that have no values, and their kinds.
    fn drop_empty(&self, node: &mut Node, kinds: &mut Kinds) {
        let had = Self::part_kinds(&node.parts);
        node.parts.retain(|p| match p {
            Part::Cons(t) => *t != Types::NEVER,
            Part::Tuple(items) => !items.contains(&Types::NEVER),
            Part::Data { ctors, .. } => !ctors.is_empty(),
            Part::Dict(..) | Part::Set(_) | Part::Fn(..) | Part::Arrow(_) | Part::Promise(_) | Part::Channel(_) => true,
        });
        for kind in had {
            if !node.parts.iter().any(|p| p.kind() == kind) {
                *kinds = kinds.without(kind);
            }
        }
        node.vars.retain(|(_, bound)| *bound != Types::NEVER);
    }

    fn part_kinds(parts: &[Part]) -> Vec<Kinds> {
        let mut kinds: Vec<Kinds> = parts.iter().map(Part::kind).collect();
        kinds.sort();
        kinds.dedup();
        kinds
    }

    fn says_nothing(&self, part: &Part) -> bool {
        match part {
            Part::Cons(t) | Part::Set(t) | Part::Promise(t) | Part::Channel(t) => *t == Types::ANY,
            Part::Dict(k, v) => *k == Types::ANY && *v == Types::ANY,
            Part::Tuple(items) => items.len() > MAX_ITEMS,
            Part::Data { .. } | Part::Fn(..) | Part::Arrow(_) => false,
        }
    }

    /// Replaces what is nested too deep.
    fn clip(&self, part: &mut Part) {
        let fit = |ty: &mut Ty| {
            if self.depths[ty.index()] >= MAX_DEPTH {
                *ty = Types::ANY;
            }
        };
        match part {
            Part::Cons(t) | Part::Set(t) | Part::Promise(t) | Part::Channel(t) => fit(t),
            Part::Dict(k, v) => {
                fit(k);
                fit(v);
            }
            Part::Tuple(items) => items.iter_mut().for_each(fit),
            Part::Data { args, .. } => args.iter_mut().for_each(fit),
            Part::Fn(_, env) => env.iter_mut().for_each(|(_, t)| fit(t)),
            Part::Arrow(arrow) => {
                let arrow = Rc::make_mut(arrow);
                arrow.params.iter_mut().chain(&mut arrow.rest).for_each(fit);
                fit(&mut arrow.result);
            }
        }
    }

    fn intern(&mut self, node: Node) -> Ty {
        if let Some(ty) = self.index.get(&node) {
            return *ty;
        }
        self.steps += 1;
        let ty = Ty(self.nodes.len() as u32);
        let inner = parts_of(&node);
        let depth = inner.iter().map(|t| self.depths[t.index()] + 1).max().unwrap_or(0);
        let open = !node.vars.is_empty()
            || inner.iter().any(|t| self.is_open(*t))
            || node.parts.iter().any(|p| matches!(p, Part::Arrow(a) if a.eff != Eff::NONE));
        let node = Rc::new(node);
        self.nodes.push(node.clone());
        self.depths.push(depth);
        self.open.push(open);
        self.index.insert(node, ty);
        ty
    }
}

impl Types {
    /// The known functions among the values of a type, also inside.
    pub fn functions(&self, ty: Ty) -> Vec<FnId> {
        let (mut found, mut work) = (Vec::new(), vec![ty]);
        while let Some(ty) = work.pop() {
            let node = self.node(ty);
            found.extend(node.parts.iter().filter_map(|p| if let Part::Fn(f, _) = p { Some(*f) } else { None }));
            work.extend(parts_of(node));
        }
        found
    }

    /// Adds the variables that a type mentions.
    pub fn mentioned(&self, ty: Ty, found: &mut Vec<TyVar>) {
        let mut work = vec![ty];
        while let Some(ty) = work.pop() {
            if self.is_open(ty) {
                let node = self.node(ty);
                found.extend(node.vars.iter().map(|(v, _)| *v));
                for part in &node.parts {
                    if let Part::Arrow(arrow) = part {
                        found.extend(self.effects.set(arrow.eff).calls.iter().map(|(v, _)| *v));
                    }
                }
                work.extend(parts_of(node));
            }
        }
    }
}

/// The types that a definition is made of, those of functions included.
fn parts_of(node: &Node) -> Vec<Ty> {
    let mut found = Vec::new();
    for part in &node.parts {
        match part {
            Part::Cons(t) | Part::Set(t) | Part::Promise(t) | Part::Channel(t) => found.push(*t),
            Part::Dict(k, v) => found.extend([*k, *v]),
            Part::Tuple(items) => found.extend(items.iter()),
            Part::Data { args, .. } => found.extend(args.iter()),
            Part::Fn(_, env) => found.extend(env.iter().map(|(_, t)| *t)),
            Part::Arrow(a) => found.extend(a.params.iter().chain(&a.rest).chain([&a.result])),
        }
    }
    found
}
