//! Operations whose clause is known.

use super::{after, same};
use crate::effects::known_handlers;
use cl_core::Stage;

fn known(text: &str) -> String {
    after(known_handlers, Stage::Nested, text)
}

/// A handler of `state:get` and `state:put` for a cell, around a body.
fn with_state(body: &str, rest: &str) -> String {
    format!(
        "(func main (n)
            (let s (cell n))
            (fun get () (let a (get s)) (let b (resume a)) (return b))
            (fun put (v) (let c (set s v)) (let d (resume nil)) (return d))
            (fun body () {body})
            (let r (handle body (state:get get) (state:put put)))
            (return r))
         {rest}"
    )
}

#[test]
fn what_the_body_performs_calls_the_clause_and_no_handler_is_left() {
    same(
        &known(&with_state("(let x (perform state:get)) (let y (perform state:put x)) (return y)", "")),
        "
        (entry f.0:main (n.0)
          (let s.1 (new-cell n.0))
          (funs
            (get.2 ()
              (let a.3 (get-cell s.1))
              (let b.4 (resume a.3))
              (return b.4)))
          (funs
            (put.5 (v.6)
              (let c.7 (set-cell s.1 v.6))
              (let d.8 (resume nil))
              (return d.8)))
          (funs
            (body.9 ()
              (let x.10 (call-value get.2))
              (let y.11 (call-value put.5 x.10))
              (return y.11)))
          (let r.12 (call-value body.9))
          (return r.12))",
    );
}

#[test]
fn a_function_that_performs_is_copied_into_the_body() {
    let found = known(&with_state(
        "(tail f 3)",
        "(func f (m) (let x (perform state:get)) (if x ((tail g x)) ((return x))))
         (func g (k) (let h (%sub k 1)) (tail f h))
         (func other (o) (tail f o))",
    ));
    let body: String =
        found.lines().skip_while(|l| !l.contains("(body")).take_while(|l| !l.contains("let r.")).collect();
    assert!(body.contains("(f.") && body.contains("(g."), "copies of both in one group: {found}");
    assert!(body.contains("(call-value get.2)"), "{found}");
    assert!(!body.contains("perform") && !body.contains("call f."), "{found}");
    assert!(found.contains("(perform state:get)"), "the original still performs: {found}");
    assert!(found.contains("(call-value body.9)"), "{found}");
}

#[test]
fn in_a_try_operations_stay_and_so_does_the_handler() {
    let found = known(&with_state(
        "(join j (q) (return q)) (try ((let x (perform state:get)) (let y (call f)) (jump j x)) e ((let z (perform state:get)) (jump j z)))",
        "(func f () (let w (perform state:get)) (return w))",
    ));
    assert_eq!(found.matches("(perform state:get)").count(), 2, "in the Try and in f: {found}");
    assert_eq!(found.matches("(call-value get.2)").count(), 1, "in the catch clause: {found}");
    assert!(found.contains("(handle body.9 (state:get"), "{found}");
}

#[test]
fn what_calls_unknown_functions_keeps_its_handler() {
    let found = known(
        "(func main (g)
            (fun ask () (let b (resume 5)) (return b))
            (fun body () (let x (perform env:ask)) (let y (call g x)) (return y))
            (let r (handle body (env:ask ask)))
            (return r))",
    );
    assert!(found.contains("(call-value ask.1)"), "{found}");
    assert!(found.contains("(env:ask resumes ask.1)"), "{found}");
}

#[test]
fn a_clause_that_could_tell_the_handlers_in_force_is_not_called() {
    let clause = |work: &str| {
        known(&format!(
            "(func main (g)
                (fun ask () (let a {work}) (let b (resume a)) (return b))
                (fun body () (let x (perform env:ask)) (return x))
                (let r (handle body (env:ask ask)))
                (return r))
             (func performs () (let p (perform out:of)) (return p))
             (func deeper () (let q (call performs)) (return q))
             (func simple (s) (let t (%add s 1)) (return t))"
        ))
    };
    for work in ["(call g)", "(perform out:of)", "(handled out:of)", "(call deeper)", "(%handlers)", "(apply g [])"] {
        assert!(clause(work).contains("(perform env:ask)"), "{work}");
    }
    assert!(!clause("(call simple 3)").contains("(perform env:ask)"));
}

#[test]
fn under_a_handler_inside_and_in_lambdas_operations_stay() {
    let found = known(&with_state(
        "(fun lambda () (let z (perform state:get)) (return z))
         (fun other () (let o (resume 1)) (return o))
         (fun inner () (let x (perform state:get)) (let y (perform env:ask)) (let u (call n)) (return x))
         (let i (handle inner (env:ask other)))
         (let w (tuple i lambda))
         (return w)",
        "",
    ));
    assert_eq!(found.matches("(perform state:get)").count(), 2, "{found}");
    assert!(!found.contains("(perform env:ask)"), "the inner handler's own: {found}");
    assert!(found.contains("(state:get"), "{found}");
}

#[test]
fn local_functions_that_are_only_called_are_exposed() {
    let body = |more: &str| {
        format!(
            "(fun again (m) (let x (perform state:get)) (if x ((let k (%sub m 1)) (tail again k)) ((return x))))
             (let w (call again 3)) {more} (return w)"
        )
    };
    let found = known(&with_state(&body(""), ""));
    assert!(!found.contains("perform") && !found.contains("handle"), "{found}");
    for more in
        ["(let z (tuple again))", "(fun lambda () (tail again 1)) (let z (tuple lambda))", "(let z (call again))"]
    {
        let found = known(&with_state(&body(more), ""));
        assert!(found.contains("(perform state:get)") && found.contains("(handle body.9 (state:get"), "{found}");
    }
}

#[test]
fn handlers_around_one_another_are_known_from_the_inside_out() {
    let found = known(&with_state(
        "(fun ask () (let o (resume 1)) (return o))
         (fun inner () (let x (call f)) (return x))
         (let i (handle inner (env:ask ask)))
         (return i)",
        "(func f () (let y (perform env:ask)) (let z (perform state:put y)) (return z))",
    ));
    let main = found.split("(func ").next().unwrap();
    assert!(!main.contains("perform") && !main.contains("handle"), "{found}");
}

#[test]
fn a_handler_that_takes_errors_is_left_alone() {
    let found = known(
        "(func main (g)
            (fun ask () (let b (resume 5)) (return b))
            (fun failed (type message data) (return 1))
            (fun body () (let x (perform env:ask)) (return x))
            (let r (handle body (env:ask ask) (aborts error:raise failed)))
            (return r))",
    );
    assert!(found.contains("(perform env:ask)"), "{found}");
}
