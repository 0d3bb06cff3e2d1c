//! The analysis: a forward fixpoint over the whole flat program, starting from nothing known to be possible. Parameters
//! of functions that are only called directly get the union over their calls, join parameters the union over the jumps,
//! results of functions and contents of globals likewise. Branches narrow variables while the walk is in them.
//!
//! Ranges grow by ever larger steps (widening), so that each variable changes a bounded number of times.

use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_abi::prims::PrimId;
use cl_core::ir::{
    Atom, Block, Callee, Cond, CtorId, Func, FuncId, GlobalId, GlobalKind, Join, LabelId, Program, Rhs, Stmt, Term,
    VarId,
};
use std::collections::VecDeque;

use super::{Bits, Ctors, KindSet, Kinds, datum_bits, refine, transfer};
use crate::ops::Op;
use crate::visit::{each_block, rhs_atoms, term_atoms};

pub(super) fn analyse(program: &Program) -> Kinds {
    let mut analysis = Analysis::new(program);
    analysis.prepare();
    if let Some(entry) = program.entry {
        analysis.enqueue(entry);
    }
    while let Some(func) = analysis.queue.pop_front() {
        analysis.queued[func.index()] = false;
        analysis.function(func);
    }
    let Analysis { mut kinds, .. } = analysis;
    // Code that was never reached, should it run all the same, runs on anything.
    kinds.vars.iter_mut().filter(|k| k.bits.is_empty()).for_each(|k| *k = KindSet::ANY);
    kinds
}

struct Analysis<'p> {
    program: &'p Program,
    ctors: Ctors,
    kinds: Kinds,
    /// By variable: how often its set grew.
    growth: Vec<u8>,
    /// What branches around the walk know of a variable.
    narrowed: Vec<Option<KindSet>>,
    trail: Vec<(VarId, Option<KindSet>)>,
    results: Vec<KindSet>,
    result_growth: Vec<u8>,
    globals: Vec<KindSet>,
    global_growth: Vec<u8>,
    /// By constructor and field: what is put into it anywhere.
    fields: Vec<Vec<(KindSet, u8)>>,
    /// Who is to be walked again when a result, a global or a constructor's field grows.
    callers: Vec<Vec<FuncId>>,
    readers: Vec<Vec<FuncId>>,
    field_readers: Vec<Vec<FuncId>>,
    visited: Vec<bool>,
    queue: VecDeque<FuncId>,
    queued: Vec<bool>,
    /// By variable.
    compared_with_undef: Vec<bool>,
    current: FuncId,
    /// Parameters of the joins in scope.
    joins: Vec<&'p [VarId]>,
    walked_joins: Vec<bool>,
    /// A join that the walk had been through got more.
    again: bool,
}

impl<'p> Analysis<'p> {
    fn new(program: &'p Program) -> Self {
        let (vars, funcs, globals) = (program.vars.len(), program.funcs.len(), program.globals.len());
        let data = program.data.iter().map(datum_bits).collect();
        Analysis {
            program,
            ctors: Ctors::of(program),
            kinds: Kinds { vars: vec![KindSet::NONE; vars], data },
            growth: vec![0; vars],
            narrowed: vec![None; vars],
            trail: Vec::new(),
            results: vec![KindSet::NONE; funcs],
            result_growth: vec![0; funcs],
            globals: vec![KindSet::of(Bits::UNDEF); globals],
            global_growth: vec![0; globals],
            fields: program.ctors.iter().map(|c| vec![(KindSet::NONE, 0); c.fields.len()]).collect(),
            callers: vec![Vec::new(); funcs],
            readers: vec![Vec::new(); globals],
            field_readers: vec![Vec::new(); program.ctors.len()],
            visited: vec![false; funcs],
            queue: VecDeque::new(),
            queued: vec![false; funcs],
            compared_with_undef: vec![false; vars],
            current: FuncId(0),
            joins: vec![&[]; program.label_count as usize],
            walked_joins: vec![false; program.label_count as usize],
            again: false,
        }
    }

