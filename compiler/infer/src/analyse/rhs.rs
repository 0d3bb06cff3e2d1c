//! What statements compute.

use super::call::FUEL;
use super::refine::Fact;
use super::{Analysis, Slot};
use crate::effects::Taken;
use crate::findings::Finding;
use crate::prims::{self, Info};
use crate::scheme::{Callee as Who, Proj, Why};
use crate::types::{FnId, Kinds, Part, Ty, TyVar, Types};
use cl_abi::prims::{PrimId, Result};
use cl_core::ir::{Atom, Clause, Cond, Effect, Handle, Mode, Rhs, Target, VarId};
use cl_text::Span;

impl<'p> Analysis<'p> {
    pub(super) fn statement(&mut self, var: VarId, rhs: &'p Rhs, span: Span) {
        let why = Why::Made { span, by: None };
        let (ty, why) = match rhs {
            Rhs::Atom(a) => (self.atom(*a), self.why(*a)),
            Rhs::Prim(prim, args) => (self.prim(var, *prim, args, span), Some(why)),
            Rhs::Call(callee, args) => {
                let outcome = self.call(callee, args, span);
                if let Some(fact) = outcome.fact {
                    self.set_fact(var, fact);
                }
                (outcome.result, Some(Why::Made { span, by: outcome.name }))
            }
            Rhs::Apply(f, list) => (self.apply(*f, *list, span), Some(why)),
            Rhs::Construct(ctor, args) => {
                let args: Vec<Ty> = args.iter().map(|a| self.atom(*a)).collect();
                (self.construct(*ctor, &args), Some(why))
            }
            Rhs::Tuple(args) => {
                let items = args.iter().map(|a| self.atom(*a)).collect();
                (self.types.of_part(Part::Tuple(items)), Some(why))
            }
            Rhs::IsCtor(ctor, a) => self.condition(var, Cond::IsCtor(*ctor, *a)),
            Rhs::IsTuple(size, a) => self.condition(var, Cond::IsTuple(*size, *a)),
            Rhs::Field(index, a) => (self.field_of(*index, *a), None),
            Rhs::Closures { .. } => (Types::ANY, None),
            Rhs::NewCell(a) => (self.new_cell(var, *a), None),
            Rhs::GetCell(a) => (self.get_cell(*a), None),
            Rhs::SetCell(cell, a) => (self.set_cell(*cell, *a), None),
            Rhs::GetGlobal(g) => (self.globals[g.index()], Some(Why::Global(*g))),
            Rhs::SetGlobal(g, a) => {
                let ty = self.atom(*a);
                let ty = self.types.close(ty);
                self.stored[g.index()].grow(&mut self.types, ty);
                (self.types.of_kinds(Kinds::NIL), None)
            }
            Rhs::Effect(effect) => (self.effect(effect, span), Some(why)),
        };
        self.frame.tested = None;
        self.define(var, ty);
        self.whys[var.index()] = why;
        if ty == Types::NEVER {
            self.dead_after(span);
        }
    }

    fn condition(&mut self, var: VarId, cond: Cond) -> (Ty, Option<Why>) {
        self.set_fact(var, Fact::Cond(cond));
        (self.types.of_kinds(Kinds::BOOL), None)
    }

    /// Word `index` of a Tuple or constructor value that a test has shown to be one.
    fn field_of(&mut self, index: usize, atom: Atom) -> Ty {
        let ty = self.atom(atom);
        let node = self.types.node(ty).clone();
        let shapes: Vec<Ty> = node.vars.iter().map(|(_, bound)| *bound).collect();
        let mut out = Types::NEVER;
        for shape in shapes.into_iter().chain([ty]) {
            let shape = self.types.node(shape).clone();
            if shape.kinds.meets(Kinds::TUPLE.or(Kinds::DATA)) && shape.parts.is_empty() {
                return Types::ANY;
            }
            for part in &shape.parts {
                let projections: Vec<Proj> = match part {
                    Part::Tuple(items) if items.len() > index => {
                        vec![Proj::TupleItem { size: items.len() as u32, index: index as u32 }]
                    }
                    Part::Data { ctors, .. } => {
                        ctors.iter().map(|c| Proj::Field { ctor: *c, index: index as u32 }).collect()
                    }
                    _ => vec![],
                };
                for proj in projections {
                    let part = self.project(ty, proj);
                    out = self.types.union(out, part);
                }
            }
        }
        // Nothing is known to be there: the code is dead, or the test is not one that is followed.
        if out == Types::NEVER && !self.frame.muted { Types::ANY } else { out }
    }

    // ---------------------------------------------------------------- cells

