//! Warnings about names that nothing uses, and about variables that hide a library function.

mod common;

use common::{all_messages, resolve_files};

fn errors(text: &str) -> Vec<String> {
    errors_of(&[("/p/main.cl", text)])
}

fn errors_of(list: &[(&str, &str)]) -> Vec<String> {
    let (resolved, sources) = resolve_files(list);
    all_messages(&resolved, &sources)
}

/// Line, column and name of each warning of a code.
fn warned(code: &str, messages: &[String]) -> Vec<String> {
    let start = format!("warning {code} ");
    let shown = messages.iter().filter_map(|m| m.strip_prefix(&start)).map(|m| {
        let place = m.split(' ').next().unwrap_or("");
        let name = m.split('`').nth(1).unwrap_or("");
        format!("{place} {name}")
    });
    shown.collect()
}

fn unused(text: &str) -> Vec<String> {
    let all = errors(text);
    let found = warned("W0006", &all);
    assert_eq!(found.len(), all.len(), "{all:?}");
    found
}

fn quiet(text: &str) {
    assert!(errors(text).is_empty(), "{text}: {:?}", errors(text));
}

#[test]
fn locals_parameters_and_parts_of_patterns_are_watched() {
    assert_eq!(unused("(let ((a 1) ([b c] [1 2])) c)"), ["1:8 a", "1:15 b"]);
    assert_eq!(
        unused("(define (f x ...ys) (define z 1) (define [u] [1]) 2) (f 1)"),
        ["1:12 x", "1:14 ys", "1:29 z", "1:43 u"]
    );
    assert_eq!(unused("(loop ((i 0) (j i)) j)"), Vec::<String>::new());
    assert_eq!(unused("(loop ((i 0) (j 1)) i)"), ["1:15 j"]);
    assert_eq!(unused("(match [1] ([a ...r] 1) (_ 2))"), ["1:14 a", "1:16 r"]);
    assert_eq!(unused("(define f (lambda (x) 1)) (let ((g (lambda (y) 2))) (g (f 1)))"), ["1:20 x", "1:45 y"]);
    assert_eq!(unused("(define (f) (define-syntax m (syntax-rules () ((m) 1))) 2) (f)"), ["1:28 m"]);
}

#[test]
fn what_a_form_wants_to_have_a_name_is_not_watched() {
    quiet("(for-each (x [1]) 1) (dotimes (i 3) 1) (try 1 (catch (e) 2)) (print (lambda (x) 1))");
    quiet("(define (f _x) (let ((_y 1)) 2)) (f 1)");
    quiet("(define (f x) (define (g y) (+ x y)) (set! x (g x)) (lambda () x)) (f 1)");
    quiet("(define unused 1) (define (never-called) 2)");
    quiet("(match [1] ((or [a] [a _]) a) (_ 2))");
}

#[test]
fn names_that_a_macro_makes_are_not_the_users() {
    let text = "(define-syntax twice (syntax-rules () ((twice n e) (let ((made 1) (n 2)) e))))";
    quiet(&format!("{text} (twice x x)"));
    assert_eq!(unused(&format!("{text} (twice x 3)")), ["1:87 x"]);
}

#[test]
fn what_only_a_macro_mentions_is_used() {
    let module = "(module m (export add) (define (helper x) x) (define lonely 1) (define (again x) (again x))
      (define-syntax add (syntax-rules () ((add x) (helper x)))))";
    let found = errors_of(&[("/p/main.cl", "(import \"m\" (add)) (print 1)"), ("/p/m.cl", module)]);
    assert_eq!(warned("W0006", &found), ["/p/m.cl:1:54 lonely", "/p/m.cl:1:73 again"]);
    assert_eq!(warned("W0007", &found), ["1:14 add"]);
}

#[test]
fn imports_are_watched() {
    let module = ("/p/m.cl", "(define a 1) (define b 2) (define-syntax c (syntax-rules () ((c) 3))) (data T (D))");
    let plain = ("/p/n.cl", "(define x 1) (define y 2)");
    let warned_in = |text: &str| warned("W0007", &errors_of(&[("/p/main.cl", text), module, plain]));
    assert_eq!(warned_in("(import \"m\" (a (b as bb) c)) (print a)"), ["1:16 bb", "1:26 c"]);
    assert_eq!(warned_in("(import \"n\" :as n)"), ["1:17 n"]);
    assert_eq!(warned_in("(import \"n\" *)"), ["1:1 n"]);
    for used in [
        "(import \"m\")",
        "(import \"m\" :as m) (print m:a)",
        "(import \"m\" :as m) (define (f (x : m:T)) x)",
        "(import \"n\" *) (print x)",
        "(import \"m\" *)",
        "(import \"m\" (T))",
        "(import \"m\" (c)) (print (c))",
    ] {
        assert_eq!(warned_in(used), Vec::<String>::new(), "{used}");
    }
    assert_eq!(warned_in("(module main (export a) (import \"m\" (a)))"), Vec::<String>::new());
}

#[test]
fn a_variable_that_hides_a_function_of_data_is_not_called() {
    let hidden = |text: &str| warned("W0008", &errors(text));
    assert_eq!(hidden("(define (f list) (list 1 (head list)))"), ["1:19 list"]);
    assert_eq!(hidden("(define (f list) (head list))"), Vec::<String>::new());
    assert_eq!(hidden("(let ((list (lambda (x) x))) (list 1))"), Vec::<String>::new());
    assert_eq!(hidden("(define (f twice) (twice 1))"), Vec::<String>::new());
}

#[test]
fn after_an_error_nothing_is_said_of_uses() {
    let found = errors("(let ((a 1)) (unknown 1))");
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn parameters_of_a_function_with_a_contract_are_not_watched() {
    quiet("(define (f x y) x) (spec:contract f :requires [(= x 1)]) (f 1 2)");
}
