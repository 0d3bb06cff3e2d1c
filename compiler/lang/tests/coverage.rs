//! Matches that leave values out, and arms that get none: what is said, and that saying it takes bounded time.

mod common;

use common::{deep, errors};
use std::time::{Duration, Instant};

const TYPES: &str = "(data Option a (None) (Some a)) (data Result a e (Ok a) (Err e))
(data Shape (Circle (radius Float)) (Square (filled Bool)))
(data Tree a (Leaf) (Node (left (Tree a)) (value a) (right (Tree a))))\n";

/// What is missing in a match of `x` with these arms; `param` is its parameter.
fn missing_of(param: &str, arms: &str) -> Option<String> {
    let found = errors(&format!("{TYPES}(define (f {param}) (match x {arms}))"));
    let start = "does not take every value: ";
    found.iter().find_map(|d| Some(d.split_once(start)?.1.strip_suffix(" is missing")?.to_string()))
}

fn missing(arms: &str) -> String {
    missing_of("x", arms).unwrap_or_default()
}

/// The columns of the arms and alternatives that are not reached, counted from the match's first arm.
fn unreachable_of(param: &str, arms: &str) -> Vec<usize> {
    let found = errors(&format!("{TYPES}(define (f {param})\n(match x\n{arms}))"));
    let line = TYPES.lines().count() + 3;
    let place = format!("warning W0001 {line}:");
    found.iter().filter_map(|d| d.strip_prefix(&place)?.split(' ').next()?.parse().ok()).collect()
}

fn unreachable(arms: &str) -> Vec<usize> {
    unreachable_of("x", arms)
}

#[test]
fn an_example_of_what_is_missing_is_given() {
    assert_eq!(missing("((Some (Ok y)) y) (None 1)"), "`(Some (Err _))`");
    assert_eq!(missing("([] 1) ([a] a)"), "`[_ _ ..._]`");
    assert_eq!(missing("([] 1) ([_ _ ..._] 2)"), "`[_]`");
    assert_eq!(missing("((tuple true _) 1) ((tuple _ true) 2)"), "`(tuple false false)`");
    assert_eq!(missing("(nil 1) (true 2)"), "`false`");
    assert_eq!(missing("(Leaf 1) ((Node Leaf _ Leaf) 1) ((Node _ _ (Node _ _ _)) 2)"), "`(Node (Node _ _ _) _ Leaf)`");
}

#[test]
fn literals_have_no_end() {
    assert_eq!(missing("(0 1) (1 2)"), "any other Int");
    assert_eq!(missing("(\"a\" 1)"), "any other String");
    assert_eq!(missing("((Some 0) 1) ((Some 1.0) 1) (None 2)"), "`(Some 2)`");
    assert_eq!(missing("((Some \"\") 1) (None 2)"), "`(Some \"a\")`");
    assert_eq!(missing("((Some :a) 1) (None 2)"), "`(Some :other)`");
}

#[test]
fn complete_matches_are_quiet() {
    for arms in [
        "((Some y) y) (None 1)",
        "([] 1) ([_ ..._] 2)",
        "(true 1) (false 2)",
        "((tuple a b) 1)",
        "(0 1) (_ 2)",
        "((or None (Some (or (Ok _) (Err _)))) 1)",
        "((as (or None (Some _)) y) y)",
        "({:a 1} 1) ({} 2)",
        "((Circle r) r) ((Square true) 1) ((Square false) 2)",
        "((Some y) :when y 1) ((Some y) 2) (None 3)",
    ] {
        assert_eq!(missing(arms), "", "{arms}");
    }
}

#[test]
fn guards_types_and_keys_may_refuse() {
    assert_eq!(missing("((Some y) :when y 1) (None 2)"), "`(Some _)`");
    assert_eq!(missing("((: n Int) 1) ((: s String) 2)"), "any other value");
    assert_eq!(missing("({:kind \"a\" :of v} v) ({:kind \"b\"} 2)"), "`{}`");
}

#[test]
fn annotations_say_what_there_may_be() {
    assert_eq!(missing_of("(x : (or Int String))", "((: n Int) 1) ((: s String) 2)"), None);
    assert_eq!(missing_of("(x : (Option Bool))", "(None 2) ((Some true) 1)").as_deref(), Some("`(Some false)`"));
    assert_eq!(missing_of("(x : (List Bool))", "([] 1) ([true ..._] 2)").as_deref(), Some("`[false ..._]`"));
    assert_eq!(missing_of("(x : (Option Int))", "((Some _) 1)").as_deref(), Some("`None`"));
    assert_eq!(missing_of("(x : Bool)", "((: y Bool) 1)"), None);
    assert_eq!(missing_of("(x : Int)", "(true 1)").as_deref(), Some("any other Int"));
}

