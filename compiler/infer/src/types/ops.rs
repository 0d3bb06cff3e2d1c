//! Union, intersection with a test, difference by a test, substitution.

use super::{Arrow, Kinds, Node, Part, Ty, TyVar, Types};
use crate::effects::Eff;
use std::rc::Rc;

/// Values of type variables: types, and for those that stand for results of calls the effects of these calls.
pub struct Subst<'a> {
    pub types: &'a [(TyVar, Ty)],
    pub effects: &'a [(TyVar, Eff)],
}

impl Types {
    pub fn union(&mut self, a: Ty, b: Ty) -> Ty {
        if a == b || b == Types::NEVER || a == Types::ANY {
            return a;
        }
        if a == Types::NEVER || b == Types::ANY {
            return b;
        }
        let key = (a.min(b), a.max(b));
        if let Some(ty) = self.unions.get(&key) {
            return *ty;
        }
        self.steps += 1;
        let (x, y) = (self.node(key.0).clone(), self.node(key.1).clone());
        let mut parts = x.parts.clone();
        let whole = whole_kinds(&x).or(whole_kinds(&y));
        y.parts.iter().for_each(|part| self.add_part(&mut parts, part));
        parts.retain(|p| !whole.has(p.kind()));
        let mut vars = x.vars.clone();
        for (var, bound) in &y.vars {
            match vars.binary_search_by_key(var, |(v, _)| *v) {
                Ok(i) => vars[i].1 = self.union(vars[i].1, *bound),
                Err(i) => vars.insert(i, (*var, *bound)),
            }
        }
        let ty = self.make(Node { kinds: x.kinds.or(y.kinds), parts, vars });
        self.unions.insert(key, ty);
        ty
    }

    pub fn union_all(&mut self, types: impl IntoIterator<Item = Ty>) -> Ty {
        types.into_iter().fold(Types::NEVER, |a, b| self.union(a, b))
    }

    /// Adds a part to others, merging it with one of the same shape.
    fn add_part(&mut self, parts: &mut Vec<Part>, part: &Part) {
        for old in parts.iter_mut() {
            if let Some(merged) = self.merge(old, part) {
                *old = merged;
                return;
            }
        }
        parts.push(part.clone());
    }

    fn merge(&mut self, a: &Part, b: &Part) -> Option<Part> {
        Some(match (a, b) {
            (Part::Cons(x), Part::Cons(y)) => Part::Cons(self.union(*x, *y)),
            (Part::Set(x), Part::Set(y)) => Part::Set(self.union(*x, *y)),
            (Part::Promise(x), Part::Promise(y)) => Part::Promise(self.union(*x, *y)),
            (Part::Channel(x), Part::Channel(y)) => Part::Channel(self.union(*x, *y)),
            (Part::Dict(k, v), Part::Dict(l, w)) => Part::Dict(self.union(*k, *l), self.union(*v, *w)),
            (Part::Tuple(x), Part::Tuple(y)) if x.len() == y.len() => Part::Tuple(self.union_each(x, y)),
            (Part::Data { ty, ctors, args }, Part::Data { ty: other, ctors: more, args: with }) if ty == other => {
                let mut ctors: Vec<_> = ctors.iter().chain(more).copied().collect();
                ctors.sort_unstable();
                ctors.dedup();
                Part::Data { ty: *ty, ctors: ctors.into(), args: self.union_each(args, with) }
            }
            (Part::Fn(f, x), Part::Fn(g, y)) if f == g => {
                let mut env = x.to_vec();
                for (var, ty) in y {
                    match env.binary_search_by_key(var, |(v, _)| *v) {
                        Ok(i) => env[i].1 = self.union(env[i].1, *ty),
                        Err(i) => env.insert(i, (*var, *ty)),
                    }
                }
                Part::Fn(*f, env.into())
            }
            (Part::Arrow(x), Part::Arrow(y)) if x == y => a.clone(),
            _ => return None,
        })
    }

    fn union_each(&mut self, a: &[Ty], b: &[Ty]) -> Box<[Ty]> {
        a.iter().zip(b).map(|(x, y)| self.union(*x, *y)).collect()
    }

