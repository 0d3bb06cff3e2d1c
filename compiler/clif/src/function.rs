//! Code for one function: blocks, joins, branches, tries. Everything tagged that is live across a safepoint is in a stack
//! slot there (`safepoint.rs`); what the statements compute is in `rhs.rs` and `prim/`.

use crate::liveness::{Liveness, Safepoint};
use crate::program::ProgramCompiler;
use crate::state::{Place, SELF, State};
use cl_abi::prims::flags;
use cl_abi::{context, layout};
use cl_core::ir::*;
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    self, BlockArg, InstBuilder, MemFlagsData, SourceLoc, StackSlot, StackSlotData, StackSlotKind, Value, types::I64,
};
use cranelift_frontend::FunctionBuilder;
use cranelift_module::Module;
use std::collections::HashMap;

/// State of code generation for one function.
pub struct FunctionCompiler<'a, 'b, M: Module> {
    pub program: &'a mut ProgramCompiler<'b, M>,
    pub b: FunctionBuilder<'a>,
    pub state: State,
    pub liveness: &'a Liveness,
    /// Where an error raised here continues: the innermost enclosing `Try`'s landing pad.
    pub handler: Option<ir::Block>,
    /// Stack slots by number.
    pub slots: Vec<StackSlot>,
    labels: HashMap<LabelId, Label>,
    /// Loops whose bodies are being made, outermost first.
    open_loops: Vec<LabelId>,
    /// Blocks that raise the pending error, by source position and handler.
    raises: HashMap<(u32, Option<ir::Block>), ir::Block>,
    /// Source positions of calls; a `SourceLoc` is an index into it plus one.
    pub spans: Vec<Span>,
    span_index: HashMap<Span, u32>,
    func_span: Span,
    /// The inline operation being made has a way out to its slow block.
    pub left: bool,
    /// The code being made is a cold version of a body.
    pub cold: bool,
}

/// A join in scope.
struct Label {
    block: ir::Block,
    /// State at the entry of the body, without the join's own parameters.
    entry: State,
    /// Live variables that are passed as further block parameters, in order.
    passed: Vec<VarId>,
    handler: Option<ir::Block>,
    used: bool,
}

impl<'a, 'b, M: Module> FunctionCompiler<'a, 'b, M> {
    pub fn new(
        program: &'a mut ProgramCompiler<'b, M>,
        b: FunctionBuilder<'a>,
        liveness: &'a Liveness,
        func_span: Span,
    ) -> Self {
        // Positions are stored relative to the first one: make that the smallest there is.
        b.func.params.ensure_base_srcloc(SourceLoc::new(0));
        FunctionCompiler {
            program,
            b,
            state: State::default(),
            liveness,
            handler: None,
            slots: Vec::new(),
            labels: HashMap::new(),
            open_loops: Vec::new(),
            raises: HashMap::new(),
            spans: Vec::new(),
            span_index: HashMap::new(),
            func_span,
            left: false,
            cold: false,
        }
    }

    /// Code for a function of Core. Returns the source positions that its `SourceLoc`s stand for.
    pub fn function(mut self, func: &Func) -> Vec<Span> {
        let entry = self.new_block();
        self.b.append_block_params_for_function_params(entry);
        self.b.switch_to_block(entry);
        let params = self.b.block_params(entry).to_vec();
        let mut rest = &params[..];
        if !func.captures.is_empty() {
            self.state.define(SELF, rest[0]);
            rest = &rest[1..];
            for (i, v) in func.captures.iter().enumerate() {
                self.state.vars.insert(*v, Place { capture: Some(i as u32), ..Place::default() });
            }
        }
        for (v, value) in func.params.iter().zip(rest) {
            self.state.define(*v, *value);
        }
        let liveness = self.liveness;
        self.state.retain(|v| liveness.block(&func.body).live_in.contains(&v));
        if !is_leaf(&func.body) {
            self.entry_poll(func.span);
        }
        self.versioned(&func.body, &func.params);
        self.finish()
    }

    pub fn finish(mut self) -> Vec<Span> {
        self.emit_raises();
        self.b.seal_all_blocks();
        self.b.finalize(self.program.module.target_config());
        self.spans
    }

    /// A new block of the code being made.
    pub fn new_block(&mut self) -> ir::Block {
        let block = self.b.create_block();
        if self.cold {
            self.b.set_cold_block(block);
        }
        block
    }

