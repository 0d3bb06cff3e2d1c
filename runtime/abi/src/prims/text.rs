//! Strings, symbols, keywords, bytes, printing.

#[macro_export]
macro_rules! text_prims {
    ($m:ident) => {
        $m! {
            "%is-string" cl_is_string 1 PURE|INLINE, Bool;
            "%is-symbol" cl_is_symbol 1 PURE|INLINE, Bool;
            "%is-keyword" cl_is_keyword 1 PURE|INLINE, Bool;
            "%string-length" cl_string_length 1 FALLIBLE|PURE, Fixnum;
        }
    };
}