    fn new_cell(&mut self, cell: VarId, content: Atom) -> Ty {
        let ty = self.atom(content);
        let owner = self.frame.id;
        let ty = self.visible_in(ty, owner);
        let (slot, _) = self.cells.entry(cell).or_insert((Slot { ty, changes: 0 }, owner));
        self.cell_changes += u64::from(slot.grow(&mut self.types, ty));
        Types::ANY
    }

    fn get_cell(&mut self, cell: Atom) -> Ty {
        match cell {
            Atom::Var(v) if !self.given_up => self.cells.get(&v).map_or(Types::ANY, |(slot, _)| slot.ty),
            _ => Types::ANY,
        }
    }

    fn set_cell(&mut self, cell: Atom, content: Atom) -> Ty {
        let ty = self.atom(content);
        if let Atom::Var(v) = cell
            && let Some((_, owner)) = self.cells.get(&v)
        {
            let ty = self.visible_in(ty, *owner);
            if let Some((slot, _)) = self.cells.get_mut(&v) {
                self.cell_changes += u64::from(slot.grow(&mut self.types, ty));
            }
        }
        self.types.of_kinds(Kinds::NIL)
    }

    /// The type without variables of functions inside the one that it is for.
    fn visible_in(&mut self, ty: Ty, owner: FnId) -> Ty {
        let (table, vars) = (self.table, &self.vars);
        self.types.close_vars(ty, &|v: TyVar| table.is_inside(owner, vars[v.index()].owner))
    }

    // ---------------------------------------------------------------- primitives

    fn prim(&mut self, var: VarId, prim: PrimId, args: &[Atom], span: Span) -> Ty {
        let info = prims::info(prim);
        self.check_prim(prim, info, args, span);
        if let Some(op) = info.op {
            let eff = self.types.effects.of_name(op);
            self.add_effects(eff, span, None, &[]);
        }
        let row = prim.get();
        if row.result == Result::Bool {
            self.set_fact(var, Fact::Cond(Cond::Prim(prim, args.to_vec(), span)));
        }
        match row.name {
            "%raise" | "%reraise" => {
                if row.name == "%raise" {
                    let eff = self.types.effects.of_name("error:raise");
                    self.add_effects(eff, span, None, &[]);
                }
                self.exit_by_raise();
                Types::NEVER
            }
            "%annotation-error" => {
                self.annotation(args, span);
                Types::NEVER
            }
            _ if info.fails => Types::NEVER,
            _ if row.result == Result::Never => {
                self.exit_by_raise();
                Types::NEVER
            }
            _ => self.prim_result(var, prim, args),
        }
    }

    fn prim_result(&mut self, var: VarId, prim: PrimId, args: &[Atom]) -> Ty {
        let types: Vec<Ty> = args.iter().map(|a| self.atom(*a)).collect();
        match prim.get().name {
            "%cons-unchecked" | "%cons" => {
                self.conses.insert(var, (args[0], args[1]));
                let rest = self.project(types[1], Proj::Item);
                let item = self.types.union(types[0], rest);
                self.types.of_part(Part::Cons(item))
            }
            "%head-unchecked" | "%head" | "%last" => self.project(types[0], Proj::Item),
            "%tail-unchecked" | "%tail" | "%list-reverse" | "%init" => {
                let item = self.project(types[0], Proj::Item);
                self.types.list(item)
            }
            "%list-append" | "%list-reverse-onto" => {
                let (a, b) = (self.project(types[0], Proj::Item), self.project(types[1], Proj::Item));
                let item = self.types.union(a, b);
                self.types.list(item)
            }
            "%dict-new" => self.types.of_part(Part::Dict(Types::NEVER, Types::NEVER)),
            "%set-new" => self.types.of_part(Part::Set(Types::NEVER)),
            "%dict-set" => {
                let (k, v) = (self.project(types[0], Proj::Key), self.project(types[0], Proj::Value));
                let (k, v) = (self.types.union(k, types[1]), self.types.union(v, types[2]));
                self.types.of_part(Part::Dict(k, v))
            }
            "%set-add" => {
                let item = self.project(types[0], Proj::Element);
                let item = self.types.union(item, types[1]);
                self.types.of_part(Part::Set(item))
            }
            "%dict-get" => {
                let value = self.project(types[0], Proj::Value);
                self.types.union(value, types[2])
            }
            "%dict-keys" | "%dict-values" => {
                let proj = if prim.get().name == "%dict-keys" { Proj::Key } else { Proj::Value };
                let item = self.project(types[0], proj);
                self.types.list(item)
            }
            "%set-to-list" => {
                let item = self.project(types[0], Proj::Element);
                self.types.list(item)
            }
            "%add" | "%sub" | "%mul" if types.iter().all(|t| self.types.within(*t, Kinds::INT)) => {
                self.types.of_kinds(Kinds::INT)
            }
            "%add" | "%sub" | "%mul" if types.iter().any(|t| self.types.within(*t, Kinds::FLOAT)) => {
                self.types.of_kinds(Kinds::FLOAT)
            }
            _ => self.types.of_kinds(prims::result_kinds(prim.get().result)),
        }
    }