    pub fn block(&mut self, block: &Block) {
        let liveness = self.liveness;
        let info = liveness.block(block);
        let mut joins: Vec<&Join> = Vec::new();
        for (i, stmt) in block.stmts.iter().enumerate() {
            match stmt {
                Stmt::Let { var, rhs, span } => {
                    self.let_statement(*var, rhs, *span, &info.deaths[i]);
                }
                Stmt::Join(join) => {
                    let mut region = info.safepoint_from[i + 1];
                    if join.recursive {
                        region = region.max(liveness.block(&join.body).safepoint_from[0]).max(Safepoint::Cold);
                    }
                    self.declare_join(join, region);
                    joins.push(join);
                }
                Stmt::Funs(_) => unreachable!("flat Core has no local functions"),
            }
        }
        self.term(&block.term);
        for join in joins.into_iter().rev() {
            self.join_body(join);
        }
    }

    fn let_statement(&mut self, var: VarId, rhs: &Rhs, span: Span, deaths: &[VarId]) {
        // What the statement uses stays in the state while its code is made; a call drops what dies there by itself.
        let value = self.rhs(rhs, span, var, deaths);
        if let Rhs::Prim(prim, args) = rhs {
            self.learn_prim(var, *prim, args);
        }
        for v in deaths {
            self.state.kill(*v);
        }
        if let Some(value) = value
            && !deaths.contains(&var)
        {
            self.state.define(var, value);
        }
        self.state.retain(|_| true);
    }

    /// Decides how what the join's body needs gets there: SSA values that dominate it when nothing can be collected in
    /// between; block parameters when only cold paths collect; else stack slots.
    fn declare_join(&mut self, join: &Join, region: Safepoint) {
        let block = self.new_block();
        for _ in &join.params {
            self.b.append_block_param(block, I64);
        }
        let liveness = self.liveness;
        let needs = liveness.label(join.label);
        let mut passed = Vec::new();
        let live: Vec<VarId> = self.state.vars.keys().copied().filter(|v| *v == SELF || needs.contains(v)).collect();
        if region == Safepoint::Call {
            live.iter().for_each(|v| self.spill(*v));
        }
        let mut entry = self.state.clone();
        entry.polled &= !join.recursive;
        entry.retain(|v| needs.contains(&v));
        if region != Safepoint::None {
            for (v, place) in &mut entry.vars {
                if place.slot.is_some() || place.capture.is_some() {
                    place.ssa = None;
                } else {
                    place.ssa = Some(self.b.append_block_param(block, I64));
                    passed.push(*v);
                }
            }
        }
        let label = Label { block, entry, passed, handler: self.handler, used: false };
        self.labels.insert(join.label, label);
    }

    fn join_body(&mut self, join: &Join) {
        let label = &self.labels[&join.label];
        if !label.used {
            return;
        }
        let (block, handler, state) = (label.block, label.handler, label.entry.clone());
        self.b.switch_to_block(block);
        let outer_handler = std::mem::replace(&mut self.handler, handler);
        self.state = state;
        for (v, value) in join.params.iter().zip(self.b.block_params(block).to_vec()) {
            self.state.define(*v, value);
        }
        let liveness = self.liveness;
        let live_in = &liveness.block(&join.body).live_in;
        // A loop's own needs stay alive for the next turn even where its body does not mention them on some path.
        self.state.retain(|v| live_in.contains(&v));
        if join.recursive {
            self.open_loops.push(join.label);
            self.versioned(&join.body, &join.params);
            self.open_loops.pop();
        } else {
            self.block(&join.body);
        }
        self.handler = outer_handler;
    }

