//! Stubs for calls of values: `cl_call_N` deals with what is no closure of just N parameters, `cl_apply` calls with the
//! items of a List.

use crate::Error;
use crate::function::FunctionCompiler;
use crate::liveness::Liveness;
use crate::program::ProgramCompiler;
use cl_abi::layout::{self, Kind};
use cl_core::ir::VarId;
use cl_text::{FileId, Span};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, InstBuilder, JumpTableData, MemFlagsData, Value,
    types::{I32, I64},
};
use cranelift_module::{FuncId as ModuleFunc, Module};
use std::collections::BTreeSet;

/// The position of what has none.
const NOWHERE: Span = Span { file: FileId(0), start: 0, end: 0 };

/// The closure that a stub calls, taken apart.
struct Target {
    aux: Value,
    code: Value,
}

impl<M: Module> ProgramCompiler<'_, M> {
    /// `cl_call_N(f, arguments…)`.
    pub fn define_call_stub(&mut self, count: usize, target: ModuleFunc) -> Result<(), Error> {
        let fixed = self.variadic_counts();
        self.define(target, "call", NOWHERE, &Liveness::default(), |mut c| {
            let params = c.begin_stub();
            let (f, args) = (params[0], &params[1..]);
            let wrong_count = c.b.create_block();
            let number = c.b.ins().iconst(I64, count as i64);
            let closure = c.closure_parts(f);
            let (multi, simple) = (c.b.create_block(), c.b.create_block());
            let is_multi = c.b.ins().band_imm_s(closure.aux, layout::CLOSURE_MULTI as i64);
            c.b.ins().brif(is_multi, multi, &[], simple, &[]);

            let variadic = c.b.create_block();
            let fixed_count = c.b.append_block_param(variadic, I64);
            let code = c.b.append_block_param(variadic, I64);

            c.b.switch_to_block(simple);
            let is_variadic = c.b.ins().band_imm_s(closure.aux, layout::CLOSURE_VARIADIC as i64);
            let own_fixed = c.b.ins().band_imm_s(closure.aux, 0xff);
            let to_variadic = [BlockArg::Value(own_fixed), BlockArg::Value(closure.code)];
            c.b.ins().brif(is_variadic, variadic, &to_variadic, wrong_count, &[]);

            c.b.switch_to_block(multi);
            let exact = c.b.create_block();
            let exact_code = c.b.append_block_param(exact, I64);
            c.multi_entry(closure.code, number, exact, variadic, wrong_count);
            c.b.switch_to_block(exact);
            c.tail_closure(exact_code, f, args);

            c.b.switch_to_block(variadic);
            c.variadic_cases(fixed_count, code, f, args, &fixed, wrong_count);

            c.b.switch_to_block(wrong_count);
            c.fail("cl_arity_error", &[f, number]);
            c.finish()
        })
    }

    /// `cl_apply(f, list)`.
    pub fn define_apply(&mut self, target: ModuleFunc) -> Result<(), Error> {
        let exact_counts = self.exact_counts();
        let variadic_counts = self.variadic_counts();
        self.define(target, "apply", NOWHERE, &Liveness::default(), |mut c| {
            let params = c.begin_stub();
            let (f, list) = (params[0], params[1]);
            let wrong_count = c.b.create_block();
            let closure = c.closure_parts(f);
            // The number of items, or a failed check that it is a List at all.
            let length = c.program.runtime.import(c.program.module, c.b.func, "cl_apply_length", 2);
            let ctx = c.ctx();
            let call = c.b.ins().call(length, &[ctx, f, list]);
            let length = c.b.inst_results(call)[0];
            c.raise_if_failed(length, NOWHERE);
            let length = c.b.ins().sshr_imm_s(length, layout::FIXNUM_SHIFT as i64);

            let (exact, variadic) = (c.b.create_block(), c.b.create_block());
            let exact_code = c.b.append_block_param(exact, I64);
            let fixed_count = c.b.append_block_param(variadic, I64);
            let variadic_code = c.b.append_block_param(variadic, I64);
            let (multi, simple, fixed) = (c.b.create_block(), c.b.create_block(), c.b.create_block());
            let is_multi = c.b.ins().band_imm_s(closure.aux, layout::CLOSURE_MULTI as i64);
            c.b.ins().brif(is_multi, multi, &[], simple, &[]);

            c.b.switch_to_block(multi);
            c.multi_entry(closure.code, length, exact, variadic, wrong_count);

            c.b.switch_to_block(simple);
            let is_variadic = c.b.ins().band_imm_s(closure.aux, layout::CLOSURE_VARIADIC as i64);
            let own = c.b.ins().band_imm_s(closure.aux, 0xff);
            let to_variadic = [BlockArg::Value(own), BlockArg::Value(closure.code)];
            c.b.ins().brif(is_variadic, variadic, &to_variadic, fixed, &[]);
            c.b.switch_to_block(fixed);
            let same = c.b.ins().icmp(IntCC::Equal, own, length);
            c.b.ins().brif(same, exact, &[BlockArg::Value(closure.code)], wrong_count, &[]);

            c.b.switch_to_block(exact);
            c.apply_cases(length, exact_code, f, list, &exact_counts, false, wrong_count);
            c.b.switch_to_block(variadic);
            let enough = c.b.create_block();
            let too_few = c.b.ins().icmp(IntCC::UnsignedLessThan, length, fixed_count);
            c.b.ins().brif(too_few, wrong_count, &[], enough, &[]);
            c.b.switch_to_block(enough);
            c.apply_cases(fixed_count, variadic_code, f, list, &variadic_counts, true, wrong_count);

            c.b.switch_to_block(wrong_count);
            c.fail("cl_arity_error", &[f, length]);
            c.finish()
        })
    }

    /// Parameter counts of the program's functions that are not variadic.
    fn exact_counts(&self) -> BTreeSet<usize> {
        self.core.funcs.iter().filter(|f| !f.variadic).map(|f| f.params.len()).collect()
    }

    /// Fixed parameter counts of the program's variadic functions.
    fn variadic_counts(&self) -> BTreeSet<usize> {
        self.core.funcs.iter().filter(|f| f.variadic).map(|f| f.params.len() - 1).collect()
    }
}

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Calls an error maker of the runtime and raises.
    fn fail(&mut self, maker: &'static str, args: &[Value]) {
        let func = self.program.runtime.import(self.program.module, self.b.func, maker, args.len());
        let words: Vec<Value> = std::iter::once(self.ctx()).chain(args.iter().copied()).collect();
        self.b.ins().call(func, &words);
        let raise = self.raise_block(NOWHERE);
        self.b.ins().jump(raise, &[]);
    }

    /// Makes sure that the value is a function; the rest of the code may take it apart.
    fn closure_parts(&mut self, f: Value) -> Target {
        let (object, closure, other) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        let pointer = self.is_pointer(f);
        self.b.ins().brif(pointer, object, &[], other, &[]);
        self.b.switch_to_block(object);
        let is_closure = self.has_kind(f, Kind::Closure);
        self.b.ins().brif(is_closure, closure, &[], other, &[]);
        self.b.switch_to_block(other);
        self.fail("cl_not_a_function", &[f]);
        self.b.switch_to_block(closure);
        let low = self.b.ins().load(I32, MemFlagsData::trusted(), f, layout::HEADER_OFFSET);
        let low = self.b.ins().uextend(I64, low);
        let aux = self.b.ins().ushr_imm_s(low, 8);
        Target { aux, code: self.load_field(f, 0) }
    }

    /// Finds the entry for `count` arguments in a `tables::MultiTable`.
    fn multi_entry(&mut self, table: Value, count: Value, exact: Block, variadic: Block, wrong: Block) {
        let flags = MemFlagsData::trusted();
        let (within, rest, enough) = (self.b.create_block(), self.b.create_block(), self.b.create_block());
        let max = self.b.ins().load(I64, flags, table, 0);
        let over = self.b.ins().icmp(IntCC::UnsignedGreaterThan, count, max);
        self.b.ins().brif(over, rest, &[], within, &[]);
        self.b.switch_to_block(within);
        let bytes = self.b.ins().ishl_imm_s(count, 3);
        let at = self.b.ins().iadd(table, bytes);
        let code = self.b.ins().load(I64, flags, at, 24);
        self.b.ins().brif(code, exact, &[BlockArg::Value(code)], rest, &[]);
        self.b.switch_to_block(rest);
        let needed = self.b.ins().load(I64, flags, table, 8);
        let fixed = self.b.ins().iadd_imm_s(needed, -1);
        // No variadic entry: `needed` is 0 and `fixed` the largest number.
        let too_few = self.b.ins().icmp(IntCC::UnsignedLessThan, count, fixed);
        self.b.ins().brif(too_few, wrong, &[], enough, &[]);
        self.b.switch_to_block(enough);
        let code = self.b.ins().load(I64, flags, table, 16);
        self.b.ins().jump(variadic, &[BlockArg::Value(fixed), BlockArg::Value(code)]);
    }

    /// Goes to a closure's code with these arguments.
    fn tail_closure(&mut self, code: Value, f: Value, args: &[Value]) {
        let sig = self.closure_signature(args.len());
        let words: Vec<Value> = [f].into_iter().chain(args.iter().copied()).collect();
        self.b.ins().return_call_indirect(sig, code, &words);
    }

    /// One block for each number in `counts`; `value` selects. The others go to `wrong`.
    fn switch(&mut self, value: Value, counts: impl Iterator<Item = usize>, wrong: Block) -> Vec<(usize, Block)> {
        let cases: Vec<(usize, Block)> = counts.map(|n| (n, self.b.create_block())).collect();
        let pool = &mut self.b.func.dfg.value_lists;
        let default = BlockCall::new(wrong, [], pool);
        let mut entries = vec![default; cases.last().map_or(0, |(n, _)| n + 1)];
        for (n, block) in &cases {
            entries[*n] = BlockCall::new(*block, [], pool);
        }
        let table = self.b.create_jump_table(JumpTableData::new(default, &entries));
        let index = self.b.ins().ireduce(I32, value);
        self.b.ins().br_table(index, table);
        cases
    }

    /// Calls variadic code: the arguments after the fixed ones become a List.
    fn variadic_cases(
        &mut self,
        fixed: Value,
        code: Value,
        f: Value,
        args: &[Value],
        counts: &BTreeSet<usize>,
        wrong: Block,
    ) {
        let counts = counts.iter().copied().filter(|n| *n <= args.len());
        for (n, block) in self.switch(fixed, counts, wrong) {
            self.b.switch_to_block(block);
            // Everything must survive the allocation: make it variables.
            let var = |i: usize| VarId(u32::MAX - 1 - i as u32);
            self.state.define(var(0), f);
            for (i, arg) in args.iter().enumerate() {
                self.state.define(var(1 + i), *arg);
            }
            let rest = args.len() - n;
            let mut list = self.word(layout::EMPTY);
            if rest > 0 {
                let address = self.allocate(3 * rest, NOWHERE);
                let header = layout::header(Kind::Cons, 0, 2);
                for i in (0..rest).rev() {
                    let item = self.var(var(1 + n + i));
                    list = self.write_object(address, 3 * i, header, &[item, list]);
                }
            }
            let mut words: Vec<Value> = (0..n).map(|i| self.var(var(1 + i))).collect();
            words.push(list);
            let f = self.var(var(0));
            self.state = Default::default();
            self.tail_closure(code, f, &words);
        }
    }

    /// Calls with the first items of a List of sufficient length as arguments and, if `rest`, the List behind them.
    #[allow(clippy::too_many_arguments)]
    fn apply_cases(
        &mut self,
        count: Value,
        code: Value,
        f: Value,
        list: Value,
        counts: &BTreeSet<usize>,
        rest: bool,
        wrong: Block,
    ) {
        for (n, block) in self.switch(count, counts.iter().copied(), wrong) {
            self.b.switch_to_block(block);
            let mut words = Vec::new();
            let mut at = list;
            for _ in 0..n {
                words.push(self.load_field(at, 0));
                at = self.load_field(at, 1);
            }
            if rest {
                words.push(at);
            }
            self.tail_closure(code, f, &words);
        }
    }
}
