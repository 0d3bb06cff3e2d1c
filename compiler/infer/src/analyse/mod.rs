//! The analysis: an abstract interpretation of nested Core, function by function, callees first.
//!
//! Each function gets a [`Scheme`]. Functions that call each other, loops and assigned variables are solved by repeating
//! until nothing grows; what is found (schemes, types of loop variables, contents of cells) is kept from one round to the
//! next, so that nested repetitions do not multiply. Code that types show to be dead is walked all the same, *muted*: it
//! reports nothing and ends in nothing, but its effects count. Thus no mistake about types hides an effect.

mod block;
mod call;
mod data;
mod instantiate;
mod joins;
mod refine;
mod rhs;
mod signature;
mod solve;

use crate::effects::{Eff, OpName};
use crate::findings::Finding;
use crate::scheme::{Derive, Scheme, Why};
use crate::table::Table;
use crate::types::{DataType, FnId, Ty, TyVar, Types};
use cl_core::ir::{Atom, DataId, LabelId, Program, VarId};
use cl_lang::hir;
use cl_text::Span;
use joins::{JoinState, LoopFrame};
use refine::Fact;
use std::collections::{BTreeMap, HashMap};
use std::mem;
use std::rc::Rc;

/// Where an operation of a function comes from.
#[derive(Clone, Copy, Debug)]
pub struct Site {
    /// The call, or the operation itself.
    pub span: Span,
    /// The function called there that does it; none where the operation itself stands there.
    pub via: Option<FnId>,
}

/// Where a type variable comes from.
pub struct VarInfo {
    pub owner: FnId,
    /// How many steps it is away from a parameter.
    pub depth: u8,
}

/// Something that only grows.
#[derive(Clone, Copy)]
pub struct Slot {
    pub ty: Ty,
    pub changes: u8,
}

impl Slot {
    pub const EMPTY: Slot = Slot { ty: Types::NEVER, changes: 0 };

    /// Adds values; whether it has grown. What grows again and again loses its parts, then becomes anything.
    pub fn grow(&mut self, types: &mut Types, ty: Ty) -> bool {
        let new = types.union(self.ty, ty);
        if new == self.ty {
            return false;
        }
        self.changes += 1;
        self.ty = match self.changes {
            0..=4 => new,
            5..=6 => {
                let kinds = types.kinds(new);
                types.of_kinds(kinds)
            }
            _ => Types::ANY,
        };
        true
    }
}

/// The function that is being walked.
struct Frame {
    id: FnId,
    params: Vec<VarId>,
    /// What the parameters are at the ends met so far.
    exits: Option<Vec<Ty>>,
    when_true: Vec<Ty>,
    when_false: Vec<Ty>,
    whys: Vec<Option<Why>>,
    result: Ty,
    eff: Eff,
    raises: bool,
    muted: bool,
    /// The place is inside a `try` of this function.
    in_try: bool,
    /// Errors raised here are caught in this function.
    caught: bool,
    /// The call after which nothing is reached, until that is reported.
    dead_after: Option<Span>,
    loops: Vec<LoopFrame>,
    joins: u32,
    /// After tests of an annotation: where the ones before jump on, and whether one of them may succeed.
    tested: Option<(LabelId, bool)>,
}