    /// The values of `a` that are of the tested type too, or more: parts that a test does not decide stay. Variables of the
    /// test count as what is known of them.
    pub fn meet(&mut self, a: Ty, test: Ty) -> Ty {
        if a == test || test == Types::ANY || a == Types::NEVER {
            return a;
        }
        if test == Types::NEVER {
            return test;
        }
        if let Some(ty) = self.meets.get(&(a, test)) {
            return *ty;
        }
        self.steps += 1;
        let closed = self.close(test);
        let (x, t) = (self.node(a).clone(), self.node(closed).clone());
        let mut kinds = x.kinds.and(t.kinds);
        let mut parts = Vec::new();
        for kind in Self::part_kinds(&[&x.parts[..], &t.parts[..]].concat()) {
            let before = parts.len();
            if kinds.has(kind) {
                self.meet_kind(&x.parts, &t.parts, kind, &mut parts);
            }
            if parts.len() == before {
                kinds = kinds.without(kind);
            }
        }
        let vars = x.vars.iter().map(|(v, bound)| (*v, self.meet(*bound, closed))).collect();
        let ty = self.make(Node { kinds, parts, vars });
        self.meets.insert((a, test), ty);
        ty
    }

    fn meet_kind(&mut self, x: &[Part], t: &[Part], kind: Kinds, out: &mut Vec<Part>) {
        let x: Vec<&Part> = x.iter().filter(|p| p.kind() == kind).collect();
        let t: Vec<&Part> = t.iter().filter(|p| p.kind() == kind).collect();
        // Functions are told apart by nothing that a test looks at.
        if t.is_empty() || (kind == Kinds::FUN && !x.is_empty()) {
            out.extend(x.into_iter().cloned());
        } else if x.is_empty() {
            out.extend(t.into_iter().cloned());
        } else {
            for a in &x {
                out.extend(t.iter().filter_map(|b| self.meet_parts(a, b)));
            }
        }
    }

    fn meet_parts(&mut self, a: &Part, b: &Part) -> Option<Part> {
        Some(match (a, b) {
            (Part::Cons(x), Part::Cons(y)) => Part::Cons(self.meet(*x, *y)),
            (Part::Set(x), Part::Set(y)) => Part::Set(self.meet(*x, *y)),
            (Part::Dict(k, v), Part::Dict(l, w)) => Part::Dict(self.meet(*k, *l), self.meet(*v, *w)),
            (Part::Tuple(x), Part::Tuple(y)) if x.len() == y.len() => Part::Tuple(self.meet_each(x, y)),
            (Part::Data { ty, ctors, args }, Part::Data { ty: other, ctors: only, args: with }) if ty == other => {
                let ctors = ctors.iter().filter(|c| only.contains(c)).copied().collect();
                Part::Data { ty: *ty, ctors, args: self.meet_each(args, with) }
            }
            (Part::Promise(_), Part::Promise(_)) | (Part::Channel(_), Part::Channel(_)) => a.clone(),
            _ => return None,
        })
    }

    fn meet_each(&mut self, a: &[Ty], b: &[Ty]) -> Box<[Ty]> {
        a.iter().zip(b).map(|(x, y)| self.meet(*x, *y)).collect()
    }

    /// The values of `a` that fail a test: those of kinds that the test takes whole are gone, and values of its
    /// constructors and its sizes of Tuples.
    pub fn subtract(&mut self, a: Ty, test: Ty) -> Ty {
        let (x, t) = (self.node(a).clone(), self.node(test).clone());
        let mut kinds = x.kinds.without(whole_kinds(&t));
        let mut parts = x.parts.clone();
        for gone in &t.parts {
            match gone {
                Part::Data { ty, ctors: out, .. } => parts.iter_mut().for_each(|p| match p {
                    Part::Data { ty: own, ctors, .. } if own == ty => {
                        *ctors = ctors.iter().filter(|c| !out.contains(c)).copied().collect();
                    }
                    _ => {}
                }),
                Part::Tuple(items) => {
                    parts.retain(|p| !matches!(p, Part::Tuple(own) if own.len() == items.len()));
                }
                _ => {}
            }
        }
        if !parts.iter().any(|p| p.kind() == Kinds::TUPLE) && x.parts.iter().any(|p| p.kind() == Kinds::TUPLE) {
            kinds = kinds.without(Kinds::TUPLE);
        }
        parts.retain(|p| kinds.has(p.kind()));
        let vars = x.vars.iter().map(|(v, bound)| (*v, self.subtract(*bound, test))).collect();
        self.make(Node { kinds, parts, vars })
    }

    /// Whether no value is of both.
    pub fn disjoint(&mut self, a: Ty, b: Ty) -> bool {
        self.meet(a, b) == Types::NEVER
    }

    /// The type without variables: each is what is known of it. Functions forget what surrounds them.
    pub fn close(&mut self, ty: Ty) -> Ty {
        self.close_vars(ty, &|_| false)
    }

