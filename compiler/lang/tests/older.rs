//! Older spellings and style: what is warned about, what it means, and that the user's own names are left alone. That
//! the edits are right is tested through `clc check --fix`.

use cl_lang::stdlib::STD;
use cl_lang::{LoadError, Loader, Options, Resolved};
use cl_text::{Diagnostic, SourceMap};
use std::path::{Path, PathBuf};

struct One(String);

impl Loader for One {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        if self.is_file(path) { Ok(self.0.clone().into_bytes()) } else { Err(LoadError::NotFound) }
    }
    fn is_file(&self, path: &Path) -> bool {
        path == Path::new("main.cl")
    }
    fn canonical(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }
}

/// With the whole library.
fn resolved(text: &str) -> Resolved {
    let options = Options { search: &[], library: &STD, tests: false, check_contracts: true };
    cl_lang::resolve(&mut SourceMap::default(), &One(text.to_owned()), Path::new("main.cl"), &options)
}

fn codes(diagnostics: &[Diagnostic]) -> Vec<&str> {
    diagnostics.iter().map(|d| d.code).collect()
}

#[test]
fn older_names_are_one_warning_a_name_with_an_edit_a_use() {
    let found = resolved("(print (car [1]) (map car [[1]]))\n(print (string-append \"a\" \"b\"))").diagnostics;
    assert_eq!(codes(&found), ["W0201", "W0201"]);
    assert_eq!((found[0].labels.len(), found[0].edits.len()), (2, 2));
    assert!(found[0].edits.iter().all(|e| e.replacement == "head" && e.span.end - e.span.start == 3));
}

#[test]
fn a_name_of_the_users_own_is_not_an_older_one() {
    for text in [
        "(define (car x) x) (print (car 1))",
        "(let ((list-sort 1)) (print list-sort))",
        "(print ((lambda (cdr) cdr) 1))",
        "(define-effect random2 (random -> Int)) (define (f) (random2:random)) (print f)",
    ] {
        assert!(codes(&resolved(text).diagnostics).iter().all(|c| *c != "W0201"), "{text}");
    }
}

#[test]
fn no_edit_leads_to_a_name_that_means_something_else_here() {
    let found = resolved("(define (head x) x) (print (car [1]))").diagnostics;
    assert_eq!(codes(&found), ["W0201"]);
    assert!(found[0].edits.is_empty());
    let found = resolved("(print (to-int \"1\"))").diagnostics;
    assert!(found[0].edits.is_empty() && found[0].message.contains("to-int"));
}

#[test]
fn names_without_a_successor_stay_unbound() {
    assert_eq!(codes(&resolved("(print (caddddr [1]))").diagnostics), ["E0101"]);
}

#[test]
fn a_rest_name_apart_from_its_dots_is_a_rest_name() {
    let found =
        resolved("(define (f a ... b) (print a b)) (f 1) (f 1 2 3)\n(match [1] ([... xs] (print xs)))").diagnostics;
    assert_eq!(codes(&found), ["W0203", "W0203"]);
    let found = resolved("(define (f _ ... #| c |# b) b) (f 1)").diagnostics;
    assert!(codes(&found) == ["W0203"] && found[0].edits.is_empty());
    for wrong in ["(define (f ...) 1)", "(define (f ... a b) 1)", "(define (f ... ...) 1)"] {
        assert!(resolved(wrong).diagnostics.iter().any(|d| d.is_error()), "{wrong}");
    }
}

#[test]
fn effect_before_an_operation_is_not_needed() {
    let found = resolved("(effect io:print 1) (effect ; why\n io:print 2)").diagnostics;
    assert_eq!(codes(&found), ["W0202", "W0202"]);
    assert_eq!(found.iter().map(|d| d.edits.len()).collect::<Vec<_>>(), [1, 0]);
}

#[test]
fn style_is_found_where_the_shorter_form_is_certainly_the_same() {
    let style = |text: &str| codes(&resolved(text).style).join(" ");
    assert_eq!(style("(define (f x) (if (< x 1) true false)) (print (f 1))"), "W0221");
    assert_eq!(style("(define (f x) (if x true false)) (print (f 1))"), "");
    assert_eq!(style("(define (f x) (if x #f #t)) (print (f 1))"), "W0221");
    assert_eq!(style("(define (f x) (if x (print 1) nil)) (f 1)"), "W0222");
    assert_eq!(style("(define (f x) (if x nil 2) (if x nil nil) (if x 1)) (f 1)"), "W0222");
    assert_eq!(style("(define (f x) (= nil x)) (f 1)"), "W0223");
    assert_eq!(style("(define (= a b) a) (define (f x) (= nil x)) (f 1)"), "");
    assert_eq!(style("(define (f x) (not (= x 1)) (not (< x 1)) (not x)) (f 1)"), "W0224");
    assert_eq!(style("(define (f x) (when (not x) 1) (unless (not x) 2)) (f 1)"), "W0224 W0224");
    assert_eq!(style("(define (f x) (do x 1)) (f 1) (do (f 2)) (do (define y 1) y)"), "W0225 W0225");
    assert_eq!(style("(do (define y 1))"), "");
    assert_eq!(style("(define if-x (lambda (when) (when (not 1)))) (print if-x)"), "");
}

#[test]
fn style_of_what_macros_make_is_nobodys_business() {
    let text = "(define-syntax both (syntax-rules () ((_ c) (if c (do c) nil)))) (print (both 1))";
    assert!(resolved(text).style.is_empty());
}

#[test]
fn an_edit_that_would_lose_a_comment_is_not_made() {
    let found = resolved("(define (f x) (if x ; why\n 1 nil)) (f 1)").style;
    assert!(codes(&found) == ["W0222"] && found[0].edits.len() == 2);
    let found = resolved("(define (f x) (if x 1 ; why\n nil)) (f 1)").style;
    assert!(codes(&found) == ["W0222"] && found[0].edits.is_empty());
}
