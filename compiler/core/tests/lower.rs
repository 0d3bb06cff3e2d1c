//! What lowering makes of each construct.

mod support;

use cl_lang::hir::{Item, Type};
use support::{Tree, assert_core, function_text};

#[test]
fn a_recursive_function_calls_itself_directly() {
    let mut t = Tree::new();
    let n = t.var("n");
    let fib = t.global("fib");
    let (a, b) = (t.local(n), t.int(2));
    let cond = t.prim("%lt", &[a, b]);
    let (a, b) = (t.local(n), t.int(1));
    let less = t.prim("%sub", &[a, b]);
    let first = t.call_global(fib, &[less]);
    let (a, b) = (t.local(n), t.int(2));
    let less = t.prim("%sub", &[a, b]);
    let second = t.call_global(fib, &[less]);
    let sum = t.prim("%add", &[first, second]);
    let n_ = t.local(n);
    let body = t.if_(cond, n_, sum);
    let lambda = t.lambda("fib", &[n], body);
    t.define(fib, lambda);
    let ten = t.int(10);
    let run = t.call_global(fib, &[ten]);
    t.run(run);
    let core = cl_core::print(&t.core());
    assert_core(
        &function_text(&core, "fib"),
        "
        (func f.0:fib (n.1)
          (if (%lt n.1 2)
            (then (return n.1))
            (else
              (let t.2 (%sub n.1 1))
              (let t.3 (call f.0:fib t.2))
              (let t.4 (%sub n.1 2))
              (let t.5 (call f.0:fib t.4))
              (let t.6 (%add t.3 t.5))
              (return t.6))))",
    );
    assert_core(
        &function_text(&core, "top_level"),
        "
        (entry f.0:top_level ()
          (let t.1 (call f.2:fib 10))
          (return nil))",
    );
}
