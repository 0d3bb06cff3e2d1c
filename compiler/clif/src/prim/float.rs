//! Arithmetic and comparison of two boxed Floats. They come after the fixnum case has failed; a result is boxed in the
//! nursery if it has room and otherwise by the runtime, so no operation here is a safepoint.

use crate::function::FunctionCompiler;
use cl_abi::context;
use cl_abi::layout::{self, Kind};
use cl_abi::prims::PrimId;
use cl_core::ir::Atom;
use cl_opt::Bits;
use cl_text::Span;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{Block, InstBuilder, MemFlagsData, Value, types::F64};
use cranelift_module::Module;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Whether both atoms may be Floats.
    pub fn may_be_floats(&self, a: Atom, b: Atom) -> bool {
        [a, b].iter().all(|x| !self.kinds(*x).bits.and(Bits::FLOAT).is_empty())
    }

    pub fn is_float(&self, a: Atom) -> bool {
        let bits = self.kinds(a).bits;
        !bits.is_empty() && bits.within(Bits::FLOAT)
    }

    /// Goes on where both are Floats, with their numbers; else to `other`.
    fn unbox_floats(&mut self, operands: [(Atom, Value); 2], other: Block) -> [Value; 2] {
        for (atom, word) in operands {
            self.require_float(atom, word, other);
        }
        operands.map(|(_, word)| self.load_float(word, 0))
    }

    /// Goes on where the value is a Float; else to `other`.
    fn require_float(&mut self, atom: Atom, word: Value, other: Block) {
        if self.is_float(atom) {
            return;
        }
        let (object, float) = (self.new_block(), self.new_block());
        let pointer = self.is_pointer(word);
        self.b.ins().brif(pointer, object, &[], other, &[]);
        self.b.switch_to_block(object);
        let is = self.has_kind(word, Kind::Float);
        self.b.ins().brif(is, float, &[], other, &[]);
        self.b.switch_to_block(float);
    }

    fn load_float(&mut self, object: Value, i: usize) -> Value {
        self.b.ins().load(F64, MemFlagsData::trusted(), object, layout::field_offset(i))
    }

    /// A new Float; to `full` if the nursery has no room.
    pub fn box_float(&mut self, number: Value, full: Block) -> Value {
        let flags = MemFlagsData::trusted();
        let start = self.load_context(context::ALLOC_PTR);
        let end = self.b.ins().iadd_imm_s(start, 16);
        let limit = self.load_context(context::ALLOC_LIMIT);
        let over = self.b.ins().icmp(IntCC::UnsignedGreaterThan, end, limit);
        let room = self.new_block();
        self.b.ins().brif(over, full, &[], room, &[]);
        self.b.switch_to_block(room);
        let ctx = self.ctx();
        self.b.ins().store(flags, end, ctx, context::ALLOC_PTR);
        let header = self.word(layout::header(Kind::Float, 0, 1));
        self.b.ins().store(flags, header, start, 0);
        self.b.ins().store(flags, number, start, 8);
        self.b.ins().iadd_imm_s(start, layout::PTR_TAG as i64)
    }

    /// `+ - * /` of two Floats; anything else goes to `other`. `None` for other primitives.
    pub fn float_arith(&mut self, prim: PrimId, operands: [(Atom, Value); 2], other: Block) -> Option<Value> {
        let name = prim.get().name;
        if !matches!(name, "%add" | "%sub" | "%mul" | "%div-exact") {
            return None;
        }
        let [x, y] = self.unbox_floats(operands, other);
        let ins = self.b.ins();
        let result = match name {
            "%add" => ins.fadd(x, y),
            "%sub" => ins.fsub(x, y),
            "%mul" => ins.fmul(x, y),
            _ => ins.fdiv(x, y),
        };
        Some(self.box_float(result, other))
    }

    /// Branches on the comparison of two Floats; anything else goes to `other`.
    pub fn float_compare(&mut self, prim: PrimId, operands: [(Atom, Value); 2], [yes, no, other]: [Block; 3]) {
        let cc = match prim.get().name {
            "%lt" => FloatCC::LessThan,
            "%le" => FloatCC::LessThanOrEqual,
            "%gt" => FloatCC::GreaterThan,
            "%ge" => FloatCC::GreaterThanOrEqual,
            "%eq" => FloatCC::Equal,
            name => unreachable!("{name} compares no numbers"),
        };
        let [x, y] = self.unbox_floats(operands, other);
        let holds = self.b.ins().fcmp(cc, x, y);
        self.b.ins().brif(holds, yes, &[], no, &[]);
    }

    /// `/`: Floats at once, Ints in the runtime.
    pub fn divide(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        let (x, y) = (self.atom(a), self.atom(b));
        if !self.may_be_floats(a, b) {
            return self.call_prim_words(prim, &[x, y], span);
        }
        let (slow, meet) = (self.new_block(), self.new_block());
        let result = self.b.append_block_param(meet, cranelift_codegen::ir::types::I64);
        let value = self.float_arith(prim, [(a, x), (b, y)], slow).expect("division has code for Floats");
        self.b.ins().jump(meet, &[value.into()]);
        self.b.switch_to_block(slow);
        let value = self.call_prim_words(prim, &[x, y], span);
        self.b.ins().jump(meet, &[value.into()]);
        self.b.switch_to_block(meet);
        result
    }

    /// Item of an Array of Floats, boxed; `slow` if there is no room.
    pub fn float_item(&mut self, item: Value, slow: Block) -> Value {
        let number = self.load_float(item, 0);
        self.box_float(number, slow)
    }

    /// Stores a Float into an Array of Floats; another value goes to `slow`.
    pub fn set_float_item(&mut self, item: Value, value: Atom, word: Value, slow: Block) {
        self.require_float(value, word, slow);
        let number = self.load_float(word, 0);
        self.b.ins().store(MemFlagsData::trusted(), number, item, layout::field_offset(0));
    }
}
