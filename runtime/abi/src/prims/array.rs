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
            "%array-push" cl_array_push 2 FALLIBLE, Nil;
            "%array-pop" cl_array_pop 1 FALLIBLE, Any;
            "%array-fill" cl_array_fill 2 FALLIBLE, Nil;
            "%array-swap" cl_array_swap 3 FALLIBLE, Nil;
            "%array-copy" cl_array_copy 1 FALLIBLE, Array;
            // (array start end): positions are limited to the array
            "%array-slice" cl_array_slice 3 FALLIBLE, Array;
            "%array-sort" cl_array_sort 1 FALLIBLE, Nil;
            "%list->array" cl_list_to_array 1 FALLIBLE, Array;
            "%array->list" cl_array_to_list 1 FALLIBLE, List;
        }
    };
}
