//! Arrays of values and of Floats; errors are the runtime's.

use crate::function::FunctionCompiler;
use cl_abi::layout::{self, Kind};
use cl_abi::prims::PrimId;
use cl_core::ir::Atom;
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, MemFlagsData, Value, types::I64};
use cranelift_module::Module;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    pub fn array_length(&mut self, prim: PrimId, array: Atom, span: Span) -> Value {
        let (fast, slow) = (self.new_block(), self.new_block());
        self.atom(array);
        self.branch_is_kind(array, Kind::Array, fast, slow);
        self.fast_or_call(prim, &[array], span, fast, slow, |this| {
            let word = this.atom(array);
            this.load_field(word, 1)
        })
    }

    pub fn array_get(&mut self, prim: PrimId, array: Atom, index: Atom, span: Span) -> Value {
        let (x, i) = (self.atom(array), self.atom(index));
        let (slow, meet) = (self.new_block(), self.new_block());
        self.b.set_cold_block(slow);
        let result = self.b.append_block_param(meet, I64);
        let (item, vector) = self.item_address(array, x, index, i, slow);
        let floats = self.leave_unless_plain(vector);
        let value = self.b.ins().load(I64, MemFlagsData::trusted(), item, layout::field_offset(0));
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(floats);
        let value = self.float_item(item, slow);
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(slow);
        let value = self.cold_prim(prim, &[x, i], span);
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(meet);
        result
    }

    pub fn array_set(&mut self, prim: PrimId, array: Atom, index: Atom, value: Atom, span: Span) -> Value {
        let (x, i, v) = (self.atom(array), self.atom(index), self.atom(value));
        let (slow, meet) = (self.new_block(), self.new_block());
        self.b.set_cold_block(slow);
        let (item, vector) = self.item_address(array, x, index, i, slow);
        let floats = self.leave_unless_plain(vector);
        self.b.ins().store(MemFlagsData::trusted(), v, item, layout::field_offset(0));
        if self.may_be_object(value) {
            let slot = self.b.ins().iadd_imm_s(item, layout::field_offset(0) as i64);
            self.write_barrier(vector, slot, v);
        }
        self.b.ins().jump(meet, &[]);
        self.b.switch_to_block(floats);
        self.set_float_item(item, value, v, slow);
        self.b.ins().jump(meet, &[]);
        self.b.switch_to_block(slow);
        self.cold_prim(prim, &[x, i, v], span);
        self.b.ins().jump(meet, &[]);
        self.b.switch_to_block(meet);
        self.word(layout::NIL)
    }

    /// Goes on where an Array's backing store holds values; gives the block for one of Floats.
    fn leave_unless_plain(&mut self, vector: Value) -> Block {
        let (plain, floats) = (self.new_block(), self.new_block());
        let boxed = self.has_kind(vector, Kind::Vector);
        self.b.ins().brif(boxed, plain, &[], floats, &[]);
        self.b.switch_to_block(plain);
        floats
    }

    /// Address of an item of an Array less its field offset, and the Array's backing store; everything else goes to `slow`.
    fn item_address(&mut self, array: Atom, x: Value, index: Atom, i: Value, slow: Block) -> (Value, Value) {
        let is_array = self.new_block();
        self.branch_is_kind(array, Kind::Array, is_array, slow);
        self.b.switch_to_block(is_array);
        if let Some(other) = self.not_fixnums(&[(index, i)]) {
            let fixnum = self.new_block();
            self.b.ins().brif(other, slow, &[], fixnum, &[]);
            self.b.switch_to_block(fixnum);
        }
        let length = self.load_field(x, 1);
        // Negative positions are large as unsigned numbers.
        let outside = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, i, length);
        let inside = self.new_block();
        self.b.ins().brif(outside, slow, &[], inside, &[]);
        self.b.switch_to_block(inside);
        let vector = self.load_field(x, 0);
        let bytes = self.b.ins().ishl_imm_s(i, 2);
        (self.b.ins().iadd(vector, bytes), vector)
    }
}