#[test]
fn a_list_that_is_written_out_has_its_length() {
    let found = |arms: &str| errors(&format!("(define (f x y) (match [x [y]] {arms}))"));
    assert!(found("([0 [b]] b) ([_ [_]] 1)").is_empty());
    assert!(found("([0 _] 0) ([_ [1]] 1)").concat().contains("`[1 [0"));
    assert!(found("([_ _] 0) ([] 1) (_ 2)").is_empty());
}

#[test]
fn arms_that_get_nothing_are_reported() {
    assert_eq!(unreachable("(_ 1) (2 2) ([a] 3)"), [8, 14]);
    assert_eq!(unreachable("((Some _) 1) ((Some 1) 2) (_ 3)"), [15]);
    assert_eq!(unreachable("((Some (Ok _)) 1) ((Some (Err _)) 2) ((Some (Ok 1)) 3) (_ 4)"), [39]);
    assert_eq!(unreachable("([_ ..._] 1) ([a b] 2) ([_ _ ..._] 3) ([] 4) (_ 5)"), [15, 25]);
    assert_eq!(unreachable("((tuple _ 1) 1) ((tuple 2 1) 2) ((tuple 2 2) 3) (_ 4)"), [18]);
    assert_eq!(unreachable("((as [1] x) 1) ((as [1] y) 2) (_ 3)"), [17]);
    assert_eq!(unreachable("(1.0 1) (1 2) (_ 3)"), [10]);
    assert_eq!(unreachable("({:a 1} 1) ({:a 1 :b 2} 2) (_ 3)"), [13]);
    assert_eq!(unreachable("((: y (Array Int)) 1) ((: z (Array Int)) 2) (_ 3)"), [24]);
}

#[test]
fn alternatives_that_get_nothing_are_reported() {
    assert_eq!(unreachable("((or 1 2 1) 1) (_ 2)"), [10]);
    assert_eq!(unreachable("((Some 2) 1) ((or None (Some (or 1 2))) 1) (_ 2)"), [36]);
}

#[test]
fn only_what_is_certain_counts_as_taken() {
    // an x that is no Bool goes on
    assert_eq!(unreachable("(true 1) (false 2) (_ 3)"), [0; 0]);
    assert_eq!(unreachable_of("(x : Bool)", "(true 1) (false 2) (_ 3)"), [21]);
    // the items of a List are not checked at its annotation
    assert_eq!(unreachable_of("(x : (List Bool))", "([] 1) ([true ..._] 2) ([false ..._] 2) (_ 3)"), [0; 0]);
    // a field is checked when it is made
    assert_eq!(unreachable("((Square true) 1) ((Square false) 2) ((Square _) 3) (_ 4)"), [39]);
    assert_eq!(unreachable("((Some y) :when y 1) ((Some y) 2) (_ 3)"), [0; 0]);
    assert_eq!(unreachable("((: n Int) 1) (1 2) (_ 3)"), [0; 0], "1.0 is = to 1 and no Int");
}

#[test]
fn the_arms_that_take_everything_are_named() {
    let text = format!("{TYPES}(define (f x) (match x ((Some _) 1) (None 2) ([] 3) ((or None (Some 1)) 4) (_ 5)))");
    let (resolved, _) = common::resolve_files(&[("/p/main.cl", &text)]);
    assert_eq!(resolved.diagnostics.len(), 1);
    let labels: Vec<_> =
        resolved.diagnostics[0].labels[1..].iter().map(|l| &text[l.span.start as usize..l.span.end as usize]).collect();
    assert_eq!(labels, ["(Some _)", "None"]);
}

/// The time that resolving takes, which gives no more than `most` messages.
fn time(text: String) -> Duration {
    deep(move || {
        let start = Instant::now();
        errors(&text);
        start.elapsed()
    })
}

#[test]
fn the_work_is_bounded() {
    // Each of n columns is looked at in both ways: 2^n without a bound.
    let row = |i: usize, c: &str| {
        let columns: Vec<&str> = (0..24).map(|j| if j == i || j == (i + 7) % 24 { c } else { "_" }).collect();
        format!("((tuple {}) 1)", columns.join(" "))
    };
    let hard: Vec<String> = (0..24).flat_map(|i| [row(i, "true"), row(i, "false")]).collect();
    let literals: Vec<String> = (0..20_000).map(|i| format!("({i} {i})")).collect();
    let strings: Vec<String> = (0..20_000).map(|i| format!("\"s{i}\"")).collect();
    let keys: Vec<String> = (0..2_000).map(|i| format!("({{:k{i} 1 :l{i} _}} 1)")).collect();
    for arms in [
        hard.join(" "),
        literals.join(" "),
        format!("((or {}) 1)", strings.join(" ")),
        format!("([{}] 1) (_ 2)", "_ ".repeat(50_000)),
        keys.join(" "),
    ] {
        let took = time(format!("(define (f x) (match x {arms}))"));
        assert!(took < Duration::from_secs(5), "{took:?}");
    }
}
