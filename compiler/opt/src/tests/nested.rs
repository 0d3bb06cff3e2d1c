//! The passes of a round, and the rounds together.

use super::{after, same};
use crate::kinds::Kinds;
use crate::pipeline::Level;
use crate::simplify::Progress;
use crate::testing::{generate, read};
use crate::visit::term_blocks;
use crate::{cells, contify, fuse, groups, loops, reach, simplify, static_args};
use cl_core::ir::{Block, Program, Stmt, Term};
use cl_core::{Stage, print};

fn simplified(text: &str) -> String {
    after(tidy, Stage::Nested, text)
}

/// Three rounds of simplification and dead-code removal.
fn tidy(program: Program) -> Program {
    (0..3).fold(program, |p, _| {
        let mut progress = Progress::start(&p, Kinds::default(), 200);
        reach::drop_unreachable(simplify::simplify(p, &mut progress))
    })
}

fn nested(pass: impl FnOnce(Program) -> Program, text: &str) -> String {
    after(pass, Stage::Nested, text)
}

#[test]
fn a_self_tail_call_is_a_loop() {
    same(
        &nested(
            loops::make_loops,
            "(func main () (tail f 3)) (func f (n) (if n ((let m (%sub n 1)) (tail f m)) ((return n))))",
        ),
        "
        (entry f.0:main ()
          (tail (call f.1:f 3)))
        (func f.1:f (n.2)
          (loop j.0 (n.0)
            (if n.0
              (then
                (let m.1 (%sub n.0 1))
                (jump j.0 m.1))
              (else (return n.0))))
          (jump j.0 n.2))",
    );
}

#[test]
fn a_self_tail_call_of_a_local_function_is_a_loop() {
    same(
        &nested(loops::make_loops, "(func main (x) (fun f (n) (if n ((tail f x)) ((return n)))) (tail f 3))"),
        "
        (entry f.0:main (x.0)
          (funs
            (f.1 (n.3)
              (loop j.0 (n.2)
                (if n.2
                  (then (jump j.0 x.0))
                  (else (return n.2))))
              (jump j.0 n.3)))
          (tail (call-value f.1 3)))",
    );
}

#[test]
fn a_function_with_one_continuation_is_a_join() {
    let text = "(func main (x) (fun f (n) (let m (%add n x)) (return m)) (if x ((tail f 1)) ((tail f 2))))";
    same(
        &nested(contify::contify, text),
        "
        (entry f.0:main (x.0)
          (join j.0 (n.2)
            (let m.3 (%add n.2 x.0))
            (return m.3))
          (if x.0
            (then (jump j.0 1))
            (else (jump j.0 2))))",
    );
}

#[test]
fn a_function_whose_calls_go_on_at_one_join_returns_to_it() {
    let text = "(func main (x)
        (join j (r) (let s (%add r 1)) (return s))
        (fun f (n) (let m (%add n x)) (return m))
        (if x ((let a (call f 1)) (jump j a)) ((let b (call f 2)) (jump j b))))";
    same(
        &nested(contify::contify, text),
        "
        (entry f.0:main (x.0)
          (join j.0 (r.1)
            (let s.2 (%add r.1 1))
            (return s.2))
          (join j.1 (n.4)
            (let m.5 (%add n.4 x.0))
            (jump j.0 m.5))
          (if x.0
            (then (jump j.1 1))
            (else (jump j.1 2))))",
    );
}

#[test]
fn a_function_called_inside_a_try_stays_outside_of_it() {
    let text = "(func main (x)
        (join j (r) (return r))
        (fun f (n) (let m (%add n x)) (return m))
        (try ((let a (call f 1)) (jump j a)) e ((let b (call f 2)) (jump j b))))";
    assert!(nested(contify::contify, text).contains("(funs"));
}

