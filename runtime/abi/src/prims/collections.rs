//! Dicts, sets, queues, JSON.

#[macro_export]
macro_rules! collection_prims {
    ($m:ident) => {
        $m! {
            "%is-dict" cl_is_dict 1 PURE|INLINE, Bool;
            "%is-set" cl_is_set 1 PURE|INLINE, Bool;
            "%dict-new" cl_dict_new 0 PURE, Dict;
            "%dict-set" cl_dict_set 3 FALLIBLE|PURE, Dict;
            "%set-new" cl_set_new 0 PURE, Set;
            "%set-add" cl_set_add 2 FALLIBLE|PURE, Set;
        }
    };
}
