//! Fibers: computations that can be suspended.

#[macro_export]
macro_rules! fiber_prims {
    ($m:ident) => {
        $m! {
            // a suspended fiber that will call the function, which must have one parameter
            "%fiber-new" cl_fiber_new 1 FALLIBLE, Any;
            // (fiber, value): runs the fiber until it yields or ends; what it yields, or its result. The value is the
            // function's argument, later the value of its `%fiber-yield`. An error that the fiber does not handle is
            // raised here.
            "%fiber-resume" cl_fiber_resume 2 FALLIBLE|SWITCH, Any;
            // suspends the running fiber: its `%fiber-resume` gives the value
            "%fiber-yield" cl_fiber_yield 1 FALLIBLE|SWITCH, Any;
            // 0 suspended, 1 running, 2 waits for a fiber that it resumed, 3 ended
            "%fiber-status" cl_fiber_status 1 FALLIBLE, Fixnum;
            "%is-fiber" cl_is_fiber 1 PURE, Bool;
            // a suspended fiber in the same state as the given one, which it shares nothing with but values
            "%fiber-copy" cl_fiber_copy 1 FALLIBLE, Any;
        }
    };
}