    /// One walk before the analysis: functions that may be called from anywhere take anything.
    fn prepare(&mut self) {
        let program = self.program;
        for global in &program.globals {
            match &global.kind {
                GlobalKind::Slot => {}
                GlobalKind::Func(f) => self.escape(*f),
                GlobalKind::Multi(clauses) => clauses.iter().for_each(|f| self.escape(*f)),
            }
        }
        for func in &program.funcs {
            each_block(&func.body, &mut |block| self.prepare_block(block));
        }
    }

    fn prepare_block(&mut self, block: &Block) {
        for stmt in &block.stmts {
            if let Stmt::Let { rhs, .. } = stmt {
                self.prepare_rhs(rhs);
            }
        }
        term_atoms(&block.term, &mut |a| self.prepare_atom(*a));
        if let Term::If { cond: Cond::Prim(prim, args, _), .. } = &block.term {
            self.prepare_test(*prim, args);
        }
    }

    fn prepare_rhs(&mut self, rhs: &Rhs) {
        rhs_atoms(rhs, &mut |a| self.prepare_atom(*a));
        match rhs {
            Rhs::Closures { funcs, rest: _ } => funcs.iter().for_each(|(f, _)| self.escape(*f)),
            Rhs::Prim(prim, args) => self.prepare_test(*prim, args),
            _ => {}
        }
    }

    fn prepare_atom(&mut self, atom: Atom) {
        if let Atom::Func(f) = atom {
            self.escape(f);
        }
    }

    fn prepare_test(&mut self, prim: PrimId, args: &[Atom]) {
        if let (Op::Same, [Atom::Var(v), Atom::Undef] | [Atom::Undef, Atom::Var(v)]) = (Op::of(prim), args) {
            self.compared_with_undef[v.index()] = true;
        }
    }

    fn escape(&mut self, func: FuncId) {
        let callee = &self.program.funcs[func.index()];
        for param in &callee.params {
            self.kinds.vars[param.index()] = KindSet::ANY;
        }
        if let (true, Some(rest)) = (callee.variadic, callee.params.last()) {
            self.kinds.vars[rest.index()] = KindSet::of(Bits::LIST);
        }
        self.enqueue(func);
    }

    fn enqueue(&mut self, func: FuncId) {
        if !std::mem::replace(&mut self.queued[func.index()], true) {
            self.queue.push_back(func);
        }
    }

    fn function(&mut self, id: FuncId) {
        let func: &'p Func = &self.program.funcs[id.index()];
        self.current = id;
        self.visited[id.index()] = true;
        loop {
            self.again = false;
            self.block(&func.body);
            if !self.again {
                return;
            }
        }
    }

    /// What is known of an atom here.
    fn of(&self, atom: Atom) -> KindSet {
        match atom {
            Atom::Var(v) => self.narrowed[v.index()].unwrap_or(self.kinds.vars[v.index()]),
            _ => self.kinds.of_atom(atom),
        }
    }

    /// Also where the set is no smaller now: it may grow while the walk is here, and then what a branch knows counts.
    fn narrow(&mut self, atom: Atom, to: KindSet) {
        if let Atom::Var(v) = atom {
            let old = self.narrowed[v.index()].replace(to);
            self.trail.push((v, old));
        }
    }

    fn forget(&mut self, mark: usize) {
        while self.trail.len() > mark {
            let (var, old) = self.trail.pop().expect("longer than the mark");
            self.narrowed[var.index()] = old;
        }
    }

    /// Adds to what a variable may be; whether that is new.
    fn grow(&mut self, var: VarId, by: KindSet) -> bool {
        grow(&mut self.kinds.vars[var.index()], &mut self.growth[var.index()], by)
    }

