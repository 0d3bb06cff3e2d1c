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
            // (fiber, request): suspends the running fiber together with those that wait for it up to the given one, whose
            // `%fiber-resume` gives the request. Resuming the given one goes on here.
            "%fiber-yield-to" cl_fiber_yield_to 2 FALLIBLE|SWITCH, Any;
            // (fiber, request, value): as `%fiber-resume` if the fiber is suspended with this very request, else raises
            // `resumed-twice`
            "%fiber-continue" cl_fiber_continue 3 FALLIBLE|SWITCH, Any;
            // (fiber, error): as `%fiber-resume`, but raises the error where the fiber, which has begun, was suspended
            "%fiber-throw" cl_fiber_throw 2 FALLIBLE|SWITCH, Any;
            // (fiber, request): whether it is suspended with this very request
            "%fiber-awaits" cl_fiber_awaits 2 PURE, Bool;
            "%running-fiber" cl_running_fiber 0 INLINE, Any;
            // (operation): the innermost entry for it of the handlers in force, also of the fibers that wait for this one; nil
            // if there is none. See stdlib/prelude/effects.cl.
            "%find-outside" cl_find_outside 1 NONE, Any;
            // the List of the entries of the handlers in force, also of the fibers that wait for this one, outermost first
            "%handlers-in-force" cl_handlers_in_force 0 NONE, List;
            // whether a clause of the program needs the continuation of its operation; the expansion of effects leaves none
            "%captures" cl_captures 0 PURE, Bool;
            // 0 suspended, 1 running, 2 waits for a fiber that it resumed, 3 ended
            "%fiber-status" cl_fiber_status 1 FALLIBLE, Fixnum;
            "%is-fiber" cl_is_fiber 1 PURE, Bool;
            // a suspended fiber in the same state as the given one, which it shares nothing with but values; those suspended
            // with it are copied, too
            "%fiber-copy" cl_fiber_copy 1 FALLIBLE, Any;
        }
    };
}
