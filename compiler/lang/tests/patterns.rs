//! Patterns (language §7) in `match` and wherever names are bound.

mod common;
use common::{error, errors, forms};

const DATA: &str = "(data Option a (None) (Some a)) ";

fn arm(pattern: &str) -> String {
    let text = forms(&format!("{DATA}(match 0 ({pattern} :when 2 1) (_ 3))"));
    text.strip_prefix("(match 0 (").and_then(|t| t.strip_suffix(" :when 2 1) (_ 3))")).expect("two arms").to_string()
}

#[test]
fn every_kind_of_pattern_is_resolved() {
    assert_eq!(arm("_"), "_");
    assert_eq!(arm("x"), "x.0");
    assert_eq!(arm("-1.5"), "-1.5");
    assert_eq!(arm("'x"), "'x");
    assert_eq!(arm("(quote (a))"), "'['a]");
    assert_eq!(arm("[a b ...rest]"), "[a.1 b.2 ...rest.0]");
    assert_eq!(arm("[_ ..._]"), "[_ ..._]");
    assert_eq!(arm("None"), "(None)");
    assert_eq!(arm("(None)"), "(None)");
    assert_eq!(arm("(Some (Some x))"), "(Some (Some x.0))");
    assert_eq!(arm("(tuple a 1)"), "(tuple a.0 1)");
    assert_eq!(arm("{:name n \"k\" 2}"), "{:name n.0 \"k\" 2}");
    assert_eq!(arm("(or (Some x) [x])"), "(or (Some x.0) [x.0])");
    assert_eq!(arm("(as (Some _) whole)"), "(as (Some _) whole.0)");
    assert_eq!(arm("(: n Int)"), "(: n.0 Int)");
    assert_eq!(arm("(: (tuple a _) (Tuple Int (List Int)))"), "(: (tuple a.0 _) (Tuple Int (List Int)))");
}

#[test]
fn guards_and_bodies_see_the_names() {
    assert_eq!(forms("(match 5 (v :when (> v 10) v) (_ 0))"), "(match 5 (v.0 :when (> v.0 10) v.0) (_ 0))");
}

#[test]
fn patterns_stand_where_names_are_bound() {
    assert_eq!(forms("(lambda ([a] b) a)"), "(lambda lambda (argument.0 b.2) (block (take [a.1] argument.0) a.1))");
    assert_eq!(forms("(let (((tuple q r) 1) (s q)) r)"), "(block (take (tuple q.0 r.1) 1) (bind s.2 q.0) r.1)");
    assert_eq!(
        forms("(loop (([a b] 1)) (recur a))"),
        "(loop @0 ((argument.0 1)) (block (take [a.1 b.2] argument.0) (recur @0 a.1)))"
    );
}

#[test]
fn a_top_level_pattern_knows_constructors_declared_later() {
    assert!(forms("(define [(Box a)] [(Box 1)]) a (data B (Box Any))").ends_with("a"));
}

#[test]
fn a_lower_case_name_binds_even_if_it_is_bound_outside() {
    assert_eq!(forms("(define v 1) (match 2 (v v))"), "(define v 1)\n(match 2 (v.0 v.0))");
}

#[test]
fn wrong_patterns_are_reported() {
    assert_eq!(error("(match 1 ((Some x) x))"), "E0112 1:12 unknown constructor `Some`");
    assert_eq!(
        error("(data T (A Int)) (match 1 ((A x y) x))"),
        "E0302 1:28 constructor `A` has 1 field(s), the pattern has 2"
    );
    assert_eq!(
        errors("(match 1 ((or [a] [b]) 1))"),
        [
            "E0115 1:19 `a` is bound in only some alternatives of an `or` pattern",
            "E0115 1:20 `b` is bound in only some alternatives of an `or` pattern"
        ]
    );
}