    fn block(&mut self, block: &'p Block) {
        let mut joins: Vec<(usize, &'p Join)> = Vec::new();
        let start = self.trail.len();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span: _ } => self.binding(*var, rhs),
                Stmt::Join(join) => {
                    self.joins[join.label.index()] = &join.params;
                    self.walked_joins[join.label.index()] = false;
                    joins.push((self.trail.len(), join));
                }
                Stmt::Funs(_) => unreachable!("the program is flat"),
            }
        }
        self.term(&block.term);
        // A later join may jump to an earlier one.
        for (mark, join) in joins.into_iter().rev() {
            self.forget(mark);
            self.walked_joins[join.label.index()] = true;
            self.block(&join.body);
        }
        self.forget(start);
    }

    fn binding(&mut self, var: VarId, rhs: &'p Rhs) {
        let known = match rhs {
            Rhs::Atom(a) => self.of(*a),
            Rhs::Prim(prim, args) => {
                let kinds: Vec<KindSet> = args.iter().map(|a| self.of(*a)).collect();
                self.succeeded(*prim, args, &kinds);
                transfer::result(*prim, &kinds)
            }
            Rhs::Call(callee, args) => self.call(callee, args),
            Rhs::Apply(..) | Rhs::GetCell(_) | Rhs::Effect(_) => KindSet::ANY,
            Rhs::Field(index, value) => self.field(*index, *value),
            Rhs::Construct(ctor, args) => {
                self.construct(*ctor, args);
                KindSet::constructor(Bits::DATA, *ctor)
            }
            Rhs::Tuple(_) => KindSet::of(Bits::TUPLE),
            Rhs::IsCtor(..) | Rhs::IsTuple(..) => KindSet::of(Bits::BOOL),
            Rhs::Closures { funcs, rest } => {
                // They may capture each other.
                for v in std::iter::once(&var).chain(rest) {
                    self.grow(*v, KindSet::of(Bits::CLOSURE));
                }
                self.closures(funcs);
                KindSet::of(Bits::CLOSURE)
            }
            Rhs::NewCell(_) => KindSet::of(Bits::CELL),
            Rhs::SetCell(..) => KindSet::of(Bits::NIL),
            // Lowering leaves the test out where the definition certainly ran before.
            Rhs::GetGlobal(g) if self.compared_with_undef[var.index()] => self.read(*g),
            Rhs::GetGlobal(g) => self.read(*g).limit(Bits::ALL.without(Bits::UNDEF)),
            Rhs::SetGlobal(g, value) => {
                self.write(*g, *value);
                KindSet::of(Bits::NIL)
            }
        };
        self.grow(var, known);
    }

    /// Takes in that a primitive did not raise.
    fn succeeded(&mut self, prim: PrimId, args: &[Atom], kinds: &[KindSet]) {
        for (i, arg) in args.iter().enumerate() {
            let narrowed = kinds[i].intersection(transfer::required(prim, kinds, i));
            if narrowed != kinds[i] {
                self.narrow(*arg, narrowed);
            }
        }
    }

    fn read(&mut self, global: GlobalId) -> KindSet {
        let readers = &mut self.readers[global.index()];
        if readers.last() != Some(&self.current) {
            readers.push(self.current);
        }
        self.globals[global.index()]
    }

    fn write(&mut self, global: GlobalId, value: Atom) {
        let i = global.index();
        let value = self.of(value);
        if grow(&mut self.globals[i], &mut self.global_growth[i], value) {
            for reader in std::mem::take(&mut self.readers[i]) {
                self.enqueue(reader);
            }
        }
    }

    fn construct(&mut self, ctor: CtorId, args: &[Atom]) {
        for (i, arg) in args.iter().enumerate() {
            let value = self.of(*arg);
            let Some((known, growth)) = self.fields[ctor.index()].get_mut(i) else { continue };
            if grow(known, growth, value) {
                for reader in std::mem::take(&mut self.field_readers[ctor.index()]) {
                    self.enqueue(reader);
                }
            }
        }
    }

    /// Only compiled code makes values of constructors, so what it puts in is all that can come out.
    fn field(&mut self, index: usize, value: Atom) -> KindSet {
        let value = self.of(value);
        if !value.bits.within(Bits::DATA) {
            return KindSet::ANY;
        }
        let Some(members) = value.ctors.members() else { return KindSet::ANY };
        let mut found = KindSet::NONE;
        for ctor in members.filter(|c| c.index() < self.fields.len()) {
            if let Some((known, _)) = self.fields[ctor.index()].get(index) {
                found = found.union(*known);
                let readers = &mut self.field_readers[ctor.index()];
                if readers.last() != Some(&self.current) {
                    readers.push(self.current);
                }
            }
        }
        found
    }

    fn closures(&mut self, funcs: &'p [(FuncId, Vec<Atom>)]) {
        for (func, captured) in funcs {
            let captures: &'p [VarId] = &self.program.funcs[func.index()].captures;
            let mut grown = false;
            for (var, value) in captures.iter().zip(captured) {
                let value = self.of(*value);
                grown |= self.grow(*var, value);
            }
            if grown && self.visited[func.index()] {
                self.enqueue(*func);
            }
        }
    }

    fn call(&mut self, callee: &Callee, args: &[Atom]) -> KindSet {
        let (Callee::Func(func) | Callee::Known(func, _)) = callee else { return KindSet::ANY };
        let params: &'p [VarId] = &self.program.funcs[func.index()].params;
        let mut grown = !self.visited[func.index()];
        for (param, arg) in params.iter().zip(args) {
            let arg = self.of(*arg);
            grown |= self.grow(*param, arg);
        }
        if grown {
            self.enqueue(*func);
        }
        let callers = &mut self.callers[func.index()];
        if callers.last() != Some(&self.current) {
            callers.push(self.current);
        }
        self.results[func.index()]
    }

    fn returns(&mut self, value: KindSet) {
        let i = self.current.index();
        if grow(&mut self.results[i], &mut self.result_growth[i], value) {
            for caller in std::mem::take(&mut self.callers[i]) {
                self.enqueue(caller);
            }
        }
    }

    fn term(&mut self, term: &'p Term) {
        match term {
            Term::Return(a) => self.returns(self.of(*a)),
            Term::TailCall(callee, args, _) => {
                let result = self.call(callee, args);
                self.returns(result);
            }
            Term::TailApply(..) => self.returns(KindSet::ANY),
            Term::Jump(label, args) => self.jump(*label, args),
            Term::If { cond, then, otherwise } => {
                self.arm(cond, true, then);
                self.arm(cond, false, otherwise);
            }
            Term::Try { body, error, handler } => {
                let mark = self.trail.len();
                self.block(body);
                self.forget(mark);
                self.grow(*error, KindSet::ANY);
                self.block(handler);
                self.forget(mark);
            }
            Term::Unreachable => {}
        }
    }

    fn arm(&mut self, cond: &'p Cond, taken: bool, block: &'p Block) {
        let mark = self.trail.len();
        if let Cond::Prim(prim, args, _) = cond {
            let kinds: Vec<KindSet> = args.iter().map(|a| self.of(*a)).collect();
            self.succeeded(*prim, args, &kinds);
        }
        let mut learnt = Vec::new();
        refine::by_condition(self.ctors, cond, taken, &|a| self.of(a), &mut |a, k| learnt.push((a, k)));
        learnt.into_iter().for_each(|(a, k)| self.narrow(a, k));
        self.block(block);
        self.forget(mark);
    }

    fn jump(&mut self, label: LabelId, args: &[Atom]) {
        let params = self.joins[label.index()];
        for (param, arg) in params.iter().zip(args) {
            let arg = self.of(*arg);
            if self.grow(*param, arg) && self.walked_joins[label.index()] {
                self.again = true;
            }
        }
    }
}

/// After so many growths a range grows to the next of [`STEPS`].
const EXACT_GROWTHS: u8 = 3;
/// After so many, to all fixnums.
const STEPPED_GROWTHS: u8 = 12;
/// Bounds that ranges have in practice: signs, masks, sizes.
const STEPS: [i64; 8] = [0, 255, 65_535, (1 << 24) - 1, (1 << 31) - 1, (1 << 32) - 1, 1 << 48, FIXNUM_MAX];

fn grow(set: &mut KindSet, growth: &mut u8, by: KindSet) -> bool {
    let mut union = set.union(by);
    if union == *set {
        return false;
    }
    *growth = growth.saturating_add(1);
    if *growth > EXACT_GROWTHS && !union.bits.and(Bits::FIXNUM).is_empty() {
        let far = *growth > STEPPED_GROWTHS;
        if union.max > set.max {
            union.max = if far { FIXNUM_MAX } else { step_up(union.max) };
        }
        if union.min < set.min {
            union.min = if far || union.min < 0 { FIXNUM_MIN } else { 0 };
        }
    }
    *set = union;
    true
}

fn step_up(max: i64) -> i64 {
    STEPS.into_iter().find(|s| *s >= max).unwrap_or(FIXNUM_MAX)
}
