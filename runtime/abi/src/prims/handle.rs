//! Handles: objects of the library that are known by their identity and whose fields change. Promises and what goroutines wait on
//! are made of them.

#[macro_export]
macro_rules! handle_prims {
    ($m:ident) => {
        $m! {
            // (index of the kind in HANDLE_NAMES, List of the fields)
            "%handle" cl_handle 2 NONE, Any;
            // (value, index of the kind)
            "%is-handle" cl_is_handle 2 PURE, Bool;
            "%is-promise" cl_is_promise 1 PURE, Bool;
            // (handle, index of the field): the first argument of these must be a handle that has the field
            "%handle-get" cl_handle_get 2 NONE, Any;
            "%handle-set" cl_handle_set 3 NONE, Nil;
            // (handle, index of the field, expected, new): stores the new value if the field holds the expected one, as one
            // step; whether it did. Values are compared as `%same` does.
            "%handle-swap" cl_handle_swap 4 NONE, Bool;
        }
    };
}
