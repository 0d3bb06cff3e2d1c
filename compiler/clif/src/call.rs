//! Calls of compiled functions: known ones directly, unknown ones through the closure's code.

use crate::function::FunctionCompiler;
use crate::runtime::signature;
use crate::safepoint::CallTarget;
use cl_abi::layout::{self, Kind};
use cl_core::ir::{Atom, Callee, VarId};
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    BlockArg, InstBuilder, MemFlagsData, SigRef, Value,
    types::{I32, I64},
};
use cranelift_codegen::isa::CallConv;
use cranelift_module::Module;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// A call that is not in tail position; its arguments that die there are in `deaths`.
    pub fn call(&mut self, callee: &Callee, args: &[Atom], span: Span, deaths: &[VarId]) -> Value {
        let (target, args) = self.prepare_call(callee, args);
        self.spill_live(deaths);
        self.managed_call(target, &args, span)
    }

    pub fn tail_call(&mut self, callee: &Callee, args: &[Atom], _span: Span) {
        let (target, args) = self.prepare_call(callee, args);
        match target {
            CallTarget::Direct(f) => self.b.ins().return_call(f, &args),
            CallTarget::Indirect(sig, code) => self.b.ins().return_call_indirect(sig, code, &args),
        };
    }

    /// `(apply f list)` not in tail position.
    pub fn apply(&mut self, f: Atom, list: Atom, span: Span, deaths: &[VarId]) -> Value {
        let args = [self.atom(f), self.atom(list)];
        let stub = self.program.apply_stub();
        let stub = self.program.module.declare_func_in_func(stub, self.b.func);
        self.spill_live(deaths);
        self.managed_call(CallTarget::Direct(stub), &args, span)
    }

    fn prepare_call(&mut self, callee: &Callee, args: &[Atom]) -> (CallTarget, Vec<Value>) {
        let mut words = Vec::new();
        match callee {
            Callee::Func(f) | Callee::Known(f, _) => {
                if let Callee::Known(_, closure) = callee {
                    words.push(self.atom(*closure));
                }
                words.extend(args.iter().map(|a| self.atom(*a)).collect::<Vec<_>>());
                let id = self.program.function(*f);
                let func = self.program.module.declare_func_in_func(id, self.b.func);
                self.b.func.dfg.ext_funcs[func].colocated = true;
                (CallTarget::Direct(func), words)
            }
            Callee::Value(f) => {
                let closure = self.atom(*f);
                words.push(closure);
                words.extend(args.iter().map(|a| self.atom(*a)).collect::<Vec<_>>());
                let code = self.closure_code(closure, args.len());
                (CallTarget::Indirect(self.closure_signature(args.len()), code), words)
            }
        }
    }

    /// Signature of a closure's code for `count` arguments: (closure, arguments…).
    pub fn closure_signature(&mut self, count: usize) -> SigRef {
        self.b.import_signature(signature(CallConv::Tail, count + 1))
    }

    /// The code to call a value with `count` arguments: the closure's own when it has that many parameters, else a stub
    /// that deals with variadic functions and errors.
    fn closure_code(&mut self, closure: Value, count: usize) -> Value {
        let (is_object, fits, other, meet) = (self.new_block(), self.new_block(), self.new_block(), self.new_block());
        self.b.set_cold_block(other);
        let code = self.b.append_block_param(meet, I64);
        let pointer = self.is_pointer(closure);
        self.b.ins().brif(pointer, is_object, &[], other, &[]);

        self.b.switch_to_block(is_object);
        let wanted = layout::header(Kind::Closure, count as u32, 0) as u32;
        let low = self.b.ins().load(I32, MemFlagsData::trusted(), closure, layout::HEADER_OFFSET);
        let same = self.b.ins().icmp_imm_s(IntCC::Equal, low, wanted as i32 as i64);
        self.b.ins().brif(same, fits, &[], other, &[]);

        self.b.switch_to_block(fits);
        let own = self.load_field(closure, 0);
        self.b.ins().jump(meet, &[BlockArg::Value(own)]);

        self.b.switch_to_block(other);
        let stub = self.program.call_stub(count);
        let stub = self.program.module.declare_func_in_func(stub, self.b.func);
        let stub = self.b.ins().func_addr(I64, stub);
        self.b.ins().jump(meet, &[BlockArg::Value(stub)]);

        self.b.switch_to_block(meet);
        code
    }

    pub fn is_pointer(&mut self, value: Value) -> Value {
        let tag = self.b.ins().band_imm_s(value, layout::TAG_MASK as i64);
        self.b.ins().icmp_imm_s(IntCC::Equal, tag, layout::PTR_TAG as i64)
    }
}
