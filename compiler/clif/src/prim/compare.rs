//! Order and equality.

use crate::function::FunctionCompiler;
use cl_abi::prims::PrimId;
use cl_core::ir::Atom;
use cl_opt::Bits;
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, InstBuilder, Value};
use cranelift_module::Module;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// `<` and the like: fixnums compare as words, the rest in the runtime.
    #[allow(clippy::too_many_arguments)]
    pub fn compare(&mut self, prim: PrimId, cc: IntCC, a: Atom, b: Atom, span: Span, yes: Block, no: Block) {
        let (x, y) = (self.atom(a), self.atom(b));
        self.unless_fixnums(prim, (a, x), (b, y), span, yes, no);
        let holds = self.b.ins().icmp(cc, x, y);
        self.b.ins().brif(holds, yes, &[], no, &[]);
    }

    /// Has the runtime decide on what is not two fixnums; goes on for fixnums.
    fn unless_fixnums(&mut self, prim: PrimId, a: (Atom, Value), b: (Atom, Value), span: Span, yes: Block, no: Block) {
        let Some(not_fixnums) = self.not_fixnums(&[a, b]) else { return };
        let (slow, fast) = (self.new_block(), self.new_block());
        self.b.set_cold_block(slow);
        self.b.ins().brif(not_fixnums, slow, &[], fast, &[]);
        self.b.switch_to_block(slow);
        let outer = std::mem::replace(&mut self.cold, true);
        let (cold_yes, cold_no, call) = (self.new_block(), self.new_block(), self.new_block());
        if self.may_be_floats(a.0, b.0) {
            self.float_compare(prim, [a, b], [cold_yes, cold_no, call]);
        } else {
            self.b.ins().jump(call, &[]);
        }
        self.b.switch_to_block(call);
        let result = self.cold_prim(prim, &[a.1, b.1], span);
        self.branch_true(result, cold_yes, cold_no);
        // The edges to hot blocks go by way of cold ones: what they need stays out of the way.
        for (block, target) in [(cold_yes, yes), (cold_no, no)] {
            self.b.switch_to_block(block);
            self.b.ins().jump(target, &[]);
        }
        self.cold = outer;
        self.b.switch_to_block(fast);
    }

    /// Structural equality: words decide for fixnums and immediates.
    pub fn equal(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span, yes: Block, no: Block) {
        let by_word = Bits::NIL
            .or(Bits::BOOL)
            .or(Bits::EMPTY_LIST)
            .or(Bits::SYMBOL)
            .or(Bits::KEYWORD)
            .or(Bits::CTOR)
            .or(Bits::UNDEF);
        let (ka, kb) = (self.kinds(a), self.kinds(b));
        if ka.bits.within(by_word) || kb.bits.within(by_word) || (ka.is_fixnum() && kb.is_fixnum()) {
            return self.branch_same(a, b, yes, no);
        }
        let (x, y) = (self.atom(a), self.atom(b));
        // Fixnums are equal when their words are; with others in play, only the runtime can tell.
        self.unless_fixnums(prim, (a, x), (b, y), span, yes, no);
        let same = self.b.ins().icmp(IntCC::Equal, x, y);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }

    /// A word that is not zero when one of the atoms is no fixnum; `None` when all are known to be fixnums.
    pub fn not_fixnums(&mut self, atoms: &[(Atom, Value)]) -> Option<Value> {
        let unknown: Vec<Value> = atoms.iter().filter(|(a, _)| !self.kinds(*a).is_fixnum()).map(|(_, v)| *v).collect();
        let all = unknown.into_iter().reduce(|x, y| self.b.ins().bor(x, y))?;
        Some(self.b.ins().band_imm_s(all, 1))
    }
}