    fn jump(&mut self, label: LabelId, args: &[Atom]) {
        if self.open_loops.contains(&label) && !self.state.polled {
            self.loop_poll(self.func_span);
        }
        let mut values: Vec<BlockArg> = args.iter().map(|a| BlockArg::Value(self.atom(*a))).collect();
        let label = self.labels.get_mut(&label).expect("labels are declared before their jumps");
        label.used = true;
        let (block, passed) = (label.block, label.passed.clone());
        values.extend(passed.iter().map(|v| BlockArg::Value(self.var(*v))));
        self.b.ins().jump(block, &values);
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Return(a) => {
                let value = self.atom(*a);
                self.b.ins().return_(&[value]);
            }
            Term::TailCall(callee, args, span) => self.tail_call(callee, args, *span),
            Term::TailApply(f, list, _) => {
                let args = [self.atom(*f), self.atom(*list)];
                let stub = self.program.apply_stub();
                let stub = self.program.module.declare_func_in_func(stub, self.b.func);
                self.b.ins().return_call(stub, &args);
            }
            Term::Jump(label, args) => self.jump(*label, args),
            Term::If { cond, then, otherwise } => self.if_term(cond, then, otherwise),
            Term::Try { body, error, handler } => self.try_term(body, *error, handler),
            Term::Unreachable => {
                self.b.ins().trap(ir::TrapCode::unwrap_user(1));
            }
        }
    }

    fn if_term(&mut self, cond: &Cond, then: &Block, otherwise: &Block) {
        let (then_block, else_block) = (self.new_block(), self.new_block());
        self.branch(cond, then_block, else_block);
        let state = self.state.clone();
        for (target, block, holds) in [(then_block, then, true), (else_block, otherwise, false)] {
            self.b.switch_to_block(target);
            self.state = state.clone();
            self.learn_condition(cond, holds);
            let liveness = self.liveness;
            self.state.retain(|v| liveness.block(block).live_in.contains(&v));
            self.block(block);
        }
    }

    fn try_term(&mut self, body: &Block, error: VarId, handler: &Block) {
        let liveness = self.liveness;
        let needs = &liveness.block(handler).live_in;
        let live: Vec<VarId> = self.state.vars.keys().copied().filter(|v| *v == SELF || needs.contains(v)).collect();
        live.iter().for_each(|v| self.spill(*v));
        let mut entry = self.state.clone();
        entry.retain(|v| needs.contains(&v));
        for place in entry.vars.values_mut() {
            place.ssa = None;
        }
        let landing = self.new_block();
        self.b.set_cold_block(landing);
        let outer = self.handler.replace(landing);
        self.state.retain(|v| liveness.block(body).live_in.contains(&v));
        self.block(body);
        self.handler = outer;
        self.b.switch_to_block(landing);
        self.state = entry;
        let pending = self.load_context(context::PENDING);
        if needs.contains(&error) {
            self.state.define(error, pending);
        }
        self.block(handler);
    }

    // ---- values

    /// The word of an atom.
    pub fn atom(&mut self, atom: Atom) -> Value {
        match atom {
            Atom::Var(v) => self.var(v),
            Atom::Data(d) => self.program.datum_value(&mut self.b, d),
            Atom::Func(f) => self.program.closure_value(&mut self.b, f),
            Atom::Multi(g) => self.program.multi_value(&mut self.b, g),
            constant => {
                let word = constant_word(constant).expect("the other atoms are immediates");
                self.word(word)
            }
        }
    }

    pub fn word(&mut self, word: u64) -> Value {
        self.b.ins().iconst(I64, word as i64)
    }

    pub fn var(&mut self, var: VarId) -> Value {
        let place = *self.state.vars.get(&var).unwrap_or_else(|| panic!("variable {var:?} is not live here"));
        if let Some(value) = place.ssa {
            return value;
        }
        let value = if let Some(slot) = place.slot {
            self.load_slot(slot)
        } else {
            let index = place.capture.expect("a variable is somewhere");
            let closure = self.var(SELF);
            self.load_field(closure, 1 + index as usize)
        };
        self.state.vars.get_mut(&var).expect("just looked up").ssa = Some(value);
        value
    }

    /// The word in a stack slot. In a program with fibers by an instruction that Cranelift does not merge with its use, as
    /// it does on x86-64: for that it may keep the slot's address in a register, but a fiber's stack moves.
    pub fn load_slot(&mut self, number: u32) -> Value {
        let slot = self.slot(number);
        if !self.program.runtime.fibers || self.program.module.isa().name() != "x64" {
            return self.b.ins().stack_load(I64, I64, slot, 0);
        }
        let address = self.b.ins().stack_addr(I64, slot, 0);
        self.b.ins().atomic_load(I64, MemFlagsData::trusted(), address)
    }

    /// The stack slot of a number.
    pub fn slot(&mut self, number: u32) -> StackSlot {
        while self.slots.len() <= number as usize {
            let data = StackSlotData::new(StackSlotKind::ExplicitSlot, 8, 3);
            self.slots.push(self.b.create_sized_stack_slot(data));
        }
        self.slots[number as usize]
    }

    /// The context pointer. It has a register of its own: it need not be passed, nor saved across calls.
    pub fn ctx(&mut self) -> Value {
        self.b.ins().get_pinned_reg(I64)
    }

    pub fn load_context(&mut self, offset: i32) -> Value {
        let ctx = self.ctx();
        self.b.ins().load(I64, MemFlagsData::trusted(), ctx, offset)
    }

    /// Payload word `i` of the object at a tagged pointer.
    pub fn load_field(&mut self, object: Value, i: usize) -> Value {
        self.b.ins().load(I64, MemFlagsData::trusted(), object, layout::field_offset(i))
    }

    // ---- errors

    /// The `SourceLoc` of a call that the frame tables list.
    pub fn source_loc(&mut self, span: Span) -> SourceLoc {
        let next = self.spans.len() as u32 + 1;
        let index = *self.span_index.entry(span).or_insert_with(|| next);
        if index == next {
            self.spans.push(span);
        }
        SourceLoc::new(index)
    }

    /// A block that raises the pending error; shared by the failures of one source position.
    pub fn raise_block(&mut self, span: Span) -> ir::Block {
        let loc = self.source_loc(span);
        let key = (loc.bits(), self.handler);
        if let Some(block) = self.raises.get(&key) {
            return *block;
        }
        let block = self.new_block();
        self.b.set_cold_block(block);
        self.raises.insert(key, block);
        block
    }

    /// Code for the raise blocks. They are made last: a block cannot be begun in the middle of another.
    fn emit_raises(&mut self) {
        let mut raises: Vec<_> = self.raises.drain().map(|((loc, handler), block)| (block, loc, handler)).collect();
        raises.sort_unstable_by_key(|(block, ..)| block.as_u32());
        for (block, loc, handler) in raises {
            self.b.switch_to_block(block);
            let raise = self.program.runtime.import(self.program.module, self.b.func, "cl_raise", 0);
            self.b.set_srcloc(SourceLoc::new(loc));
            let ctx = self.ctx();
            if let Some(landing) = handler {
                let sig = self.b.func.dfg.ext_funcs[raise].signature;
                let after = self.new_block();
                self.b.set_cold_block(after);
                let table = self.exception_table(sig, after, &[], landing);
                self.b.ins().try_call(raise, &[ctx], table);
                self.b.switch_to_block(after);
            } else {
                self.b.ins().call(raise, &[ctx]);
            }
            self.b.set_srcloc(SourceLoc::default());
            self.b.ins().trap(ir::TrapCode::unwrap_user(1));
        }
    }

    pub fn exception_table(
        &mut self,
        sig: ir::SigRef,
        normal: ir::Block,
        args: &[BlockArg],
        landing: ir::Block,
    ) -> ir::ExceptionTable {
        let pool = &mut self.b.func.dfg.value_lists;
        let normal = ir::BlockCall::new(normal, args.iter().copied(), pool);
        let landing = ir::BlockCall::new(landing, [], pool);
        let items = [ir::ExceptionTableItem::Default(landing)];
        self.b.func.dfg.exception_tables.push(ir::ExceptionTableData::new(sig, normal, items))
    }

    /// Raises the pending error if `result` says that a primitive failed.
    pub fn raise_if_failed(&mut self, result: Value, span: Span) {
        let failed = self.b.ins().icmp_imm_s(IntCC::Equal, result, layout::RAISED as i64);
        let raise = self.raise_block(span);
        let ok = self.new_block();
        self.b.ins().brif(failed, raise, &[], ok, &[]);
        self.b.switch_to_block(ok);
    }
}

