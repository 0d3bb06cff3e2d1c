//! Numbers, comparison, equality.

#[macro_export]
macro_rules! number_prims {
    ($m:ident) => {
        $m! {
            "%add" cl_add 2 FALLIBLE|PURE|INLINE, Number;
            "%sub" cl_sub 2 FALLIBLE|PURE|INLINE, Number;
            "%mul" cl_mul 2 FALLIBLE|PURE|INLINE, Number;
            "%div-exact" cl_div_exact 2 FALLIBLE|PURE, Number;
            "%quot" cl_quot 2 FALLIBLE|PURE|INLINE, Number;
            "%rem" cl_rem 2 FALLIBLE|PURE|INLINE, Number;
            "%div" cl_div 2 FALLIBLE|PURE|INLINE, Number;
            "%mod" cl_mod 2 FALLIBLE|PURE|INLINE, Number;
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
            "%abs" cl_abs 1 FALLIBLE|PURE, Number;
            "%gcd" cl_gcd 2 FALLIBLE|PURE, Int;
            "%pow" cl_pow 2 FALLIBLE|PURE, Number;
            "%factorial" cl_factorial 1 FALLIBLE|PURE, Int;
            "%float" cl_float 1 FALLIBLE|PURE, Float;
            "%sqrt" cl_sqrt 1 FALLIBLE|PURE, Float;
            "%exp" cl_exp 1 FALLIBLE|PURE, Float;
            "%log" cl_log 1 FALLIBLE|PURE, Float;
            "%log2" cl_log2 1 FALLIBLE|PURE, Float;
            "%log10" cl_log10 1 FALLIBLE|PURE, Float;
            "%sin" cl_sin 1 FALLIBLE|PURE, Float;
            "%cos" cl_cos 1 FALLIBLE|PURE, Float;
            "%tan" cl_tan 1 FALLIBLE|PURE, Float;
            "%asin" cl_asin 1 FALLIBLE|PURE, Float;
            "%acos" cl_acos 1 FALLIBLE|PURE, Float;
            "%atan" cl_atan 1 FALLIBLE|PURE, Float;
            "%atan2" cl_atan2 2 FALLIBLE|PURE, Float;
            "%hypot" cl_hypot 2 FALLIBLE|PURE, Float;
            "%int" cl_int 1 FALLIBLE|PURE, Int;
            "%floor" cl_floor 1 FALLIBLE|PURE, Int;
            "%ceil" cl_ceil 1 FALLIBLE|PURE, Int;
            "%round" cl_round 1 FALLIBLE|PURE, Int;
            "%round-to" cl_round_to 2 FALLIBLE|PURE, Number;
            "%parse-int" cl_parse_int 2 FALLIBLE|PURE, Int;
            "%parse-float" cl_parse_float 1 FALLIBLE|PURE, Float;
            "%number->string" cl_number_to_string 2 FALLIBLE|PURE, String;
            "%is-int" cl_is_int 1 PURE|INLINE, Bool;
            "%is-fixnum" cl_is_fixnum 1 PURE|INLINE, Bool;
            "%is-float" cl_is_float 1 PURE|INLINE, Bool;
            "%is-number" cl_is_number 1 PURE|INLINE, Bool;
        }
    };
}
