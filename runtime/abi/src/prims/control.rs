//! Errors, functions, the collector.

#[macro_export]
macro_rules! control_prims {
    ($m:ident) => {
        $m! {
            "%is-function" cl_is_function 1 PURE|INLINE, Bool;
            // (function, List of arguments): how the library spells Core's own operation; lowering leaves none
            "%apply" cl_apply 2 FALLIBLE, Any;
            // (type message data): always raises
            "%raise" cl_make_error 3 FALLIBLE, Never;
            // an error Dict, raised again
            "%reraise" cl_reraise 1 FALLIBLE, Never;
            // what a landing got, on its way again: an error, or what leaves a handler's body
            "%rethrow" cl_rethrow 1 FALLIBLE, Never;
            // the entries of the handlers in force
            "%handlers" cl_handlers 0 INLINE, Any;
            "%set-handlers" cl_set_handlers 1 INLINE, Nil;
            // what no program can hold; lowering makes it a constant
            "%undef" cl_undef 0 PURE, Any;
            // the value that no arm of a `match` took
            "%match-error" cl_match_error 1 FALLIBLE, Never;
            // the name (a String) of a variable used before its definition
            "%used-before-definition" cl_used_before_definition 1 FALLIBLE, Never;
            // (value, expected kind as String, what is annotated as String)
            "%annotation-error" cl_annotation_error 3 FALLIBLE, Never;
            // (the clause's description, the List of arguments, the function's value): see cl_contract_violation
            "%contract-violation" cl_contract_violation 3 FALLIBLE, Never;
            // (contract): whether its clauses are to be evaluated, since none of it is being evaluated
            "%contract-enter" cl_contract_enter 1 NONE, Bool;
            "%contract-leave" cl_contract_leave 1 NONE, Nil;
            // the smallest number of arguments that a function takes
            "%arity" cl_arity 1 FALLIBLE|PURE, Fixnum;
            "%function-name" cl_function_name 1 FALLIBLE|PURE, String;
            // ends the program with the status, an Int: no handler and no `finally` runs
            "%exit" cl_exit 1 FALLIBLE|OUTSIDE, Never;
            "%gc-collect" cl_gc_collect 0 POLL, Nil;
            "%gc-stats" cl_gc_stats 0 NONE, Dict;
            // whether full collections are made when due
            "%gc-enable" cl_gc_enable 1 NONE, Nil;
            "%gc-is-enabled" cl_gc_is_enabled 0 NONE, Bool;
            // growth of the heap in bytes
            "%gc-set-threshold" cl_gc_set_threshold 1 FALLIBLE, Nil;
            "%gc-threshold" cl_gc_threshold 0 NONE, Int;
        }
    };
}
