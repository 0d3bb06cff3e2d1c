//! Names and scope (language §3).

mod common;
use common::{error, errors, forms};

#[test]
fn a_let_initialiser_means_the_outer_name_when_evaluated_at_once() {
    assert_eq!(forms("(define x 1) (let ((x (+ x 1))) x)"), "(define x 1)\n(block (bind x.0 (+ x 1)) x.0)");
}

#[test]
fn a_let_initialiser_sees_earlier_names() {
    assert_eq!(forms("(let ((x 1) (y (+ x 1))) y)"), "(block (bind x.0 1) (bind y.1 (+ x.0 1)) y.1)");
}

#[test]
fn under_a_lambda_every_name_of_the_let_is_visible() {
    assert_eq!(
        forms("(define b 0) (let ((a (lambda () b)) (b 2)) (a))"),
        "(define b 0)\n(block (bind a.0 (lambda a () b.1^)) (bind b.1^ 2) (a.0))"
    );
}

#[test]
fn a_nested_let_under_a_lambda_still_follows_the_rule() {
    assert_eq!(
        forms("(define x 0) (lambda () (let ((x (+ x 1))) x))"),
        "(define x 0)\n(lambda lambda () (block (bind x.0 (+ x 1)) x.0))"
    );
}

#[test]
fn a_local_define_scopes_over_its_whole_body() {
    assert_eq!(
        forms("(define x 0) (define (f) (define (g) x) (define x 1) (g))"),
        "(define x 0)\n(define f (lambda f () (block (bind g.0 (lambda g () x.1^)) (bind x.1^ 1) (g.0))))"
    );
}

#[test]
fn an_early_use_of_a_local_define_is_a_warning_and_raises() {
    assert_eq!(
        errors("(define x 0) (define (f) (print x) (define x 1) x)"),
        ["warning W0003 1:33 `x` is used before its definition has run"]
    );
}

#[test]
fn an_early_use_at_top_level_is_a_warning_unless_under_a_lambda() {
    assert_eq!(
        errors("(define (f) later) (print later) (define later 1)"),
        ["warning W0003 1:27 `later` is used before its definition has run"]
    );
    assert_eq!(errors("(define x (+ x 1))").len(), 1);
}

#[test]
fn set_marks_assigned_and_captured_variables() {
    assert_eq!(
        forms("(define (f) (let ((n 0)) (lambda () (set! n (+ n 1)))))"),
        "(define f (lambda f () (block (bind n.0!^ 0) (lambda lambda () (set! n.0!^ (+ n.0!^ 1))))))"
    );
}

#[test]
fn documentation_is_dropped_and_a_lone_string_is_the_value() {
    assert_eq!(forms("(define (f x) \"text\" x)"), "(define f (lambda f (x.0) x.0))");
    assert_eq!(forms("(define (f) \"text\")"), "(define f (lambda f () \"text\"))");
}

#[test]
fn duplicates_are_errors_in_every_kind_of_scope() {
    assert_eq!(error("(define a 1) (define a 2)"), "E0102 1:22 `a` is bound twice at the top level");
    assert_eq!(error("(define (f) (define a 1) (define a 2) a)"), "E0102 1:34 `a` is bound twice in one body");
    assert_eq!(error("(let ((a 1) (a 2)) a)"), "E0102 1:14 `a` is bound twice in one `let`");
    assert_eq!(error("(lambda (a a) a)"), "E0102 1:12 `a` is bound twice in one parameter list");
    assert_eq!(error("(lambda ([a b] a) a)"), "E0102 1:16 `a` is bound twice in one parameter list");
    assert_eq!(error("(match 1 ([a a] a))"), "E0102 1:14 `a` is bound twice in one pattern");
}

#[test]
fn the_name_for_what_is_not_wanted_may_occur_twice() {
    assert_eq!(errors("(lambda (_ _) (let ((_ 1) (_ 2)) 3))"), Vec::<String>::new());
}

#[test]
fn a_top_level_name_may_shadow_the_prelude_in_its_module() {
    assert_eq!(forms("(define (list x) x) (list 1)"), "(define list (lambda list (x.0) x.0))\n(list 1)");
}

#[test]
fn a_bound_name_is_no_special_form() {
    assert_eq!(forms("(lambda (if) (if 1 2 3))"), "(lambda lambda (if.0) (if.0 1 2 3))");
    assert_eq!(forms("(define (match x) x) (match 1)"), "(define match (lambda match (x.0) x.0))\n(match 1)");
}

#[test]
fn unbound_names_are_reported_with_near_ones_and_once() {
    let (resolved, _) = common::resolve_files(&[("/p/main.cl", "(define total 1) (print totl) (print totl)")]);
    let [diagnostic] = resolved.diagnostics.as_slice() else { panic!("{:#?}", resolved.diagnostics) };
    assert_eq!(diagnostic.notes, ["help: did you mean `total`?"]);
    assert_eq!(diagnostic.labels.len(), 2);
}

#[test]
fn what_is_no_variable_of_the_module_cannot_be_assigned() {
    assert_eq!(error("(set! print 1)"), "E0111 1:7 cannot assign to `print`: it is a name of the library");
    assert_eq!(error("(set! if 1)"), "E0111 1:7 cannot assign to `if`: it is a special form");
    assert_eq!(error("(data T (A)) (set! A 1)"), "E0111 1:20 cannot assign to `A`: it is a constructor");
}

#[test]
fn library_helpers_are_invisible_to_users() {
    assert_eq!(error("(%helper 1)"), "E0101 1:2 unbound name `%helper`");
    assert_eq!(error("(%add 1 2)"), "E0101 1:2 unbound name `%add`");
}