    /// Replaces the variables that `keep` does not pick by what is known of them.
    pub fn close_vars(&mut self, ty: Ty, keep: &dyn Fn(TyVar) -> bool) -> Ty {
        if !self.is_open(ty) {
            return ty;
        }
        let node = self.node(ty).clone();
        let (kept, gone): (Vec<_>, Vec<_>) = node.vars.iter().copied().partition(|(v, _)| keep(*v));
        let mut parts: Vec<Part> =
            node.parts.iter().map(|p| self.map_part(p, &mut |types, t| types.close_vars(t, keep))).collect();
        for part in &mut parts {
            if let Part::Arrow(arrow) = part {
                let eff = self.effects.close(arrow.eff, keep);
                Rc::make_mut(arrow).eff = eff;
            }
        }
        let rest = self.make(Node { kinds: node.kinds, parts, vars: kept });
        gone.into_iter().fold(rest, |ty, (_, bound)| self.union(ty, bound))
    }

    fn map_part(&mut self, part: &Part, f: &mut dyn FnMut(&mut Types, Ty) -> Ty) -> Part {
        match part {
            Part::Cons(t) => Part::Cons(f(self, *t)),
            Part::Set(t) => Part::Set(f(self, *t)),
            Part::Promise(t) => Part::Promise(f(self, *t)),
            Part::Channel(t) => Part::Channel(f(self, *t)),
            Part::Dict(k, v) => Part::Dict(f(self, *k), f(self, *v)),
            Part::Tuple(items) => Part::Tuple(items.iter().map(|t| f(self, *t)).collect()),
            Part::Data { ty, ctors, args } => {
                Part::Data { ty: *ty, ctors: ctors.clone(), args: args.iter().map(|t| f(self, *t)).collect() }
            }
            Part::Fn(id, env) => Part::Fn(*id, env.iter().map(|(v, t)| (*v, f(self, *t))).collect()),
            Part::Arrow(a) => Part::Arrow(Rc::new(Arrow {
                params: a.params.iter().map(|t| f(self, *t)).collect(),
                rest: a.rest.map(|t| f(self, t)),
                result: f(self, a.result),
                eff: a.eff,
            })),
        }
    }

    /// The type with variables replaced by their values, where they have one.
    pub fn subst(&mut self, ty: Ty, with: &Subst) -> Ty {
        if !self.is_open(ty) {
            return ty;
        }
        let node = self.node(ty).clone();
        let mut parts = Vec::with_capacity(node.parts.len());
        for part in &node.parts {
            let mut part = self.map_part(part, &mut |types, t| types.subst(t, with));
            if let Part::Arrow(arrow) = &mut part {
                let eff = self.effects.subst(arrow.eff, with.effects);
                Rc::make_mut(arrow).eff = eff;
            }
            parts.push(part);
        }
        // Parts that were told apart by their variables may be alike now.
        let mut merged = Vec::with_capacity(parts.len());
        parts.iter().for_each(|p| self.add_part(&mut merged, p));
        let mut out = self.make(Node { kinds: node.kinds, parts: merged, vars: Vec::new() });
        for (var, bound) in &node.vars {
            let value = match with.types.iter().find(|(v, _)| v == var) {
                Some((_, value)) => self.meet(*value, *bound),
                None => self.of_var(*var, *bound),
            };
            out = self.union(out, value);
        }
        out
    }
}

impl Types {
    /// Whether types without common values differ by what a type of the language says, or by their parts. If not, a `match`
    /// leaves out a constructor, a size of Tuples, one of the Bools, or the empty List: which is for run time to tell.
    pub fn differ_in_type(&mut self, a: Ty, b: Ty) -> bool {
        let (a, b) = (self.close(a), self.close(b));
        let (x, y) = (self.node(a), self.node(b));
        let shaped = Kinds::DATA.or(Kinds::TUPLE);
        if x.kinds.and(y.kinds).without(shaped).is_empty()
            == whole(x.kinds).and(whole(y.kinds)).without(shaped).is_empty()
        {
            let mut pairs = x.parts.iter().flat_map(|p| y.parts.iter().map(move |q| (p, q)));
            return !pairs.any(|(p, q)| match (p, q) {
                (Part::Data { ty, ctors, .. }, Part::Data { ty: other, ctors: others, .. }) => {
                    ty == other && !ctors.iter().any(|c| others.contains(c))
                }
                (Part::Tuple(items), Part::Tuple(others)) => items.len() != others.len(),
                _ => false,
            });
        }
        false
    }
}

/// With all Bools and Lists where there are some.
fn whole(kinds: Kinds) -> Kinds {
    let groups = [Kinds::BOOL, Kinds::LIST].into_iter().filter(|group| kinds.meets(*group));
    groups.fold(kinds, Kinds::or)
}

/// The kinds that no part narrows.
fn whole_kinds(node: &Node) -> Kinds {
    node.parts.iter().fold(node.kinds, |k, p| k.without(p.kind()))
}