#[test]
fn an_assigned_variable_is_a_parameter_of_its_loop() {
    let text = "(func main (n)
        (let sum (cell 0))
        (loop again (i)
            (if (%lt i n)
                ((let s (get sum)) (let t (%add s i)) (let u (set sum t)) (let k (%add i 1)) (jump again k))
                ((let r (get sum)) (return r))))
        (jump again 0))";
    same(
        &nested(cells::cells_to_values, text),
        "
        (entry f.0:main (n.0)
          (loop j.0 (i.2 sum.8)
            (if (%lt i.2 n.0)
              (then
                (let s.3 sum.8)
                (let t.4 (%add s.3 i.2))
                (let u.5 nil)
                (let k.6 (%add i.2 1))
                (jump j.0 k.6 t.4))
              (else
                (let r.7 sum.8)
                (return r.7))))
          (jump j.0 0 0))",
    );
}

#[test]
fn a_cell_set_inside_a_try_stays_a_cell() {
    let text = "(func main (x)
        (let c (cell 0))
        (join j () (let r (get c)) (return r))
        (try ((let s (set c 1)) (let t (%head x)) (jump j)) e ((jump j))))";
    assert!(nested(cells::cells_to_values, text).contains("(new-cell 0)"));
}

#[test]
fn a_captured_cell_stays_a_cell() {
    let text = "(func main (x) (let c (cell 0)) (fun f () (let r (get c)) (return r)) (let s (set c 1)) (return f))";
    assert!(nested(cells::cells_to_values, text).contains("(new-cell 0)"));
}

#[test]
fn a_test_is_done_by_the_branch() {
    let text = "(func main (x) (let b (%lt x 1)) (let t (tuple x)) (if b ((return t)) ((return x))))";
    same(
        &nested(fuse::fuse_tests, text),
        "
        (entry f.0:main (x.0)
          (let t.2 (tuple x.0))
          (if (%lt x.0 1)
            (then (return t.2))
            (else (return x.0))))",
    );
}

#[test]
fn a_test_that_may_raise_does_not_move_past_an_effect() {
    let text = "(func main (x c) (let b (%lt x 1)) (let s (set-global g x)) (if b ((return s)) ((return x))))";
    assert!(nested(fuse::fuse_tests, text).contains("(let b.2 (%lt"));
}

#[test]
fn functions_that_stood_in_one_let_are_split() {
    let text = "(func main (x)
        (funs (f () (tail g 1)) (g (a) (return a)) (h () (tail k)) (k () (tail h)))
        (let t (tuple f h)) (return t))";
    same(
        &nested(groups::split_groups, text),
        "
        (entry f.0:main (x.0)
          (funs
            (g.2 (a.3)
              (return a.3)))
          (funs
            (f.1 ()
              (tail (call-value g.2 1))))
          (funs
            (h.4 ()
              (tail (call-value k.5)))
            (k.5 ()
              (tail (call-value h.4))))
          (let t.6 (tuple f.1 h.4))
          (return t.6))",
    );
}

#[test]
fn constants_are_folded_and_copies_are_gone() {
    let text = "(func main (x) (let a (%add 2 3)) (let b a) (let c (%mul b b)) (let t (tuple c x)) (return t))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (let t.4 (tuple 25 x.0))
          (return t.4))",
    );
}

#[test]
fn a_sum_past_the_fixnums_is_left() {
    let text = "(func main (x) (let a (%add 4611686018427387903 1)) (return a))";
    assert!(simplified(text).contains("(%add 4611686018427387903 1)"));
}

#[test]
fn a_branch_on_what_is_known_is_taken() {
    let text = "(func main (x)
        (let p (%cons-unchecked x []))
        (if (%is-cons p) ((let h (%head p)) (return h)) ((return nil))))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (return x.0))",
    );
}

#[test]
fn what_a_new_dict_has_under_a_key_is_known() {
    let text = "(func main (x)
        (let a (%dict-new))
        (let b (%dict-set a :k x))
        (let c (%dict-set b :l 2))
        (let d (%dict-get c :k undef))
        (let e (%get c :m 7))
        (if (%same d undef) ((return 0)) ((let t (tuple d e)) (return t))))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (let t.6 (tuple x.0 7))
          (return t.6))",
    );
}

#[test]
fn a_dict_with_an_unknown_key_may_have_another_value() {
    let text = "(func main (x y)
        (let a (%dict-new))
        (let b (%dict-set a :k x))
        (let c (%dict-set b y 2))
        (let d (%dict-get c :k nil))
        (return d))";
    assert!(simplified(text).contains("(%dict-get c"));
}