    /// Operands that a primitive certainly fails on are found; those that it takes are known better after it.
    fn check_prim(&mut self, prim: PrimId, info: &Info, args: &[Atom], span: Span) {
        for (i, (atom, need)) in args.iter().zip(info.needs).enumerate() {
            let Some(kinds) = need else { continue };
            let need = self.types.of_kinds(kinds);
            let callee = Who::Named(prim.get().name.into());
            self.used_as(*atom, need, Why::Argument { span, callee, index: i as u32 });
        }
    }

    pub(super) fn check_cond(&mut self, cond: &Cond) {
        if let Cond::Prim(prim, args, span) = cond {
            self.check_prim(*prim, prims::info(*prim), args, *span);
        }
    }

    /// A promise is broken if its failure is reached for certain; else the check may stay.
    fn annotation(&mut self, args: &[Atom], span: Span) {
        let [value, expected, blame] = *args else { return };
        let Some((label, false)) = self.frame.tested else {
            return self.report(|_| Finding::Check { span, expected, blame });
        };
        let (ty, why) = (self.atom(value), self.why(value));
        self.report(|in_try| Finding::Annotation { span, value: ty, expected, blame, why, in_try });
        // What follows is walked as if the promise were kept by something unknown, so that this is told once.
        if let Atom::Var(var) = value {
            self.narrow(var, Types::ANY, None);
        }
        self.jump(label, &[]);
    }

    // ---------------------------------------------------------------- effects

    fn effect(&mut self, effect: &Effect, span: Span) -> Ty {
        match effect {
            Effect::Perform(op, args) => {
                let op = &self.core.ops[op.index()];
                let eff = self.types.effects.of_name(&op.name);
                let args: Vec<Ty> = args.iter().map(|a| self.atom(*a)).collect();
                self.add_effects(eff, span, None, &args);
                // A handler may end it, which is as good an end as any.
                if op.declared {
                    self.exit_by_raise();
                }
                Types::ANY
            }
            Effect::Handled(_) => self.types.of_kinds(Kinds::BOOL),
            Effect::Handle(handle) => self.handle(handle, span),
            Effect::Resume(_) | Effect::Leave(_) => Types::ANY,
            Effect::Resumption(handler) => {
                let handler = self.atom(*handler);
                self.fuel = FUEL;
                let used = self.call_value(handler, &[Types::ANY], None);
                self.add_effects(used.eff, span, None, &[handler]);
                if used.raises {
                    self.exit_by_raise();
                }
                Types::ANY
            }
        }
    }

    fn taken(&self, clause: &Clause) -> Taken {
        let name = match &clause.target {
            Target::Op(op) => self.core.ops[op.index()].name.clone(),
            Target::Kind(kind) => kind.clone(),
        };
        Taken { name, resumes: matches!(clause.mode, Mode::TailResumes { always: true }) }
    }

    fn handle(&mut self, handle: &Handle, span: Span) -> Ty {
        let body = self.atom(handle.body);
        self.fuel = FUEL;
        let inside = self.call_value(body, &[], None);
        let taken: Vec<Taken> = handle.clauses.iter().map(|c| self.taken(c)).collect();
        let mut eff = self.types.effects.handled(inside.eff, &taken);
        let mut result = inside.result;
        if let Some(ret) = handle.ret {
            let ret = self.atom(ret);
            let outcome = self.call_value(ret, &[result], None);
            result = outcome.result;
            eff = self.types.effects.union(eff, outcome.eff);
        }
        for clause in &handle.clauses {
            let func = self.atom(clause.func);
            // Its arguments are of the performer's making.
            let outcome = self.call_with_any(func);
            eff = self.types.effects.union(eff, outcome.eff);
            result = match clause.mode {
                Mode::Aborts | Mode::General => self.types.union(result, outcome.result),
                Mode::TailResumes { .. } => Types::ANY,
            };
        }
        let mut reached = vec![body];
        reached
            .extend(handle.clauses.iter().map(|c| c.func).chain(handle.ret).map(|a| self.atom(a)).collect::<Vec<_>>());
        self.add_effects(eff, span, None, &reached);
        if result == Types::NEVER {
            self.exit_by_raise();
        }
        result
    }
}
