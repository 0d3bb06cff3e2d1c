//! Arithmetic on fixnums; other numbers and results that do not fit go to the runtime.

use crate::function::FunctionCompiler;
use cl_abi::layout::{FIXNUM_MAX, FIXNUM_MIN};
use cl_abi::prims::PrimId;
use cl_core::ir::Atom;
use cl_opt::{Bits, KindSet};
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, Value, types::I64};
use cranelift_module::Module;

/// Whether the result of an operation on two ranges, by its extreme values, fits a fixnum.
fn fits(a: KindSet, b: KindSet, op: impl Fn(i128, i128) -> i128) -> bool {
    let all = [(a.min, b.min), (a.min, b.max), (a.max, b.min), (a.max, b.max)];
    all.into_iter().all(|(x, y)| (FIXNUM_MIN as i128..=FIXNUM_MAX as i128).contains(&op(x.into(), y.into())))
}

impl<M: Module> FunctionCompiler<'_, '_, M> {
    pub fn add(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        let (a, b) = if matches!(a, Atom::Int(_)) { (b, a) } else { (a, b) };
        self.add_or_sub(prim, a, b, span, false)
    }

    pub fn sub(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        self.add_or_sub(prim, a, b, span, true)
    }

    fn add_or_sub(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span, sub: bool) -> Value {
        let safe = fits(self.kinds(a), self.kinds(b), |x, y| if sub { x - y } else { x + y });
        self.fixnum_op(prim, a, b, span, |this, x, y, slow| {
            let ins = this.b.ins();
            let (result, overflow) = match b {
                Atom::Int(n) if !safe => {
                    // The result must lie on the side of `x` that the constant's sign says.
                    let result = if sub { ins.isub(x, y) } else { ins.iadd(x, y) };
                    let above = (n < 0) != sub;
                    let cc = if above { IntCC::SignedGreaterThan } else { IntCC::SignedLessThan };
                    (result, this.b.ins().icmp(cc, result, x))
                }
                _ if safe => return if sub { ins.isub(x, y) } else { ins.iadd(x, y) },
                _ if sub => ins.ssub_overflow(x, y),
                _ => ins.sadd_overflow(x, y),
            };
            this.leave_if(overflow, slow);
            result
        })
    }

    pub fn mul(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        let (a, b) = if matches!(a, Atom::Int(_)) { (b, a) } else { (a, b) };
        let safe = fits(self.kinds(a), self.kinds(b), |x, y| x * y);
        self.fixnum_op(prim, a, b, span, |this, x, y, slow| {
            // One factor keeps its tag bit: (2a) * b = 2(a * b).
            let plain = match b {
                Atom::Int(n) => this.b.ins().iconst(I64, n),
                _ => this.b.ins().sshr_imm_s(y, 1),
            };
            if safe {
                return this.b.ins().imul(x, plain);
            }
            let (product, overflow) = this.b.ins().smul_overflow(x, plain);
            this.leave_if(overflow, slow);
            product
        })
    }

    /// Truncating division.
    pub fn quot(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        self.division(prim, a, b, span, |this, x, y| {
            let quotient = this.b.ins().sdiv(x, y);
            this.b.ins().ishl_imm_s(quotient, 1)
        })
    }

    /// Remainder with the sign of the dividend.
    pub fn rem(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        self.division(prim, a, b, span, |this, x, y| {
            let remainder = this.b.ins().srem(x, y);
            this.b.ins().ishl_imm_s(remainder, 1)
        })
    }

    /// Flooring division.
    pub fn floor_div(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        self.division(prim, a, b, span, |this, x, y| {
            let quotient = this.b.ins().sdiv(x, y);
            let product = this.b.ins().imul(quotient, y);
            let remainder = this.b.ins().isub(x, product);
            let lower = this.differs_in_sign(remainder, y);
            let one_less = this.b.ins().iadd_imm_s(quotient, -1);
            let floored = this.b.ins().select(lower, one_less, quotient);
            this.b.ins().ishl_imm_s(floored, 1)
        })
    }

    /// Remainder with the sign of the divisor.
    pub fn floor_mod(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        if let Atom::Int(n) = b
            && n > 0
            && n.count_ones() == 1
        {
            // A power of two: two's complement makes the mask floor.
            return self.fixnum_op(prim, a, b, span, |this, x, _, _| this.b.ins().band_imm_s(x, (n - 1) << 1));
        }
        self.division(prim, a, b, span, |this, x, y| {
            let remainder = this.b.ins().srem(x, y);
            let shifted = this.b.ins().iadd(remainder, y);
            let wrong = this.differs_in_sign(remainder, y);
            let modulus = this.b.ins().select(wrong, shifted, remainder);
            this.b.ins().ishl_imm_s(modulus, 1)
        })
    }

