//! Tests of kinds and truth, as branches.

use crate::function::FunctionCompiler;
use cl_abi::layout::{self, Kind};
use cl_abi::prims::PrimId;
use cl_core::ir::{Atom, CtorId};
use cl_opt::Bits;
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    Block, InstBuilder, MemFlagsData, Value,
    types::{I8, I32},
};
use cranelift_module::Module;

/// The kind of object that a test primitive asks for, if it is just one.
fn tested_kind(name: &str) -> Option<(Kind, Bits)> {
    Some(match name {
        "%is-cons" => (Kind::Cons, Bits::CONS),
        "%is-float" => (Kind::Float, Bits::FLOAT),
        "%is-string" => (Kind::String, Bits::STRING),
        "%is-tuple" => (Kind::Tuple, Bits::TUPLE),
        "%is-array" => (Kind::Array, Bits::ARRAY),
        "%is-dict" => (Kind::Dict, Bits::DICT),
        "%is-set" => (Kind::Set, Bits::SET),
        "%is-function" => (Kind::Closure, Bits::CLOSURE),
        _ => return None,
    })
}

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Whether `branch_prim` has code for the primitive.
    pub fn has_branch(&self, prim: PrimId) -> bool {
        let name = prim.get().name;
        tested_kind(name).is_some()
            || matches!(
                name,
                "%lt"
                    | "%le"
                    | "%gt"
                    | "%ge"
                    | "%eq"
                    | "%same"
                    | "%not"
                    | "%is-nil"
                    | "%is-empty-list"
                    | "%is-list"
                    | "%is-bool"
                    | "%is-fixnum"
                    | "%is-int"
                    | "%is-number"
                    | "%is-symbol"
                    | "%is-keyword"
            )
    }

    /// Branches on a Bool primitive.
    pub fn branch_prim(&mut self, prim: PrimId, args: &[Atom], span: Span, yes: Block, no: Block) {
        let name = prim.get().name;
        if let (Some((kind, bits)), [a]) = (tested_kind(name), args) {
            return self.branch_known(*a, bits, yes, no, |this| this.branch_is_kind(*a, kind, yes, no));
        }
        match (name, args) {
            ("%lt", [a, b]) => self.compare(prim, IntCC::SignedLessThan, *a, *b, span, yes, no),
            ("%le", [a, b]) => self.compare(prim, IntCC::SignedLessThanOrEqual, *a, *b, span, yes, no),
            ("%gt", [a, b]) => self.compare(prim, IntCC::SignedGreaterThan, *a, *b, span, yes, no),
            ("%ge", [a, b]) => self.compare(prim, IntCC::SignedGreaterThanOrEqual, *a, *b, span, yes, no),
            ("%eq", [a, b]) => self.equal(prim, *a, *b, span, yes, no),
            ("%same", [a, b]) => self.branch_same(*a, *b, yes, no),
            ("%not", [a]) => self.branch_truthy(*a, no, yes),
            ("%is-nil", [a]) => {
                self.branch_known(*a, Bits::NIL, yes, no, |t| t.branch_is_word(*a, layout::NIL, yes, no))
            }
            ("%is-empty-list", [a]) => {
                self.branch_known(*a, Bits::EMPTY_LIST, yes, no, |t| t.branch_is_word(*a, layout::EMPTY, yes, no));
            }
            ("%is-list", [a]) => self.branch_known(*a, Bits::LIST, yes, no, |t| t.branch_is_list(*a, yes, no)),
            ("%is-bool", [a]) => self.branch_known(*a, Bits::BOOL, yes, no, |t| t.branch_is_bool(*a, yes, no)),
            ("%is-fixnum", [a]) => self.branch_known(*a, Bits::FIXNUM, yes, no, |t| t.branch_is_fixnum(*a, yes, no)),
            ("%is-int", [a]) => {
                self.branch_known(*a, Bits::INT, yes, no, |t| t.branch_is_number(*a, &[Kind::BigInt], yes, no));
            }
            ("%is-number", [a]) => {
                let kinds = [Kind::Float, Kind::BigInt];
                self.branch_known(*a, Bits::NUMBER, yes, no, |t| t.branch_is_number(*a, &kinds, yes, no));
            }
            ("%is-symbol", [a]) => {
                self.branch_known(*a, Bits::SYMBOL, yes, no, |t| t.branch_is_sub(*a, layout::SUB_SYMBOL, yes, no));
            }
            ("%is-keyword", [a]) => {
                self.branch_known(*a, Bits::KEYWORD, yes, no, |t| t.branch_is_sub(*a, layout::SUB_KEYWORD, yes, no));
            }
            (name, _) => unreachable!("{name} has no inline branch"),
        }
    }

    /// Jumps where the kinds already decide; else `test`.
    fn branch_known(&mut self, a: Atom, wanted: Bits, yes: Block, no: Block, test: impl FnOnce(&mut Self)) {
        let bits = self.kinds(a).bits;
        if bits.within(wanted) {
            self.b.ins().jump(yes, &[]);
        } else if bits.and(wanted).is_empty() {
            self.b.ins().jump(no, &[]);
        } else {
            test(self);
        }
    }

    pub fn branch_truthy(&mut self, a: Atom, yes: Block, no: Block) {
        self.branch_known(a, Bits::ALL.without(Bits::FALSY), yes, no, |this| {
            let word = this.atom(a);
            let bits = this.kinds(a).bits;
            if bits.within(Bits::BOOL) {
                return this.branch_true(word, yes, no);
            }
            // nil and false differ in one bit.
            let folded = this.b.ins().bor_imm_s(word, (layout::NIL ^ layout::FALSE) as i64);
            let falsy = this.b.ins().icmp_imm_s(IntCC::Equal, folded, layout::NIL as i64);
            this.b.ins().brif(falsy, no, &[], yes, &[]);
        });
    }

    /// Whether the value is an object of the kind.
    pub fn branch_is_kind(&mut self, a: Atom, kind: Kind, yes: Block, no: Block) {
        let word = self.atom(a);
        let object = self.new_block();
        let pointer = self.is_pointer(word);
        self.b.ins().brif(pointer, object, &[], no, &[]);
        self.b.switch_to_block(object);
        let is = self.has_kind(word, kind);
        self.b.ins().brif(is, yes, &[], no, &[]);
    }

    /// Compares the kind byte of an object.
    pub fn has_kind(&mut self, object: Value, kind: Kind) -> Value {
        let byte = self.b.ins().load(I8, MemFlagsData::trusted(), object, layout::HEADER_OFFSET);
        let wanted = layout::header(kind, 0, 0) as u8;
        self.b.ins().icmp_imm_s(IntCC::Equal, byte, wanted as i8 as i64)
    }

    pub fn branch_is_ctor(&mut self, ctor: CtorId, a: Atom, yes: Block, no: Block) {
        if self.program.ctor_fields(ctor) == 0 {
            return self.branch_same(a, Atom::Ctor(ctor), yes, no);
        }
        self.branch_header(a, layout::header(Kind::Data, ctor.0, 0) as u32, Bits::DATA, 0, yes, no);
    }

    /// Whether the value is a Tuple of the size.
    pub fn branch_is_tuple(&mut self, size: usize, a: Atom, yes: Block, no: Block) {
        self.branch_header(a, size as u32, Bits::TUPLE, 4, yes, no);
    }

    /// Whether the value is an object of the kinds whose header half at byte `half` is `wanted`. The low half holds kind
    /// and `aux`; for the high half, the size, the kind byte is tested too.
    fn branch_header(&mut self, a: Atom, wanted: u32, bits: Bits, half: i32, yes: Block, no: Block) {
        let known = self.kinds(a).bits;
        if known.and(bits).is_empty() {
            self.b.ins().jump(no, &[]);
            return;
        }
        let object = self.new_block();
        if known.within(bits) {
            self.b.ins().jump(object, &[]);
        } else if half == 0 {
            let word = self.atom(a);
            let pointer = self.is_pointer(word);
            self.b.ins().brif(pointer, object, &[], no, &[]);
        } else {
            self.branch_is_kind(a, Kind::Tuple, object, no);
        }
        self.b.switch_to_block(object);
        let word = self.atom(a);
        let part = self.b.ins().load(I32, MemFlagsData::trusted(), word, layout::HEADER_OFFSET + half);
        let same = self.b.ins().icmp_imm_s(IntCC::Equal, part, wanted as i32 as i64);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }

    fn branch_is_word(&mut self, a: Atom, word: u64, yes: Block, no: Block) {
        let value = self.atom(a);
        let same = self.b.ins().icmp_imm_s(IntCC::Equal, value, word as i64);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }

    fn branch_is_bool(&mut self, a: Atom, yes: Block, no: Block) {
        let value = self.atom(a);
        let folded = self.b.ins().band_imm_s(value, !(layout::TRUE ^ layout::FALSE) as i64);
        let same = self.b.ins().icmp_imm_s(IntCC::Equal, folded, layout::FALSE as i64);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }

    pub fn branch_is_list(&mut self, a: Atom, yes: Block, no: Block) {
        let other = self.new_block();
        self.branch_is_word(a, layout::EMPTY, yes, other);
        self.b.switch_to_block(other);
        self.branch_is_kind(a, Kind::Cons, yes, no);
    }

    fn branch_is_fixnum(&mut self, a: Atom, yes: Block, no: Block) {
        let value = self.atom(a);
        let bit = self.b.ins().band_imm_s(value, 1);
        self.b.ins().brif(bit, no, &[], yes, &[]);
    }

    /// A fixnum or an object of one of the kinds.
    fn branch_is_number(&mut self, a: Atom, kinds: &[Kind], yes: Block, no: Block) {
        let mut other = self.new_block();
        self.branch_is_fixnum(a, yes, other);
        for (i, kind) in kinds.iter().enumerate() {
            self.b.switch_to_block(other);
            other = if i + 1 == kinds.len() { no } else { self.new_block() };
            self.branch_is_kind(a, *kind, yes, other);
        }
    }

    fn branch_is_sub(&mut self, a: Atom, sub: u64, yes: Block, no: Block) {
        let value = self.atom(a);
        let low = self.b.ins().band_imm_s(value, 0xff);
        let same = self.b.ins().icmp_imm_s(IntCC::Equal, low, layout::imm(sub, 0) as i64);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }

    pub fn branch_same(&mut self, a: Atom, b: Atom, yes: Block, no: Block) {
        let (x, y) = (self.atom(a), self.atom(b));
        let same = self.b.ins().icmp(IntCC::Equal, x, y);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }
}
