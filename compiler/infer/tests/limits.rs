//! The work of inference is bounded: steps are counted, not time.

mod support;
use support::{deep, infer};

/// Steps for a program of each of two sizes.
fn steps(program: impl Fn(usize) -> String + Send + 'static, sizes: [usize; 2]) -> [u64; 2] {
    deep(move || sizes.map(|n| infer(&program(n)).steps))
}

/// Ten times the size takes at most thirteen times the steps.
fn assert_linear(name: &str, program: impl Fn(usize) -> String + Send + 'static) {
    let [small, large] = steps(program, [100, 1000]);
    assert!(large < small * 13, "{name}: {small} and {large} steps");
}

#[test]
fn work_is_linear_in_functions() {
    assert_linear("functions", |n| {
        (0..n)
            .map(|i| format!("(define (f{i} x) (if (> x {i}) (f{} (- x 1)) (str x)))\n", i.saturating_sub(1)))
            .collect()
    });
}

#[test]
fn work_is_linear_in_mutual_recursion() {
    assert_linear("mutual recursion", |n| {
        (0..n).map(|i| format!("(define (f{i} x) (if (= x 0) {i} (f{} (- x 1))))\n", (i + 1) % n)).collect()
    });
}

#[test]
fn work_is_linear_in_tables() {
    assert_linear("tables", |n| {
        let rows: String =
            (0..n).map(|i| format!("{{\"id\" {i} \"name\" \"n{i}\" \"tags\" [{i} \"x\" nil]}}\n")).collect();
        format!("(define table [{rows}])\n(print (length table))")
    });
}

#[test]
fn work_is_linear_in_alternatives() {
    assert_linear("unions", |n| {
        let arms: String =
            (0..n).map(|i| format!("((= x {i}) (tuple {} {i}))\n", "[".repeat(i % 7) + &"]".repeat(i % 7))).collect();
        format!("(define (f x) (cond {arms} (else nil)))\n(print (f 1))")
    });
}

#[test]
fn work_is_linear_in_sequence_of_loops() {
    assert_linear("loops", |n| {
        let one = "(set! acc (loop ((i 0) (xs acc)) (if (< i 3) (recur (+ i 1) (cons i xs)) xs)))\n";
        format!("(define (f) (let ((acc [])) {} acc))\n(print (f))", one.repeat(n))
    });
}

#[test]
fn nested_loops_do_not_multiply() {
    let nested = |n: usize| {
        let open: String = (0..n)
            .map(|i| format!("(loop ((a{i} nil) (b{i} [])) (if (nil? b{i}) a{i} (recur (cons a{i} b{i}) "))
            .collect();
        format!("(define (f x) {open} x {})\n(print (f 1))", ")))".repeat(n))
    };
    let [small, large] = steps(nested, [8, 32]);
    assert!(large < small * 20, "{small} and {large} steps");
}

#[test]
fn nested_functions_do_not_multiply() {
    let chain = |n: usize| {
        let mut body = "x".to_owned();
        for i in 0..n {
            body = format!("(let ((g{i} (lambda (y) (if (= y 0) {body} (g{i} (- y 1)))))) (g{i} x))");
        }
        format!("(define (f x) {body})\n(print (f 1))")
    };
    let [small, large] = steps(chain, [8, 32]);
    assert!(large < small * 20, "{small} and {large} steps");
}

#[test]
fn functions_of_functions_end() {
    for text in [
        "(define (self x) (x x)) (self self)",
        "(define (y f) ((lambda (x) (f (lambda (v) ((x x) v)))) (lambda (x) (f (lambda (v) ((x x) v))))))
         (print ((y (lambda (fact) (lambda (n) (if (= n 0) 1 (* n (fact (- n 1))))))) 5))",
        "(define (grow f) (grow (lambda (x) (f (f x))))) (define (go) (grow inc))",
        "(define (nest x) (nest [x])) (define (go) (nest 1))",
        "(define (pair f) (pair (lambda (x) (list f x)))) (define (go) (pair inc))",
    ] {
        let text = text.to_owned();
        let steps = deep(move || infer(&text).steps);
        assert!(steps < 50_000, "{steps} steps");
    }
}
