//! Size: deep nesting is a diagnostic, large programs take linear time.

mod common;
use common::{deep, errors, forms};
use std::time::Instant;

fn nested(open: &str, close: &str, depth: usize, inner: &str) -> String {
    format!("{}{inner}{}", open.repeat(depth), close.repeat(depth))
}

#[test]
fn what_is_allowed_to_nest_resolves() {
    deep(|| {
        let depth = cl_lang::MAX_NESTING - 5;
        for (open, close, inner) in [
            ("(print ", ")", "1"),
            ("(let ((x ", ")) x)", "1"),
            ("(lambda () ", ")", "1"),
            ("(let () ", ")", "1"),
            ("(match 1 (_ ", "))", "1"),
            ("(if (not ", ") 1 2)", "1"),
            ("(cond (1 ", "))", "1"),
            ("(loop ((i 0)) ", ")", "i"),
            ("(try ", " (catch (e) e))", "1"),
            ("(-> 1 (print ", "))", "1"),
        ] {
            let per_level = open.matches(['(', '[']).count();
            let all = errors(&nested(open, close, depth / per_level, inner));
            assert!(all.is_empty(), "{open}: {:?}", all.first());
        }
        let all = errors(&format!("'{}", nested("(", ")", depth, "")));
        assert!(all.is_empty(), "{:?}", all.first());
        let all = errors(&format!("(match 1 ({} 1) (_ 2))", nested("[", "]", depth, "")));
        assert!(all.is_empty(), "{:?}", all.first());
    });
}

#[test]
fn what_nests_deeper_is_one_diagnostic() {
    deep(|| {
        for (open, close) in [("(print ", ")"), ("[", "]"), ("(let ((x ", ")) x)"), ("'(", ")"), ("{1 ", "}")] {
            let all = errors(&nested(open, close, 100_000, "1"));
            assert_eq!(all.len(), 1, "{open}: {:?}", &all[..all.len().min(3)]);
            assert!(all[0].starts_with("E0210"), "{all:?}");
        }
    });
}

#[test]
fn a_million_open_brackets_are_no_crash() {
    deep(|| {
        assert!(!errors(&"(".repeat(1_000_000)).is_empty());
        assert!(!errors(&"(let ((x ".repeat(200_000)).is_empty());
    });
}

#[test]
fn long_chains_are_bounded_too() {
    deep(|| {
        let cond = format!("(cond {})", "(1 2)".repeat(100_000));
        assert!(errors(&cond)[0].starts_with("E0210"));
        let and = format!("(and {})", "1 ".repeat(100_000));
        assert!(errors(&and)[0].starts_with("E0210"));
        let thread = format!("(-> 1 {} (quote))", "print ".repeat(100_000));
        assert!(errors(&thread)[0].starts_with("E0210"));
    });
}

/// Seconds for a text made of `n` copies of what `part` gives.
fn time(n: usize, part: impl Fn(usize) -> String) -> f64 {
    let text: String = (0..n).map(part).collect();
    let start = Instant::now();
    deep(move || assert!(errors(&text).is_empty()));
    start.elapsed().as_secs_f64()
}

#[test]
fn large_programs_take_linear_time() {
    type Part = fn(usize) -> String;
    let parts: [(&str, Part); 4] = [
        ("definitions", |i| format!("(define (f{i} x) (if (< x {i}) (+ x {i}) (f{i} (- x 1))))\n")),
        ("data types", |i| format!("(data T{i} (A{i} (x Int)) (B{i}))\n")),
        ("macros", |i| format!("(define-syntax m{i} (syntax-rules () ((_ a) (+ a {i})))) (m{i} 2)\n")),
        ("lets", |i| format!("(let ((a{i} 1) (b (+ 2 3))) (lambda () (set! b a{i})))\n")),
    ];
    for (name, part) in parts {
        let (small, large) = (time(3_000, part), time(30_000, part));
        assert!(large < 40.0 * small + 0.5, "{name}: {small} s, then {large} s for ten times as much");
    }
}

#[test]
fn many_unbound_names_do_not_take_long() {
    let text: String = (0..20_000).map(|i| format!("(define name-{i} (missing-{i}))\n")).collect();
    let start = Instant::now();
    assert_eq!(deep(move || errors(&text).len()), 20_000);
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn a_long_body_resolves() {
    let text = format!("(define (f) {} x1)", (0..20_000).map(|i| format!("(define x{i} {i})")).collect::<String>());
    assert!(deep(move || forms(&text)).ends_with("x1.1)))"));
}
