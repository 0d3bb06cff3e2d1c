//! Closure conversion and reachability.

use super::{after, same};
use crate::convert::convert_closures;
use crate::reach::drop_unreachable;
use crate::unroll::unroll_recursion;
use cl_core::Stage;

fn converted(text: &str) -> String {
    after(convert_closures, Stage::Flat, text)
}

fn swept(text: &str) -> String {
    after(drop_unreachable, Stage::Nested, text)
}

#[test]
fn a_function_that_is_only_called_gets_its_free_variables_as_parameters() {
    same(
        &converted("(func main (x) (fun f (n) (let s (%add n x)) (return s)) (let r (call f 1)) (return r))"),
        "
        (entry f.0:main (x.0)
          (let r.4 (call f.1:f x.0 1))
          (return r.4))
        (func f.1:f (x.5 n.2)
          (let s.3 (%add n.2 x.5))
          (return s.3))",
    );
}

#[test]
fn a_recursive_function_is_lifted_with_its_recursion() {
    let text = "(func main (x)
        (fun f (n) (let m (%sub n x)) (let r (call f m)) (let s (%add r 1)) (return s))
        (tail f 10))";
    same(
        &converted(text),
        "
        (entry f.0:main (x.0)
          (tail (call f.1:f x.0 10)))
        (func f.1:f (x.6 n.2)
          (let m.3 (%sub n.2 x.6))
          (let r.4 (call f.1:f x.6 m.3))
          (let s.5 (%add r.4 1))
          (return s.5))",
    );
}

#[test]
fn an_escaping_function_is_a_closure_of_what_it_captures() {
    same(
        &converted("(func main (x) (fun f (n) (let s (%add n x)) (return s)) (return f))"),
        "
        (entry f.0:main (x.0)
          (let f.1 (closures () (f.1:f x.0)))
          (return f.1))
        (func f.1:f (n.2) (captures x.4)
          (let s.3 (%add n.2 x.4))
          (return s.3))",
    );
}

#[test]
fn an_escaping_function_without_free_variables_is_static() {
    same(
        &converted("(func main () (fun f (n) (return n)) (let t (tuple f f)) (return t))"),
        "
        (entry f.0:main ()
          (let t.2 (tuple f.1:f f.1:f))
          (return t.2))
        (func f.1:f (n.1)
          (return n.1))",
    );
}

#[test]
fn mutually_recursive_closures_are_made_together() {
    let text = "(func main (x)
        (funs (f (a) (let t (tuple g x)) (return t)) (g (b) (let u (tuple f x)) (return u)))
        (let r (tuple f g))
        (return r))";
    same(
        &converted(text),
        "
        (entry f.0:main (x.0)
          (let f.1 (closures (g.4) (f.1:f x.0 g.4) (f.2:g f.1 x.0)))
          (let r.7 (tuple f.1 g.4))
          (return r.7))
        (func f.1:f (a.2) (captures x.8 g.9)
          (let t.3 (tuple g.9 x.8))
          (return t.3))
        (func f.2:g (b.5) (captures f.10 x.11)
          (let u.6 (tuple f.10 x.11))
          (return u.6))",
    );
}

#[test]
fn a_closure_called_by_name_is_called_directly() {
    let text =
        "(func main (x) (fun f (n) (let s (%add n x)) (return s)) (let r (call f 1)) (let t (tuple f r)) (return t))";
    same(
        &converted(text),
        "
        (entry f.0:main (x.0)
          (let f.1 (closures () (f.1:f x.0)))
          (let r.4 (call-known f.1:f f.1 1))
          (let t.5 (tuple f.1 r.4))
          (return t.5))
        (func f.1:f (n.2) (captures x.6)
          (let s.3 (%add n.2 x.6))
          (return s.3))",
    );
}

#[test]
fn a_function_inside_a_function_passes_variables_through() {
    let text = "(func main (x)
        (fun outer (a) (fun inner (b) (let s (%add b x)) (return s)) (return inner))
        (return outer))";
    same(
        &converted(text),
        "
        (entry f.0:main (x.0)
          (let outer.1 (closures () (f.1:outer x.0)))
          (return outer.1))
        (func f.1:outer (a.2) (captures x.6)
          (let inner.3 (closures () (f.2:inner x.6)))
          (return inner.3))
        (func f.2:inner (b.4) (captures x.7)
          (let s.5 (%add b.4 x.7))
          (return s.5))",
    );
}