#[test]
fn a_branch_teaches_its_arms() {
    let text = "(func main (x)
        (if (%is-cons x)
            ((let h (%head x)) (if (%is-cons x) ((return h)) ((return 1))))
            ((if (%is-cons x) ((return 2)) ((return 3))))))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (if (%is-cons x.0)
            (then
              (let h.1 (%head-unchecked x.0))
              (return h.1))
            (else (return 3))))",
    );
}

#[test]
fn an_if_of_an_and_is_plain_branches() {
    let text = "(func main (x)
        (join j (r) (if r ((let a (%print x)) (return a)) ((let b (%head x)) (return b))))
        (let c (%is-fixnum x))
        (if c ((let d (%lt x 5)) (jump j d)) ((jump j c))))";
    same(
        &after(|p| fuse::fuse_tests(tidy(p)), Stage::Nested, text),
        "
        (entry f.0:main (x.0)
          (if (%is-fixnum x.0)
            (then
              (if (%lt x.0 5)
                (then
                  (let a.2 (%print x.0))
                  (return a.2))
                (else
                  (let b.9 (%head x.0))
                  (return b.9))))
            (else
              (let b.10 (%head x.0))
              (return b.10))))",
    );
}

#[test]
fn a_function_called_once_is_inlined() {
    let text =
        "(func main (x) (fun f (a) (let b (%add a 1)) (return b)) (let r (call f x)) (let s (%mul r r)) (return s))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (let b.3 (%add x.0 1))
          (let s.5 (%mul b.3 b.3))
          (return s.5))",
    );
}

#[test]
fn inlining_in_a_try_keeps_what_the_try_catches() {
    let text = "(func main (x)
        (fun f (a) (if a ((tail-apply x a)) ((return 1))))
        (join j (v) (let p (%print v)) (return p))
        (try ((let r (call f x)) (jump j r)) e ((jump j e))))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (join j.0 (v.3)
            (let p.4 (%print v.3))
            (return p.4))
          (try
            (body
              (if x.0
                (then
                  (let result.7 (apply x.0 x.0))
                  (jump j.0 result.7))
                (else (jump j.0 1))))
            (catch e.6 (jump j.0 e.6))))",
    );
}

#[test]
fn another_round_changes_nothing() {
    for seed in 0..200 {
        let once = (0..6).fold(generate::program(seed), |p, _| tidy(p));
        let text = print(&once);
        same(&print(&tidy(once)), &text);
    }
}

#[test]
fn a_higher_order_function_with_a_known_function_is_a_loop_without_calls() {
    let text = "(func main (xs) (fun add (a b) (let c (%add a b)) (return c)) (tail fold add 0 xs))
        (func fold (f acc ys)
            (if (%is-cons ys)
                ((let h (%head ys)) (let t (%tail ys)) (let n (call f acc h)) (tail fold f n t))
                ((return acc))))";
    let rounds = |p| tidy(loops::make_loops(p));
    same(
        &after(rounds, Stage::Nested, text),
        "
        (entry f.0:main (xs.0)
          (loop j.1 (acc.15 ys.16)
            (if (%is-cons ys.16)
              (then
                (let h.17 (%head-unchecked ys.16))
                (let t.18 (%tail-unchecked ys.16))
                (let c.20 (%add acc.15 h.17))
                (jump j.1 c.20 t.18))
              (else (return acc.15))))
          (jump j.1 0 xs.0))",
    );
}

#[test]
fn a_recursive_higher_order_function_is_copied_for_the_function_passed() {
    let text = "(func main (xs k) (fun add (a) (let c (%add a k)) (return c)) (let r (call each add xs)) (return r))
        (func each (f ys)
            (if (%is-cons ys)
                ((let h (%head ys)) (let n (call f h)) (let t (%tail ys)) (let r2 (call each f t)) (let l (%cons n r2)) (return l))
                ((return []))))";
    let passes = |p| tidy(static_args::static_arguments(p));
    same(
        &after(passes, Stage::Nested, text),
        "
        (entry f.0:main (xs.0 k.1)
          (funs
            (each.15 (ys.16)
              (if (%is-cons ys.16)
                (then
                  (let h.17 (%head-unchecked ys.16))
                  (let c.22 (%add h.17 k.1))
                  (let t.19 (%tail-unchecked ys.16))
                  (let r2.20 (call-value each.15 t.19))
                  (let l.21 (%cons c.22 r2.20))
                  (return l.21))
                (else (return [])))))
          (tail (call-value each.15 xs.0)))",
    );
}