pub struct Analysis<'p> {
    pub hir: &'p hir::Program,
    pub core: &'p Program,
    pub table: &'p Table<'p>,
    pub types: Types,
    pub schemes: Vec<Rc<Scheme>>,
    /// The schemes of the analysis before, for functions that are reached through a variable before they are analysed.
    before: Vec<Rc<Scheme>>,
    /// By function: it was analysed.
    done: Vec<bool>,
    pub vars: Vec<VarInfo>,
    /// By function: where each operation of it comes from; `None` stands for calls of unknown functions.
    pub sources: Vec<BTreeMap<Option<OpName>, Site>>,
    pub findings: Vec<Finding>,
    /// By global: what it may hold, as known before.
    globals: Vec<Ty>,
    /// By global: what is stored.
    pub stored: Vec<Slot>,
    derived: HashMap<(FnId, Derive), TyVar>,
    /// By derived variable: its definition in its function's scheme.
    definitions: HashMap<TyVar, usize>,
    /// By variable.
    env: Vec<Ty>,
    whys: Vec<Option<Why>>,
    facts: Vec<Option<Rc<Fact>>>,
    /// Variables that a test or a use told more about, with what was known before.
    trail: Vec<(VarId, Ty, Option<Why>)>,
    /// Lists made item by item, for calls of variadic functions.
    conses: HashMap<VarId, (Atom, Atom)>,
    cells: HashMap<VarId, (Slot, FnId)>,
    /// Counts changes of cells.
    cell_changes: u64,
    heads: HashMap<LabelId, Vec<Slot>>,
    joins: HashMap<LabelId, JoinState>,
    literals: HashMap<DataId, Ty>,
    /// By constructor.
    data_types: Vec<DataType>,
    data_by_name: HashMap<Rc<str>, DataType>,
    /// By function: it is being solved, what is known of it is not all.
    active: Vec<bool>,
    /// Some function was used while it was active.
    recursive: bool,
    /// A function that was used while active has grown.
    grown: bool,
    /// Everything of the component is known; it is walked once more to report.
    settled: bool,
    /// Nothing is followed any more.
    given_up: bool,
    /// Uses of schemes that the evaluation of one call may still make.
    fuel: u32,
    memo: HashMap<instantiate::Use, (Ty, Eff)>,
    frame: Frame,
    /// Walk the bodies of functions with signatures too, and enter here what their signatures do not declare.
    pub undeclared: Option<Vec<String>>,
    /// Blocks walked, for tests that bound the work.
    pub blocks: u64,
}

/// What a second analysis takes over from the first.
struct Known {
    types: Types,
    vars: Vec<VarInfo>,
    derived: HashMap<(FnId, Derive), TyVar>,
    schemes: Vec<Rc<Scheme>>,
}

