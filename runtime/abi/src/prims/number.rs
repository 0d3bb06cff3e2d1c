//! Numbers, comparison, equality.

#[macro_export]
macro_rules! number_prims {
    ($m:ident) => {
        $m! {
            "%add" cl_add 2 FALLIBLE|PURE|INLINE, Number;
            "%sub" cl_sub 2 FALLIBLE|PURE|INLINE, Number;
            "%mul" cl_mul 2 FALLIBLE|PURE|INLINE, Number;
            "%div-exact" cl_div_exact 2 FALLIBLE|PURE, Number;
            "%quot" cl_quot 2 FALLIBLE|PURE|INLINE, Int;
            "%rem" cl_rem 2 FALLIBLE|PURE|INLINE, Int;
            "%div" cl_div 2 FALLIBLE|PURE|INLINE, Int;
            "%mod" cl_mod 2 FALLIBLE|PURE|INLINE, Int;
            "%neg" cl_neg 1 FALLIBLE|PURE, Number;
            "%lt" cl_lt 2 FALLIBLE|PURE|INLINE, Bool;
            "%le" cl_le 2 FALLIBLE|PURE|INLINE, Bool;
            "%gt" cl_gt 2 FALLIBLE|PURE|INLINE, Bool;
            "%ge" cl_ge 2 FALLIBLE|PURE|INLINE, Bool;
            "%eq" cl_eq 2 PURE|INLINE, Bool;
            "%same" cl_same 2 PURE|INLINE, Bool;
            "%compare" cl_compare 2 FALLIBLE|PURE, Fixnum;
            "%bit-and" cl_bit_and 2 FALLIBLE|PURE|INLINE, Int;
            "%bit-or" cl_bit_or 2 FALLIBLE|PURE|INLINE, Int;
            "%bit-xor" cl_bit_xor 2 FALLIBLE|PURE|INLINE, Int;
            "%bit-not" cl_bit_not 1 FALLIBLE|PURE, Int;
            "%shift-left" cl_shift_left 2 FALLIBLE|PURE, Int;
            "%shift-right" cl_shift_right 2 FALLIBLE|PURE, Int;
            "%is-int" cl_is_int 1 PURE|INLINE, Bool;
            "%is-fixnum" cl_is_fixnum 1 PURE|INLINE, Bool;
            "%is-float" cl_is_float 1 PURE|INLINE, Bool;
            "%is-number" cl_is_number 1 PURE|INLINE, Bool;
        }
    };
}
