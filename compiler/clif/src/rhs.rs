//! What statements compute.

use crate::function::FunctionCompiler;
use crate::safepoint::CallTarget;
use cl_abi::layout::{self, Kind};
use cl_abi::prims::{PrimId, flags};
use cl_core::ir::{Atom, FuncId, GlobalId, Rhs, VarId};
use cl_text::Span;
use cranelift_codegen::ir::{InstBuilder, MemFlagsData, Value, types::I64};
use cranelift_module::Module;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Code for a right-hand side. `None`: it has defined its variables itself.
    pub fn rhs(&mut self, rhs: &Rhs, span: Span, var: VarId, deaths: &[VarId]) -> Option<Value> {
        Some(match rhs {
            Rhs::Atom(a) => self.atom(*a),
            Rhs::Prim(prim, args) if prim.get().is(flags::SWITCH) => self.switch_prim(*prim, args, span, deaths),
            Rhs::Prim(prim, args) => self.prim(*prim, args, span),
            Rhs::Call(callee, args) => self.call(callee, args, span, deaths),
            Rhs::Apply(f, list) => self.apply(*f, *list, span, deaths),
            Rhs::Construct(ctor, args) => {
                let header = layout::header(Kind::Data, ctor.0, args.len());
                self.object(header, args.len(), span, |this| this.atoms(args))
            }
            Rhs::Tuple(args) => {
                let header = layout::header(Kind::Tuple, 0, args.len());
                self.object(header, args.len(), span, |this| this.atoms(args))
            }
            Rhs::IsCtor(ctor, a) => self.bool_of(|this, yes, no| this.branch_is_ctor(*ctor, *a, yes, no)),
            Rhs::IsTuple(size, a) => self.bool_of(|this, yes, no| this.branch_is_tuple(*size, *a, yes, no)),
            Rhs::Field(i, a) => {
                let object = self.atom(*a);
                self.load_field(object, *i)
            }
            Rhs::Closures { funcs, rest } => {
                self.closures(funcs, var, rest, span, deaths);
                return None;
            }
            Rhs::NewCell(a) => {
                let header = layout::header(Kind::Cell, 0, 1);
                self.object(header, 1, span, |this| vec![this.atom(*a)])
            }
            Rhs::GetCell(cell) => {
                let cell = self.atom(*cell);
                self.load_field(cell, 0)
            }
            Rhs::SetCell(cell, value) => self.set_cell(*cell, *value),
            Rhs::GetGlobal(global) => {
                let address = self.program.globals_address(&mut self.b);
                self.b.ins().load(I64, MemFlagsData::trusted(), address, 8 * global.0 as i32)
            }
            Rhs::SetGlobal(global, value) => self.set_global(*global, *value),
            Rhs::Effect(_) => unreachable!("the optimiser has expanded effects"),
        })
    }

    pub fn atoms(&mut self, atoms: &[Atom]) -> Vec<Value> {
        atoms.iter().map(|a| self.atom(*a)).collect()
    }

    fn prim(&mut self, prim: PrimId, args: &[Atom], span: Span) -> Value {
        if let Some(value) = self.inline_prim(prim, args, span) {
            return value;
        }
        let result = self.call_prim(prim, args, span);
        if prim.get().is(flags::POLL) {
            // What the primitive gives is no object; a collection leaves it alone.
            self.loop_poll(span);
        }
        result
    }

    /// Calls a primitive that runs other compiled code.
    fn switch_prim(&mut self, prim: PrimId, args: &[Atom], span: Span, deaths: &[VarId]) -> Value {
        let words = self.atoms(args);
        let name = prim.get().symbol;
        let func = self.program.runtime.import_switch(self.program.module, self.b.func, name, args.len());
        self.spill_live(deaths);
        // What runs in between need not poll.
        let polled = self.state.polled;
        let result = self.managed_call(CallTarget::Direct(func), &words, span);
        self.state.polled = polled;
        self.raise_if_failed(result, span);
        result
    }

    /// Calls the primitive's function in the runtime and raises if it failed.
    pub fn call_prim(&mut self, prim: PrimId, args: &[Atom], span: Span) -> Value {
        let words = self.atoms(args);
        self.call_prim_words(prim, &words, span)
    }

    pub fn call_prim_words(&mut self, prim: PrimId, args: &[Value], span: Span) -> Value {
        let row = prim.get();
        let func = self.program.runtime.import(self.program.module, self.b.func, row.symbol, args.len());
        let words: Vec<Value> = std::iter::once(self.ctx()).chain(args.iter().copied()).collect();
        let call = self.b.ins().call(func, &words);
        let result = self.b.inst_results(call)[0];
        if row.is(flags::FALLIBLE) {
            self.raise_if_failed(result, span);
        }
        result
    }

    /// Like [`Self::call_prim_words`], on a cold path: keeps all registers.
    pub fn cold_prim(&mut self, prim: PrimId, args: &[Value], span: Span) -> Value {
        let row = prim.get();
        let (_, result) = self.cold_call(row.symbol, args);
        if row.is(flags::FALLIBLE) {
            self.raise_if_failed(result, span);
            self.b.set_cold_block(self.b.current_block().expect("code is being made"));
        }
        result
    }

    /// A group of closures in one allocation, so that they can hold each other without a store to an old object.
    fn closures(&mut self, funcs: &[(FuncId, Vec<Atom>)], first: VarId, rest: &[VarId], span: Span, deaths: &[VarId]) {
        let words: usize = funcs.iter().map(|(_, captures)| 2 + captures.len()).sum();
        let address = self.allocate(words, span);
        let vars: Vec<VarId> = std::iter::once(first).chain(rest.iter().copied()).collect();
        let mut offset = 0;
        let mut offsets = Vec::new();
        for ((_, captures), var) in funcs.iter().zip(&vars) {
            let value = self.b.ins().iadd_imm_s(address, 8 * offset as i64 + layout::PTR_TAG as i64);
            self.state.define(*var, value);
            offsets.push(offset);
            offset += 2 + captures.len();
        }
        for ((func, captures), offset) in funcs.iter().zip(offsets) {
            let arity = self.program.closure_aux(*func);
            let id = self.program.function(*func);
            let code = self.program.module.declare_func_in_func(id, self.b.func);
            self.b.func.dfg.ext_funcs[code].colocated = true;
            let mut payload = vec![self.b.ins().func_addr(I64, code)];
            payload.extend(self.atoms(captures));
            let header = layout::header(Kind::Closure, arity, payload.len());
            self.write_object(address, offset, header, &payload);
        }
        for v in vars.iter().filter(|v| deaths.contains(v)) {
            self.state.kill(*v);
        }
    }

    fn set_cell(&mut self, cell: Atom, value: Atom) -> Value {
        let (cell, word) = (self.atom(cell), self.atom(value));
        self.b.ins().store(MemFlagsData::trusted(), word, cell, layout::field_offset(0));
        if self.may_be_object(value) {
            let slot = self.b.ins().iadd_imm_s(cell, layout::field_offset(0) as i64);
            self.write_barrier(cell, slot, word);
        }
        self.word(layout::NIL)
    }

    fn set_global(&mut self, global: GlobalId, value: Atom) -> Value {
        // Globals are roots of every collection: no barrier.
        let word = self.atom(value);
        let address = self.program.globals_address(&mut self.b);
        self.b.ins().store(MemFlagsData::trusted(), word, address, 8 * global.0 as i32);
        self.word(layout::NIL)
    }

    /// Tells the collector of a store into an object that may be old, unless the value is no pointer.
    pub fn write_barrier(&mut self, object: Value, slot: Value, value: Value) {
        let (remember, done) = (self.new_block(), self.new_block());
        self.b.set_cold_block(remember);
        let pointer = self.is_pointer(value);
        self.b.ins().brif(pointer, remember, &[], done, &[]);
        self.b.switch_to_block(remember);
        self.cold_call("cl_barrier", &[object, slot, value]);
        self.b.ins().jump(done, &[]);
        self.b.switch_to_block(done);
    }
}
