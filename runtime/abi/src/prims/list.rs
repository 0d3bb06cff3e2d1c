//! Lists and tuples.

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
        }
    };
}