impl<'p> Analysis<'p> {
    pub fn new(hir: &'p hir::Program, core: &'p Program, table: &'p Table<'p>) -> Analysis<'p> {
        let globals = vec![Types::ANY; core.globals.len()];
        let mut vars = Vec::new();
        for (i, f) in table.fns.iter().enumerate() {
            vars.extend(f.func.params.iter().map(|_| VarInfo { owner: FnId(i as u32), depth: 0 }));
        }
        Analysis::with(
            hir,
            core,
            table,
            globals,
            Known { types: Types::new(), vars, derived: HashMap::new(), schemes: Vec::new() },
        )
    }

    /// `globals`: what each top-level variable may hold.
    fn with(
        hir: &'p hir::Program,
        core: &'p Program,
        table: &'p Table<'p>,
        globals: Vec<Ty>,
        known: Known,
    ) -> Analysis<'p> {
        let count = core.vars.len();
        let mut analysis = Analysis {
            hir,
            core,
            table,
            types: known.types,
            schemes: Vec::new(),
            before: known.schemes,
            done: vec![false; table.fns.len()],
            vars: known.vars,
            sources: vec![BTreeMap::new(); table.fns.len()],
            findings: Vec::new(),
            stored: vec![Slot::EMPTY; globals.len()],
            globals,
            derived: known.derived,
            definitions: HashMap::new(),
            env: vec![Types::ANY; count],
            whys: vec![None; count],
            facts: vec![None; count],
            trail: Vec::new(),
            conses: HashMap::new(),
            cells: HashMap::new(),
            cell_changes: 0,
            heads: HashMap::new(),
            joins: HashMap::new(),
            literals: HashMap::new(),
            data_by_name: core.ctors.iter().zip(data_types(core)).map(|(c, t)| (c.type_name.clone(), t)).collect(),
            data_types: data_types(core),
            active: vec![false; table.fns.len()],
            recursive: false,
            grown: false,
            settled: false,
            given_up: false,
            fuel: 0,
            memo: HashMap::new(),
            frame: Frame::new(FnId(0), Vec::new()),
            undeclared: None,
            blocks: 0,
        };
        let mut vars = (0..).map(TyVar);
        for function in &table.fns {
            let params = function.func.params.iter().zip(&mut vars).map(|(_, v)| v).collect();
            analysis.schemes.push(Rc::new(Scheme::unknown(params)));
        }
        for i in 0..table.fns.len() {
            let eff = analysis.declared_effects(FnId(i as u32));
            Rc::make_mut(&mut analysis.schemes[i]).eff = eff;
        }
        analysis
    }

    /// Analyses the program again, knowing what its variables hold.
    pub fn again(self, stored: Vec<Ty>) -> Analysis<'p> {
        // A variable that nothing stores in is never read, or the compiler does not see how.
        let globals = stored.into_iter().map(|t| if t == Types::NEVER { Types::ANY } else { t }).collect();
        // What they hold is told in types, and type variables, of this analysis.
        let known = Known { types: self.types, vars: self.vars, derived: self.derived, schemes: self.schemes };
        let mut again = Analysis::with(self.hir, self.core, self.table, globals, known);
        again.types.steps = 0;
        again.run();
        again
    }

    /// The name of a function, for people.
    pub fn name(&self, id: FnId) -> Rc<str> {
        let f = self.table.get(id);
        match f.global {
            Some(g) => self.core.globals[g.index()].name.clone(),
            None => f.func.name.clone(),
        }
    }

    /// What is known of a variable where it is defined.
    pub fn type_of(&self, var: VarId) -> Ty {
        self.env[var.index()]
    }

    /// What is known of a function; none if it is reached before anything is.
    fn scheme(&self, id: FnId) -> Option<Rc<Scheme>> {
        let i = id.index();
        if self.done[i] || self.active[i] { Some(self.schemes[i].clone()) } else { self.before.get(i).cloned() }
    }

    fn new_var(&mut self, owner: FnId, depth: u8) -> TyVar {
        self.vars.push(VarInfo { owner, depth });
        TyVar(self.vars.len() as u32 - 1)
    }

    // ---------------------------------------------------------------- the environment

    fn atom(&mut self, atom: Atom) -> Ty {
        match atom {
            Atom::Var(v) => self.env[v.index()],
            _ => self.constant(atom),
        }
    }

    fn why(&self, atom: Atom) -> Option<Why> {
        match atom {
            Atom::Var(v) => self.whys[v.index()].clone(),
            _ => None,
        }
    }

    fn define(&mut self, var: VarId, ty: Ty) {
        self.env[var.index()] = ty;
        self.whys[var.index()] = None;
    }

    /// Says more of a variable until [`Analysis::undo`].
    fn narrow(&mut self, var: VarId, ty: Ty, why: Option<Why>) {
        let i = var.index();
        if self.env[i] != ty {
            let old = mem::replace(&mut self.env[i], ty);
            let why = if why.is_some() { mem::replace(&mut self.whys[i], why) } else { self.whys[i].clone() };
            self.trail.push((var, old, why));
        }
    }

    fn undo(&mut self, mark: usize) {
        while self.trail.len() > mark {
            if let Some((var, ty, why)) = self.trail.pop() {
                self.env[var.index()] = ty;
                self.whys[var.index()] = why;
            }
        }
    }

    // ---------------------------------------------------------------- ends of functions

    /// The function may end here; what its parameters are now is fine.
    fn exit(&mut self) {
        if self.frame.muted {
            return;
        }
        for l in &mut self.frame.loops {
            l.left = true;
        }
        let now = self.params_now();
        self.add_exit(now);
        for i in 0..self.frame.params.len() {
            let why = &self.whys[self.frame.params[i].index()];
            if self.frame.whys[i].is_none() && why.is_some() {
                self.frame.whys[i] = why.clone();
            }
        }
    }

    fn params_now(&self) -> Vec<Ty> {
        self.frame.params.iter().map(|p| self.env[p.index()]).collect()
    }

    fn add_exit(&mut self, now: Vec<Ty>) {
        let exits = match self.frame.exits.take() {
            None => now,
            Some(exits) => exits.into_iter().zip(now).map(|(a, b)| self.types.union(a, b)).collect(),
        };
        self.frame.exits = Some(exits);
    }

    /// The function may end here without a result, as it is meant to.
    fn exit_by_raise(&mut self) {
        if !self.frame.muted && !self.frame.caught {
            self.frame.raises = true;
            self.exit();
        }
    }

    fn returned(&mut self, atom: Atom) {
        let ty = self.atom(atom);
        if self.frame.muted || ty == Types::NEVER {
            return;
        }
        self.frame.result = self.types.union(self.frame.result, ty);
        self.exit();
        for truth in [true, false] {
            let mark = self.trail.len();
            if self.assume_truth(atom, truth) {
                let now = self.params_now();
                let side = if truth { &mut self.frame.when_true } else { &mut self.frame.when_false };
                side.iter_mut().zip(now).for_each(|(known, ty)| *known = self.types.union(*known, ty));
            }
            self.undo(mark);
        }
    }

    /// Adds effects of a call or operation to the function's, and remembers where new ones come from.
    fn add_effects(&mut self, eff: Eff, span: Span, via: Option<FnId>, args: &[Ty]) {
        let all = self.types.effects.union(self.frame.eff, eff);
        if all == self.frame.eff {
            return;
        }
        let set = self.types.effects.set(eff).clone();
        let id = self.frame.id.index();
        for op in &set.ops {
            if !self.sources[id].contains_key(&Some(*op)) {
                let via = self.who_performs(*op, via, args);
                self.sources[id].insert(Some(*op), Site { span, via });
            }
        }
        if set.unknown {
            self.sources[id].entry(None).or_insert(Site { span, via });
        }
        self.frame.eff = all;
    }

    /// The function among those that a call reaches that performs an operation.
    fn who_performs(&self, op: OpName, via: Option<FnId>, args: &[Ty]) -> Option<FnId> {
        let has = |f: &FnId| {
            let ops = &self.types.effects.set(self.schemes[f.index()].eff).ops;
            ops.iter().any(|o| o.here() == op.here())
        };
        via.filter(has).or_else(|| args.iter().flat_map(|t| self.types.functions(*t)).find(has)).or(via)
    }

    fn report(&mut self, finding: impl FnOnce(bool) -> Finding) {
        if !self.frame.muted && !self.table.get(self.frame.id).library {
            let finding = finding(self.frame.in_try);
            self.findings.push(finding);
        }
    }
}

impl Frame {
    fn new(id: FnId, params: Vec<VarId>) -> Frame {
        let count = params.len();
        Frame {
            id,
            params,
            exits: None,
            when_true: vec![Types::NEVER; count],
            when_false: vec![Types::NEVER; count],
            whys: vec![None; count],
            result: Types::NEVER,
            eff: Eff::NONE,
            raises: false,
            muted: false,
            in_try: false,
            caught: false,
            dead_after: None,
            loops: Vec::new(),
            joins: 0,
            tested: None,
        }
    }
}

/// The `data` type of each constructor: the constructors of a type are neighbours.
fn data_types(core: &Program) -> Vec<DataType> {
    let mut types: Vec<DataType> = Vec::new();
    for (i, ctor) in core.ctors.iter().enumerate() {
        let ty = match i.checked_sub(1) {
            Some(before) if core.ctors[before].type_name == ctor.type_name => types[before],
            _ => DataType(i as u32),
        };
        types.push(ty);
    }
    types
}