#[test]
fn too_many_parameters_make_a_closure() {
    let free: Vec<String> = (0..13).map(|i| format!("x{i}")).collect();
    let all = free.join(" ");
    let text = format!("(func main ({all}) (fun f () (let t (tuple {all})) (return t)) (let r (call f)) (return r))");
    let found = converted(&text);
    assert!(found.contains("(call-known f.1:f f.13)"), "{found}");
}

#[test]
fn a_direct_call_makes_the_list_of_further_arguments() {
    same(
        &converted("(func main (x) (fun f (a & r) (let t (tuple a r x)) (return t)) (tail f 1 2 3))"),
        "
        (entry f.0:main (x.0)
          (let rest.6 (%cons-unchecked 3 []))
          (let rest.7 (%cons-unchecked 2 rest.6))
          (tail (call f.1:f x.0 1 rest.7)))
        (func f.1:f (x.5 a.2 r.3)
          (let t.4 (tuple a.2 r.3 x.5))
          (return t.4))",
    );
}

#[test]
fn a_call_with_a_wrong_number_of_arguments_is_left_to_fail() {
    same(
        &converted("(func main (x) (fun f (a) (return x)) (tail f 1 2))"),
        "
        (entry f.0:main (x.0)
          (let f.1 (closures () (f.1:f x.0)))
          (tail (call-value f.1 1 2)))
        (func f.1:f (a.2) (captures x.3)
          (return x.3))",
    );
}

#[test]
fn what_the_entry_does_not_reach_is_gone() {
    let text = "(func unused (a) (tail helper a))
        (func helper (b) (return b))
        (func used (c) (return c))
        (func main () (let x (call used 1)) (return x))";
    same(
        &swept(text),
        "
        (func f.0:used (c.2)
          (return c.2))
        (entry f.1:main ()
          (let x.3 (call f.0:used 1))
          (return x.3))",
    );
}

#[test]
fn what_is_stored_in_a_global_that_nothing_reads_is_dead() {
    let text = "(func helper (b) (return b))
        (func main () (fun f (a) (tail helper a)) (let s (set-global table f)) (return s))";
    same(
        &swept(text),
        "
        (entry f.0:main ()
          (let s.3 nil)
          (return s.3))",
    );
}

#[test]
fn a_cell_that_nothing_reads_is_dead() {
    same(
        &swept("(func main (x) (let c (cell 0)) (let t (tuple x x)) (let s (set c t)) (return x))"),
        "
        (entry f.0:main (x.0)
          (return x.0))",
    );
}

#[test]
fn what_may_raise_stays() {
    same(
        &swept("(func main (x) (let a (%add x 1)) (let b (%is-cons x)) (return x))"),
        "
        (entry f.0:main (x.0)
          (let a.1 (%add x.0 1))
          (return x.0))",
    );
}

#[test]
fn parameters_that_only_pass_themselves_on_are_dropped() {
    let text = "(func main (x)
        (loop again (i dead) (if (%lt i 9) ((let n (%add i 1)) (jump again n dead)) ((return i))))
        (jump again 0 x))";
    same(
        &swept(text),
        "
        (entry f.0:main (x.0)
          (loop j.0 (i.1)
            (if (%lt i.1 9)
              (then
                (let n.3 (%add i.1 1))
                (jump j.0 n.3))
              (else (return i.1))))
          (jump j.0 0))",
    );
}

#[test]
fn a_small_recursive_function_is_unrolled_once() {
    let text = "(func main (x) (tail f x))
        (func f (n) (if n ((let m (%sub n 1)) (let r (call f m)) (let s (%add r 1)) (return s)) ((return 0))))";
    same(
        &after(|p| unroll_recursion(convert_closures(p)), Stage::Flat, text),
        "
        (entry f.0:main (x.0)
          (tail (call f.1:f x.0)))
        (func f.1:f (n.1)
          (if n.1
            (then
              (let m.2 (%sub n.1 1))
              (join j.0 (r.3)
                (let s.4 (%add r.3 1))
                (return s.4))
              (if m.2
                (then
                  (let m.5 (%sub m.2 1))
                  (let r.6 (call f.1:f m.5))
                  (let s.7 (%add r.6 1))
                  (jump j.0 s.7))
                (else (jump j.0 0))))
            (else (return 0))))",
    );
}
