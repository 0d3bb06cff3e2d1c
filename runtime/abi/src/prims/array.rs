//! Arrays.

#[macro_export]
macro_rules! array_prims {
    ($m:ident) => {
        $m! {
            "%is-array" cl_is_array 1 PURE|INLINE, Bool;
            "%array-new" cl_array_new 2 FALLIBLE, Array;
            "%array-length" cl_array_length 1 FALLIBLE|INLINE, Fixnum;
            "%array-get" cl_array_get 2 FALLIBLE|INLINE, Any;
            "%array-set" cl_array_set 3 FALLIBLE, Nil;
        }
    };
}
