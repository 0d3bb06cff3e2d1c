//! What the analysis of kinds finds.

use crate::kinds::{Bits, KindSet};
use crate::testing::read;
use crate::{Level, Optimised, optimise};
use cl_abi::layout::FIXNUM_MAX;
use cl_core::ir::VarId;

fn optimised(text: &str) -> Optimised {
    optimise(read::program(text), Level::O2)
}

/// What is known of the variables of a name, in order.
fn of(optimised: &Optimised, name: &str) -> Vec<KindSet> {
    let text = cl_core::print(&optimised.program);
    let vars = optimised.program.vars.iter().enumerate().filter(|(_, v)| &*v.name == name).map(|(i, _)| i);
    // Only those that are left.
    vars.filter(|i| text.contains(&format!("{name}.{i}"))).map(|i| optimised.kinds.of(VarId(i as u32))).collect()
}

/// Calls that nothing can be known of.
const OPAQUE: &str = "(func opaque (o) (let oc (%args)) (let od (%head oc)) (return od))";

#[test]
fn a_mask_bounds_a_loop_variable() {
    let text = format!(
        "{OPAQUE} (func main () (let n (call opaque 1))
            (loop again (i x)
                (if (%eq i 0) ((return x))
                    ((let j (%sub i 1)) (let y (%mul x 5)) (let z (%add y i)) (let m (%bit-and z 16777215)) (jump again j m))))
            (jump again n 1))"
    );
    let found = of(&optimised(&text), "x");
    assert_eq!(found, [KindSet::range(0, 16_777_215)]);
}

#[test]
fn a_counter_below_a_fixnum_stays_a_fixnum() {
    let text = "(func main () (let xs (%args)) (let n (%list-length xs))
        (loop again (i) (if (%lt i n) ((let k (%add i 1)) (let p (%print k)) (jump again k)) ((return i))))
        (jump again 0))";
    let found = of(&optimised(text), "k");
    assert_eq!(found.iter().map(|k| k.bits).collect::<Vec<_>>(), [Bits::FIXNUM]);
    assert!(found[0].min >= 0 && found[0].max < FIXNUM_MAX);
}

#[test]
fn parameters_of_known_functions_are_what_calls_pass() {
    let text = "(func main () (let r (call fib 20)) (return r))
        (func fib (n) (if (%lt n 2) ((return n))
            ((let a (%sub n 1)) (let b (call fib a)) (let c (%sub n 2)) (let d (call fib c)) (let e (%add b d)) (return e))))";
    let found = optimised(text);
    assert_eq!(of(&found, "n"), [KindSet::range(0, 20)]);
    assert_eq!(of(&found, "e")[0].bits, Bits::INT);
}

#[test]
fn a_function_that_escapes_may_get_anything() {
    let text = format!(
        "{OPAQUE} (func main () (let g (call opaque f)) (let r (call g f)) (let s (call f 1)) (return s))
            (func f (n) (let p (%print n)) (let q (%print p)) (let a (%print q)) (let b (%print a)) (let c (%print b))
                (let d (%print c)) (let e (%print d)) (let h (%print e)) (let i (%print h)) (let j (%print i)) (return n))"
    );
    let found = optimised(&text);
    assert!(of(&found, "n").contains(&KindSet::ANY), "{}", cl_core::print(&found.program));
}

#[test]
fn a_constructor_field_is_what_is_put_into_it() {
    let text = "(func main () (let xs (%args)) (let a (construct Box 1)) (let t (tuple a xs))
        (let r (call pick a xs)) (return r))
        (func pick (b l) (if (%is-cons l) ((let m (%tail l)) (let c (construct Box 7)) (let s (call pick c m)) (return s))
            ((let v (field 0 b)) (let p (%print v)) (return p))))";
    let mut program = read::program(text);
    program.ctors[0].fields.push("".into());
    let found = optimise(program, Level::O2);
    assert_eq!(of(&found, "v"), [KindSet::range(1, 7)], "{}", cl_core::print(&found.program));
}

#[test]
fn a_branch_narrows_only_its_own_arm() {
    let text = format!(
        "{OPAQUE} (func main () (let x (call opaque 1))
            (join j (r) (let t (%print r)) (let u (%print t)) (return u))
            (if (%is-fixnum x) ((let y (%bit-or x 1)) (jump j y)) ((let z (%print x)) (jump j z))))"
    );
    let found = optimised(&text);
    assert_eq!(of(&found, "y"), [KindSet::of(Bits::FIXNUM)]);
    assert_eq!(of(&found, "r"), [KindSet::of(Bits::FIXNUM.or(Bits::NIL))]);
}

#[test]
fn an_index_that_was_used_is_a_fixnum() {
    let text = format!(
        "{OPAQUE} (func main () (let a (call opaque 1)) (let i (call opaque 2)) (let v (%array-get a i)) (let k (%add i 1))
            (let t (tuple v k)) (return t))"
    );
    assert_eq!(of(&optimised(&text), "k")[0].bits, Bits::FIXNUM);
}

#[test]
fn a_global_read_without_a_test_is_defined() {
    let text = "(func main () (let s (set-global g 5)) (let v (global g)) (let w (global g)) (let u (%same w undef))
        (let t (tuple v u)) (return t))";
    let found = optimised(text);
    assert_eq!(of(&found, "v"), [KindSet::range(5, 5)]);
    assert_eq!(of(&found, "w")[0].bits, Bits::FIXNUM.or(Bits::UNDEF));
}

#[test]
fn counting_down_to_a_number_stops_there() {
    let text = "(func main () (let r (call ack 3 11)) (return r))
        (func ack (m n)
            (if (%eq m 0) ((let a (%add n 1)) (return a))
                ((let k (%sub m 1))
                    (if (%eq n 0) ((tail ack k 1)) ((let j (%sub n 1)) (let b (call ack m j)) (tail ack k b))))))";
    let found = optimised(text);
    assert!(of(&found, "m").iter().all(|m| m.is_fixnum() && m.min >= 0 && m.max == 3), "{:?}", of(&found, "m"));
    assert!(of(&found, "k").iter().all(|k| *k == KindSet::range(0, 2)), "{:?}", of(&found, "k"));
}