    /// Whether `remainder` is not zero and has another sign than `divisor`.
    fn differs_in_sign(&mut self, remainder: Value, divisor: Value) -> Value {
        let signs = self.b.ins().bxor(remainder, divisor);
        let differ = self.b.ins().icmp_imm_s(IntCC::SignedLessThan, signs, 0);
        let nonzero = self.b.ins().icmp_imm_s(IntCC::NotEqual, remainder, 0);
        self.b.ins().band(differ, nonzero)
    }

    /// Division of plain numbers: divisors 0 and -1 (the one whose quotient may not fit) go to the runtime.
    fn division(
        &mut self,
        prim: PrimId,
        a: Atom,
        b: Atom,
        span: Span,
        op: impl FnOnce(&mut Self, Value, Value) -> Value,
    ) -> Value {
        let known = self.kinds(b);
        let safe = known.is_fixnum() && (known.min > 0 || known.max < -1);
        self.fixnum_op(prim, a, b, span, |this, x, y, slow| {
            let divisor = match b {
                Atom::Int(n) => this.b.ins().iconst(I64, n),
                _ => this.b.ins().sshr_imm_s(y, 1),
            };
            if !safe {
                let shifted = this.b.ins().iadd_imm_s(divisor, 1);
                let special = this.b.ins().icmp_imm_s(IntCC::UnsignedLessThanOrEqual, shifted, 1);
                this.leave_if(special, slow);
            }
            let dividend = this.b.ins().sshr_imm_s(x, 1);
            op(this, dividend, divisor)
        })
    }

    /// `bit-and`; with a fixnum mask that is not negative the result is a fixnum.
    pub fn bit_and(&mut self, prim: PrimId, a: Atom, b: Atom, span: Span) -> Value {
        self.bitwise(prim, a, b, span, |this, x, y| this.b.ins().band(x, y))
    }

    pub fn bitwise(
        &mut self,
        prim: PrimId,
        a: Atom,
        b: Atom,
        span: Span,
        op: impl FnOnce(&mut Self, Value, Value) -> Value,
    ) -> Value {
        self.fixnum_op(prim, a, b, span, |this, x, y, _| op(this, x, y))
    }

    /// Runs `op` on two fixnums; `op` may leave for the slow block. The slow block calls the primitive.
    fn fixnum_op(
        &mut self,
        prim: PrimId,
        a: Atom,
        b: Atom,
        span: Span,
        op: impl FnOnce(&mut Self, Value, Value, Block) -> Value,
    ) -> Value {
        let (x, y) = (self.atom(a), self.atom(b));
        let (ka, kb) = (self.kinds(a), self.kinds(b));
        if ka.bits.and(Bits::FIXNUM).is_empty() || kb.bits.and(Bits::FIXNUM).is_empty() {
            return self.no_fixnums(prim, [(a, x), (b, y)], span);
        }
        let (slow, meet) = (self.new_block(), self.new_block());
        self.b.set_cold_block(slow);
        let result = self.b.append_block_param(meet, I64);
        let mut slow_used = false;
        if let Some(other) = self.not_fixnums(&[(a, x), (b, y)]) {
            self.leave_if(other, slow);
            slow_used = true;
        }
        self.left = false;
        let value = op(self, x, y, slow);
        if !slow_used && !self.left {
            return value;
        }
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(slow);
        let outer = std::mem::replace(&mut self.cold, true);
        let value = self.no_fixnums(prim, [(a, x), (b, y)], span);
        self.cold = outer;
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(meet);
        result
    }

    /// The operation on what is not two fixnums with a fixnum result: Floats at once, the rest in the runtime.
    fn no_fixnums(&mut self, prim: PrimId, operands: [(Atom, Value); 2], span: Span) -> Value {
        let words = operands.map(|o| o.1);
        if !self.may_be_floats(operands[0].0, operands[1].0) {
            return self.cold_prim(prim, &words, span);
        }
        let (call, meet) = (self.new_block(), self.new_block());
        self.b.set_cold_block(call);
        let Some(value) = self.float_arith(prim, operands, call) else {
            return self.cold_prim(prim, &words, span);
        };
        let result = self.b.append_block_param(meet, I64);
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(call);
        let value = self.cold_prim(prim, &words, span);
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.b.switch_to_block(meet);
        result
    }

    /// Goes to a cold block if the condition holds.
    fn leave_if(&mut self, condition: Value, slow: Block) {
        let go_on = self.new_block();
        self.b.ins().brif(condition, slow, &[], go_on, &[]);
        self.b.switch_to_block(go_on);
        self.left = true;
    }
}
