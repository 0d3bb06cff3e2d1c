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
        if let Some(not_fixnums) = self.not_fixnums(&[(a, x), (b, y)]) {
            let (slow, fast) = (self.new_block(), self.new_block());
            self.b.set_cold_block(slow);
            self.b.ins().brif(not_fixnums, slow, &[], fast, &[]);
            self.b.switch_to_block(slow);
            let result = self.cold_prim(prim, &[x, y], span);
            self.cold_branch_true(result, yes, no);
            self.b.switch_to_block(fast);
        }
        let holds = self.b.ins().icmp(cc, x, y);
        self.b.ins().brif(holds, yes, &[], no, &[]);
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
        // One is a fixnum for sure: equal words are equal numbers; else only another number can be equal.
        let not_fixnums = self.not_fixnums(&[(a, x), (b, y)]).expect("both are fixnums otherwise");
        let (slow, fast) = (self.new_block(), self.new_block());
        self.b.set_cold_block(slow);
        self.b.ins().brif(not_fixnums, slow, &[], fast, &[]);
        self.b.switch_to_block(slow);
        let result = self.cold_prim(prim, &[x, y], span);
        self.cold_branch_true(result, yes, no);
        self.b.switch_to_block(fast);
        let same = self.b.ins().icmp(IntCC::Equal, x, y);
        self.b.ins().brif(same, yes, &[], no, &[]);
    }

    /// Branches on a Bool from a cold block to hot ones, by way of cold blocks: what the edges need stays out of the way.
    fn cold_branch_true(&mut self, value: Value, yes: Block, no: Block) {
        let (cold_yes, cold_no) = (self.new_block(), self.new_block());
        self.branch_true(value, cold_yes, cold_no);
        for (block, target) in [(cold_yes, yes), (cold_no, no)] {
            self.b.set_cold_block(block);
            self.b.switch_to_block(block);
            self.b.ins().jump(target, &[]);
        }
    }

    /// A word that is not zero when one of the atoms is no fixnum; `None` when all are known to be fixnums.
    pub fn not_fixnums(&mut self, atoms: &[(Atom, Value)]) -> Option<Value> {
        let unknown: Vec<Value> = atoms.iter().filter(|(a, _)| !self.kinds(*a).is_fixnum()).map(|(_, v)| *v).collect();
        let all = unknown.into_iter().reduce(|x, y| self.b.ins().bor(x, y))?;
        Some(self.b.ins().band_imm_s(all, 1))
    }
}
