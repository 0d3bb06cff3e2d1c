//! Inline code for the primitives' common cases. Each falls back to the runtime's function for everything else, on a
//! cold path; tests of kinds that the optimiser has already made sure of are left out.

mod arith;
mod array;
mod compare;
mod float;
mod test;

use crate::function::FunctionCompiler;
use cl_abi::context;
use cl_abi::layout::{self, Kind};
use cl_abi::prims::{self, PrimId};
use cl_core::ir::{Atom, Cond, VarId};
use cl_opt::kinds::{refine::by_condition, transfer};
use cl_opt::{Bits, KindSet};
use cl_text::Span;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, InstBuilder, MemFlagsData, Value, types::I64};
use cranelift_module::Module;

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Inline code for a primitive as a value, if there is any.
    pub fn inline_prim(&mut self, prim: PrimId, args: &[Atom], span: Span) -> Option<Value> {
        let row = prim.get();
        if row.result == prims::Result::Bool && self.has_branch(prim) {
            return Some(self.bool_of(|this, yes, no| this.branch_prim(prim, args, span, yes, no)));
        }
        Some(match (row.name, args) {
            ("%add", [a, b]) => self.add(prim, *a, *b, span),
            ("%sub", [a, b]) => self.sub(prim, *a, *b, span),
            ("%mul", [a, b]) => self.mul(prim, *a, *b, span),
            ("%div-exact", [a, b]) => self.divide(prim, *a, *b, span),
            ("%quot", [a, b]) => self.quot(prim, *a, *b, span),
            ("%rem", [a, b]) => self.rem(prim, *a, *b, span),
            ("%div", [a, b]) => self.floor_div(prim, *a, *b, span),
            ("%mod", [a, b]) => self.floor_mod(prim, *a, *b, span),
            ("%bit-and", [a, b]) => self.bit_and(prim, *a, *b, span),
            ("%bit-or", [a, b]) => self.bitwise(prim, *a, *b, span, |f, x, y| f.b.ins().bor(x, y)),
            ("%bit-xor", [a, b]) => self.bitwise(prim, *a, *b, span, |f, x, y| f.b.ins().bxor(x, y)),
            ("%head", [a]) => self.list_part(prim, *a, 0, span),
            ("%tail", [a]) => self.list_part(prim, *a, 1, span),
            ("%head-unchecked", [a]) => self.field_of(*a, 0),
            ("%tail-unchecked", [a]) => self.field_of(*a, 1),
            ("%cons-unchecked", [h, t]) => self.cons(*h, *t, span),
            ("%cons", [h, t]) => self.checked_cons(prim, *h, *t, span),
            ("%tuple-ref", [t, i]) => self.tuple_ref(prim, *t, *i, span),
            ("%array-get", [a, i]) => self.array_get(prim, *a, *i, span),
            ("%array-set", [a, i, v]) => self.array_set(prim, *a, *i, *v, span),
            ("%handlers", []) => self.load_context(context::HANDLERS),
            ("%running-fiber", []) => self.running_fiber(),
            ("%set-handlers", [handlers]) => self.set_handlers(*handlers),
            ("%array-length", [a]) => self.array_length(prim, *a, span),
            _ => return None,
        })
    }

    /// Branches on a condition.
    pub fn branch(&mut self, cond: &Cond, yes: Block, no: Block) {
        match cond {
            Cond::Truthy(a) => self.branch_truthy(*a, yes, no),
            Cond::Prim(prim, args, span) if self.has_branch(*prim) => self.branch_prim(*prim, args, *span, yes, no),
            Cond::Prim(prim, args, span) => {
                let value = self.call_prim(*prim, args, *span);
                self.branch_true(value, yes, no);
            }
            Cond::IsCtor(ctor, a) => self.branch_is_ctor(*ctor, *a, yes, no),
            Cond::IsTuple(size, a) => self.branch_is_tuple(*size, *a, yes, no),
        }
    }

    /// Branches on a Bool.
    pub fn branch_true(&mut self, value: Value, yes: Block, no: Block) {
        let is_true = self.b.ins().icmp_imm_s(IntCC::Equal, value, layout::TRUE as i64);
        self.b.ins().brif(is_true, yes, &[], no, &[]);
    }

    /// The Bool of a branch.
    pub fn bool_of(&mut self, branch: impl FnOnce(&mut Self, Block, Block)) -> Value {
        let (yes, no, meet) = (self.new_block(), self.new_block(), self.new_block());
        let result = self.b.append_block_param(meet, I64);
        branch(self, yes, no);
        for (block, word) in [(yes, layout::TRUE), (no, layout::FALSE)] {
            self.b.switch_to_block(block);
            let word = self.word(word);
            self.b.ins().jump(meet, &[BlockArg::Value(word)]);
        }
        self.b.switch_to_block(meet);
        result
    }

    /// What is known of an atom here.
    pub fn kinds(&self, atom: Atom) -> KindSet {
        let known = self.program.kinds.of_atom(atom);
        match atom {
            Atom::Var(v) => self.state.facts.get(&v).map_or(known, |fact| known.intersection(*fact)),
            _ => known,
        }
    }

    /// Notes what is known of an immutable variable from here on.
    pub fn learn(&mut self, var: VarId, fact: KindSet) {
        let known = self.state.facts.entry(var).or_insert(KindSet::ANY);
        *known = known.intersection(fact);
    }

    /// Notes what the outcome of a condition shows.
    pub fn learn_condition(&mut self, cond: &Cond, holds: bool) {
        let mut facts = Vec::new();
        let kinds = |a: Atom| self.kinds(a);
        by_condition(self.program.ctors, cond, holds, &kinds, &mut |a, fact| facts.push((a, fact)));
        for (atom, fact) in facts {
            if let Atom::Var(v) = atom {
                self.learn(v, fact);
            }
        }
    }

    /// Notes what a primitive that did not raise shows of its result and its arguments.
    pub fn learn_prim(&mut self, var: VarId, prim: PrimId, args: &[Atom]) {
        let kinds: Vec<KindSet> = args.iter().map(|a| self.kinds(*a)).collect();
        self.learn(var, transfer::result(prim, &kinds));
        for (i, arg) in args.iter().enumerate() {
            if let Atom::Var(v) = arg {
                self.learn(*v, transfer::required(prim, &kinds, i));
            }
        }
    }

    pub fn may_be_object(&self, atom: Atom) -> bool {
        let immediates = Bits::FIXNUM
            .or(Bits::NIL)
            .or(Bits::BOOL)
            .or(Bits::EMPTY_LIST)
            .or(Bits::SYMBOL)
            .or(Bits::KEYWORD)
            .or(Bits::CTOR)
            .or(Bits::UNDEF);
        !self.kinds(atom).bits.within(immediates)
    }

    fn field_of(&mut self, object: Atom, i: usize) -> Value {
        let object = self.atom(object);
        self.load_field(object, i)
    }

    /// A root of every collection: no barrier.
    fn running_fiber(&mut self) -> Value {
        let record = self.load_context(context::CURRENT);
        self.b.ins().load(I64, MemFlagsData::trusted(), record, 0)
    }

    fn set_handlers(&mut self, handlers: Atom) -> Value {
        let (ctx, word) = (self.ctx(), self.atom(handlers));
        self.b.ins().store(MemFlagsData::trusted(), word, ctx, context::HANDLERS);
        self.word(layout::NIL)
    }

    fn cons(&mut self, head: Atom, tail: Atom, span: Span) -> Value {
        let header = layout::header(Kind::Cons, 0, 2);
        self.object(header, 2, span, |this| this.atoms(&[head, tail]))
    }

    /// `cons` whose tail must be a List.
    fn checked_cons(&mut self, prim: PrimId, head: Atom, tail: Atom, span: Span) -> Value {
        if !self.kinds(tail).bits.within(Bits::LIST) {
            let words = self.atoms(&[head, tail]);
            let (slow, ok) = (self.new_block(), self.new_block());
            self.b.set_cold_block(slow);
            self.branch_is_list(tail, ok, slow);
            self.b.switch_to_block(slow);
            // The runtime's function has no other result than the error.
            self.cold_prim(prim, &words, span);
            self.b.ins().jump(ok, &[]);
            self.b.switch_to_block(ok);
        }
        self.cons(head, tail, span)
    }

    /// `head` or `tail`.
    fn list_part(&mut self, prim: PrimId, list: Atom, i: usize, span: Span) -> Value {
        if self.kinds(list).bits.within(Bits::CONS) {
            return self.field_of(list, i);
        }
        let (fast, slow) = (self.new_block(), self.new_block());
        self.branch_is_kind(list, Kind::Cons, fast, slow);
        self.fast_or_call(prim, &[list], span, fast, slow, |this| this.field_of(list, i))
    }

    fn tuple_ref(&mut self, prim: PrimId, tuple: Atom, index: Atom, span: Span) -> Value {
        let Atom::Int(i @ 0..=0xffff) = index else { return self.call_prim(prim, &[tuple, index], span) };
        let (object, fast, slow) = (self.new_block(), self.new_block(), self.new_block());
        self.branch_is_kind(tuple, Kind::Tuple, object, slow);
        self.b.switch_to_block(object);
        let word = self.atom(tuple);
        let header = self.load_header(word);
        let bound = self.b.ins().iconst(I64, (i + 1) << 32);
        let inside = self.b.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, header, bound);
        self.b.ins().brif(inside, fast, &[], slow, &[]);
        self.fast_or_call(prim, &[tuple, index], span, fast, slow, |this| this.field_of(tuple, i as usize))
    }

    /// The value of `fast`'s code or, from the cold block `slow`, of a call of the primitive.
    fn fast_or_call(
        &mut self,
        prim: PrimId,
        args: &[Atom],
        span: Span,
        fast: Block,
        slow: Block,
        code: impl FnOnce(&mut Self) -> Value,
    ) -> Value {
        let meet = self.new_block();
        let result = self.b.append_block_param(meet, I64);
        self.b.set_cold_block(slow);
        self.b.switch_to_block(fast);
        let before = self.state.clone();
        let value = code(self);
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.state = before.clone();
        self.b.switch_to_block(slow);
        let words = self.atoms(args);
        let value = self.cold_prim(prim, &words, span);
        self.b.ins().jump(meet, &[BlockArg::Value(value)]);
        self.state = before;
        self.b.switch_to_block(meet);
        result
    }

    pub fn load_header(&mut self, object: Value) -> Value {
        self.b.ins().load(I64, MemFlagsData::trusted(), object, layout::HEADER_OFFSET)
    }
}