/// The word of an immediate atom.
pub fn constant_word(atom: Atom) -> Option<u64> {
    use cl_abi::layout::*;
    Some(match atom {
        Atom::Int(n) => (n << FIXNUM_SHIFT) as u64,
        Atom::Nil => NIL,
        Atom::Bool(false) => FALSE,
        Atom::Bool(true) => TRUE,
        Atom::EmptyList => EMPTY,
        Atom::Undef => UNDEF,
        Atom::Keyword(n) => imm(SUB_KEYWORD, n.0 as u64),
        Atom::Symbol(n) => imm(SUB_SYMBOL, n.0 as u64),
        Atom::Ctor(c) => imm(SUB_CTOR, c.0 as u64),
        Atom::Var(_) | Atom::Data(_) | Atom::Func(_) | Atom::Multi(_) => return None,
    })
}

/// Whether the function makes no calls (also no tail calls: a cycle of tail calls must poll somewhere). Loops poll
/// themselves.
fn is_leaf(block: &Block) -> bool {
    let stmts = block.stmts.iter().all(|s| match s {
        Stmt::Let { rhs: Rhs::Prim(prim, _), .. } => !prim.get().is(flags::SWITCH),
        Stmt::Let { rhs, .. } => !matches!(rhs, Rhs::Call(..) | Rhs::Apply(..)),
        Stmt::Join(j) => is_leaf(&j.body),
        Stmt::Funs(_) => false,
    });
    stmts
        && match &block.term {
            Term::TailCall(..) | Term::TailApply(..) => false,
            Term::If { then, otherwise, .. } => is_leaf(then) && is_leaf(otherwise),
            Term::Try { body, handler, .. } => is_leaf(body) && is_leaf(handler),
            Term::Return(_) | Term::Jump(..) | Term::Unreachable => true,
        }
}