#[test]
fn effects_keep_their_order() {
    let text = "(func main (x)
        (fun f (a) (let p (%print a)) (return p))
        (let l (%head x)) (let r (call f l)) (let m (%tail x)) (let s (call f m))
        (let t (tuple r s)) (return t))";
    same(
        &simplified(text),
        "
        (entry f.0:main (x.0)
          (let l.4 (%head x.0))
          (let p.9 (%print l.4))
          (let m.6 (%tail x.0))
          (let p.10 (%print m.6))
          (let t.8 (tuple p.9 p.10))
          (return t.8))",
    );
}

#[test]
fn equality_is_not_shared_across_changes() {
    let text = "(func main (a b)
        (let x (%eq a b)) (let s (%array-set a 0 1)) (let y (%eq a b)) (let t (tuple x y)) (return t))";
    assert_eq!(simplified(text).matches("(%eq").count(), 2);
}

#[test]
fn endless_unfolding_stops() {
    let text =
        "(func main () (fun w (x) (let r (call x x)) (let s (call x x)) (let t (tuple r s)) (return t)) (tail w w))";
    let optimised = crate::optimise(crate::testing::read::program(text), crate::Level::O2);
    assert!(print(&optimised.program).len() < 100_000);
}

#[test]
fn a_function_that_raises_keeps_its_place_in_traces() {
    let text = "(func main (x) (let r (call check x)) (return r))
        (func check (y) (if y ((return y)) ((let e (%raise :bad y y)) (unreachable))))";
    assert!(simplified(text).contains("call f.1:check"));
}

/// The bodies of nested handlers: each a local function that is called once, in a `Try`.
fn nested_bodies(count: usize) -> String {
    let open = |i| format!("(join j{i} (r{i}) (return r{i})) (join k{i} (s{i}) (return s{i})) (fun f{i} () ");
    let close = |i| {
        format!(
            ") (try ((let a{i} (call f{i})) (jump j{i} a{i})) e{i} ((let b{i} (call g e{i})) (let c{i} (%handlers))
              (let d{i} (tuple b{i} c{i})) (jump k{i} d{i})))"
        )
    };
    let opened: String = (0..count).map(open).collect();
    let closed: String = (0..count).rev().map(close).collect();
    format!("(func main () {opened} (let z (call g 1)) (return z) {closed}) (func g (n) (let m (call g n)) (return m))")
}

/// How deep `Try`s are nested in one function at most.
fn deepest(program: &Program) -> usize {
    fn walk<'b>(block: &'b Block, depth: usize, work: &mut Vec<(&'b Block, usize)>) {
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { .. } => {}
                Stmt::Join(join) => work.push((&join.body, depth)),
                Stmt::Funs(funs) => work.extend(funs.iter().map(|f| (&f.func.body, 0))),
            }
        }
        let inner = depth + usize::from(matches!(block.term, Term::Try { .. }));
        work.extend(term_blocks(&block.term).into_iter().flatten().map(|b| (b, inner)));
    }
    let mut work: Vec<_> = program.funcs.iter().map(|f| (&f.body, 0)).collect();
    let mut found = 0;
    while let Some((block, depth)) = work.pop() {
        found = found.max(depth);
        walk(block, depth, &mut work);
    }
    found
}

/// What a `Try` needs where it lands is live at each call inside: the work of the code generator is the depth squared.
#[test]
fn bodies_of_handlers_are_put_in_place_up_to_a_depth() {
    let depth = |count| deepest(&crate::optimise(read::program(&nested_bodies(count)), Level::O2).program);
    assert_eq!(depth(5), 5);
    // Closure conversion makes functions of the rest, of which small ones are put in place once more.
    assert!(depth(100) <= 40 && depth(400) <= 40, "{} and {}", depth(100), depth(400));
}
