//! Dicts, sets, queues, and what works on a sequence of any kind (List, Array, String, Dict, Set).

#[macro_export]
macro_rules! collection_prims {
    ($m:ident) => {
        $m! {
            "%is-dict" cl_is_dict 1 PURE|INLINE, Bool;
            "%is-set" cl_is_set 1 PURE|INLINE, Bool;
            "%dict-new" cl_dict_new 0 PURE, Dict;
            "%dict-set" cl_dict_set 3 FALLIBLE|PURE, Dict;
            // of what is known to be a Dict; the optimiser makes it
            "%dict-set-unchecked" cl_dict_set_unchecked 3 PURE, Dict;
            // (dict key default)
            "%dict-get" cl_dict_get 3 FALLIBLE|PURE, Any;
            "%dict-remove" cl_dict_remove 2 FALLIBLE|PURE, Dict;
            "%dict-has" cl_dict_has 2 FALLIBLE|PURE, Bool;
            "%dict-size" cl_dict_size 1 FALLIBLE|PURE, Fixnum;
            "%dict-keys" cl_dict_keys 1 FALLIBLE|PURE, List;
            "%dict-values" cl_dict_values 1 FALLIBLE|PURE, List;
            "%dict-items" cl_dict_items 1 FALLIBLE|PURE, List;
            "%dict-first" cl_dict_first 1 FALLIBLE|PURE, Any;
            "%dict-last" cl_dict_last 1 FALLIBLE|PURE, Any;
            "%dict-merge" cl_dict_merge 2 FALLIBLE|PURE, Dict;
            // a List of pairs
            "%dict-from-list" cl_dict_from_list 1 FALLIBLE|PURE, Dict;
            // a List [key value key value …]
            "%dict-of" cl_dict_of 1 FALLIBLE|PURE, Dict;
            "%set-new" cl_set_new 0 PURE, Set;
            "%set-add" cl_set_add 2 FALLIBLE|PURE, Set;
            "%set-remove" cl_set_remove 2 FALLIBLE|PURE, Set;
            "%set-has" cl_set_has 2 FALLIBLE|PURE, Bool;
            "%set-size" cl_set_size 1 FALLIBLE|PURE, Fixnum;
            "%set-to-list" cl_set_to_list 1 FALLIBLE|PURE, List;
            "%set-from-list" cl_set_from_list 1 FALLIBLE|PURE, Set;
            "%set-union" cl_set_union 2 FALLIBLE|PURE, Set;
            "%set-intersection" cl_set_intersection 2 FALLIBLE|PURE, Set;
            "%set-difference" cl_set_difference 2 FALLIBLE|PURE, Set;
            "%set-is-subset" cl_set_is_subset 2 FALLIBLE|PURE, Bool;
            "%queue-new" cl_queue_new 0 PURE, Any;
            "%queue-enqueue" cl_queue_enqueue 2 FALLIBLE|PURE, Any;
            "%queue-dequeue" cl_queue_dequeue 1 FALLIBLE|PURE, Tuple;
            "%queue-peek" cl_queue_peek 1 FALLIBLE|PURE, Any;
            "%queue-is-empty" cl_queue_is_empty 1 FALLIBLE|PURE, Bool;
            "%queue-size" cl_queue_size 1 FALLIBLE|PURE, Fixnum;
            // (function position x): the items of a sequence as a List; a Dict's are Tuples (tuple k v). The error names
            // the function and the argument's position
            "%elements" cl_elements 3 FALLIBLE, List;
            // (x items): a List of items as a sequence of the kind of x, or the List itself where that makes no sense
            "%like" cl_like 2 NONE, Any;
            // (function x): the number of items of a sequence, Tuple or Bytes
            "%length" cl_length 2 FALLIBLE, Fixnum;
            "%reverse" cl_reverse 1 FALLIBLE, Any;
            // (x start end)
            "%slice" cl_slice 3 FALLIBLE, Any;
            "%contains" cl_contains 2 FALLIBLE, Bool;
            "%unique" cl_unique 1 FALLIBLE, Any;
            // (x descending)
            "%sort" cl_sort 2 FALLIBLE, Any;
            // a non-empty List of sequences of one kind
            "%append-all" cl_append_all 1 FALLIBLE, Any;
            // two Strings or two Lists
            "%concat" cl_concat 2 FALLIBLE|PURE, Any;
            // a List of Strings or of Lists
            "%concat-all" cl_concat_all 1 FALLIBLE|PURE, Any;
            // (x key default): of a Dict, Set, List, constructor value or nil
            "%get" cl_get 3 FALLIBLE|PURE, Any;
        }
    };
}
