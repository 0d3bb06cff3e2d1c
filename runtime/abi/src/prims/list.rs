//! Lists and tuples. What is said to take "a List" without FALLIBLE must be given one.

#[macro_export]
macro_rules! list_prims {
    ($m:ident) => {
        $m! {
            "%cons" cl_cons 2 FALLIBLE|PURE|INLINE, Cons;
            "%head" cl_head 1 FALLIBLE|PURE|INLINE, Any;
            "%tail" cl_tail 1 FALLIBLE|PURE|INLINE, List;
            "%cons-unchecked" cl_cons_unchecked 2 PURE|INLINE, Cons;
            "%head-unchecked" cl_head_unchecked 1 PURE|INLINE, Any;
            "%tail-unchecked" cl_tail_unchecked 1 PURE|INLINE, List;
            "%is-cons" cl_is_cons 1 PURE|INLINE, Bool;
            "%is-empty-list" cl_is_empty_list 1 PURE|INLINE, Bool;
            "%is-list" cl_is_list 1 PURE|INLINE, Bool;
            "%is-nil" cl_is_nil 1 PURE|INLINE, Bool;
            "%is-bool" cl_is_bool 1 PURE|INLINE, Bool;
            "%not" cl_not 1 PURE|INLINE, Bool;
            "%is-tuple" cl_is_tuple 1 PURE|INLINE, Bool;
            "%tuple-size" cl_tuple_size 1 FALLIBLE|PURE, Fixnum;
            "%tuple-ref" cl_tuple_ref 2 FALLIBLE|PURE|INLINE, Any;
            "%tuple->list" cl_tuple_to_list 1 FALLIBLE|PURE, List;
            // of a List
            "%list->tuple" cl_list_to_tuple 1 PURE, Tuple;
            "%list-length" cl_list_length 1 PURE, Fixnum;
            "%list-reverse" cl_list_reverse 1 PURE, List;
            // (a b): the items of List a before those of List b
            "%list-append" cl_list_append 2 PURE, List;
            // (items rest): the items of List `items`, last first, before those of List `rest`
            "%list-reverse-onto" cl_list_reverse_onto 2 PURE, List;
            "%last" cl_last 1 FALLIBLE|PURE, Any;
            "%init" cl_init 1 FALLIBLE|PURE, List;
            "%nth" cl_nth 2 FALLIBLE|PURE, Any;
            // (xs i default)
            "%nth-or" cl_nth_or 3 FALLIBLE|PURE, Any;
            "%take" cl_take 2 FALLIBLE|PURE, List;
            "%drop" cl_drop 2 FALLIBLE|PURE, List;
            "%split-at" cl_split_at 2 FALLIBLE|PURE, Tuple;
            // (start end step) of fixnums, step not 0
            "%range" cl_range 3 PURE, List;
            "%repeat" cl_repeat 2 FALLIBLE|PURE, List;
            "%index-of" cl_index_of 2 FALLIBLE, Any;
            // (lists): a List of Lists
            "%zip" cl_zip 1 FALLIBLE|PURE, List;
            "%unzip" cl_unzip 1 FALLIBLE|PURE, Tuple;
            "%interleave" cl_interleave 2 FALLIBLE|PURE, List;
            "%chunk" cl_chunk 2 FALLIBLE|PURE, List;
            "%sliding-window" cl_sliding_window 2 FALLIBLE|PURE, List;
            "%flatten" cl_flatten 1 FALLIBLE|PURE, List;
            "%flatten-once" cl_flatten_once 1 FALLIBLE|PURE, List;
            "%is-sorted" cl_is_sorted 1 FALLIBLE, Bool;
            "%is-permutation" cl_is_permutation 2 FALLIBLE, Bool;
            // (keys items descending): `items` in the order of `keys`, two Lists of one length; stable
            "%sort-keyed" cl_sort_keyed 3 FALLIBLE, List;
        }
    };
}
