//! Macros: matching, instantiation, hygiene, limits.

mod common;
use common::{deep, error, errors, forms};

#[test]
fn what_a_template_binds_does_not_catch_the_users_names() {
    assert_eq!(
        forms(
            "(define-syntax swap! (syntax-rules () ((_ a b) (let ((tmp a)) (set! a b) (set! b tmp)))))
               (let ((tmp 1) (other 2)) (swap! tmp other))"
        ),
        "(block (bind tmp.0! 1) (bind other.1! 2) (block (bind tmp.2 tmp.0!) (block (set! tmp.0! other.1!) (set! other.1! tmp.2))))"
    );
}

#[test]
fn what_a_template_mentions_means_what_it_means_at_the_definition() {
    assert_eq!(
        forms(
            "(define-syntax m (syntax-rules () ((_ x) (if (not x) (+ x 1) 2))))
               (lambda (not + if) (m 5))"
        ),
        "(lambda lambda (not.0 +.1 if.2) (if (%not 5) (+ 5 1) 2))"
    );
}

#[test]
fn a_local_macro_sees_the_locals_of_its_definition() {
    assert_eq!(
        forms("(define (f x) (define-syntax get-x (syntax-rules () ((_) x))) (let ((x 2)) [x (get-x)]))"),
        "(define f (lambda f (x.0) (block (bind x.1 2) [x.1 x.0])))"
    );
}

#[test]
fn ellipses_nest_and_may_be_followed() {
    let text =
        "(define-syntax m (syntax-rules () ((_ (k v ...) ... last) [[last k ... v ... ...] (list k v ...) ...])))
                (m (1 2 3) (4) 5)";
    assert_eq!(forms(text), "[[5 1 4 2 3] (list 1 2 3) (list 4)]");
}

#[test]
fn literals_and_data_in_patterns_must_agree() {
    let text =
        "(define-syntax m (syntax-rules (to) ((_ a to b) [a b]) ((_ 1 :k) \"k\") ((_ [a] {b c}) [a b c]) ((_ _ _) 0)))
                [(m 1 to 2) (m 1 :k) (m [1] {2 3}) (m 2 :k)]";
    assert_eq!(forms(text), "[[1 2] \"k\" [1 2 3] 0]");
}

#[test]
fn macros_make_definitions_and_macros() {
    let text = "(define-syntax def (syntax-rules () ((_ n v) (define n v))))
                (def a 1) (define (f) (def b 2) b) a
                (define-syntax make (syntax-rules () ((_ name v) (define-syntax name (syntax-rules () ((_) v))))))
                (make seven 7) (seven)";
    assert_eq!(forms(text), "(define a 1)\n(define f (lambda f () (block (bind b.0 2) b.0)))\na\n7");
}

#[test]
fn definitions_that_a_template_names_are_its_own() {
    let text = "(define-syntax m (syntax-rules () ((_ e) (do (define t 1) [t e])))) (define t 2) (m t)";
    assert_eq!(forms(text), "(define t 2)\n(block (bind t.0 1) [t.0 t])");
}

#[test]
fn rest_parameters_in_templates_belong_to_the_template() {
    let text = "(define-syntax m (syntax-rules () ((_ x) (lambda (x ...xs) [x xs])))) (m y)";
    assert_eq!(forms(text), "(lambda lambda (y.0 ...xs.1) [y.0 xs.1])");
}

#[test]
fn an_ellipsis_can_be_quoted() {
    let text = "(define-syntax m (syntax-rules () ((_ name) (define-syntax name (syntax-rules () ((_ (... (x ...))) [x (... ...)]))))))
                (m n)";
    assert_eq!(errors(text), Vec::<String>::new());
}

#[test]
fn bad_uses_and_bad_macros_are_reported() {
    assert!(error("(define-syntax m (syntax-rules () ((_ a) a))) (m)").starts_with("E0205"));
    assert!(error("(define-syntax m (syntax-rules () ((_ a ...) a))) (m 1)").starts_with("E0206"));
    assert!(error("(define-syntax m (syntax-rules () ((_ a) [a ...]))) (m 1)").starts_with("E0206"));
    assert!(error("(define-syntax m (syntax-rules () ((_ a ... b ...) 1))) 1").starts_with("E0206"));
    assert!(error("(define-syntax m (syntax-rules () ((_) 1))) m").starts_with("E0110"));
    assert!(error("(define-syntax m 5)").starts_with("E0206"));
}

#[test]
fn errors_inside_an_expansion_point_at_its_use() {
    let (resolved, sources) = common::resolve_files(&[(
        "/p/main.cl",
        "(define-syntax m (syntax-rules () ((_ a) (+ a undefined-name))))\n(m 1)",
    )]);
    let [diagnostic] = resolved.diagnostics.as_slice() else { panic!("{:#?}", resolved.diagnostics) };
    assert_eq!(sources.position(diagnostic.labels[0].span.file, diagnostic.labels[0].span.start).0, 2);
    assert_eq!(diagnostic.labels[1].message, "written here, in macro `m`");
}

#[test]
fn endless_expansion_is_one_error() {
    deep(|| {
        assert!(error("(define-syntax m (syntax-rules () ((_) (m)))) (print (m))").starts_with("E0207"));
        assert!(error("(define-syntax m (syntax-rules () ((_) (m)))) (m)").starts_with("E0207"));
        assert!(error("(define-syntax m (syntax-rules () ((_) (print (m) (m))))) (m)").starts_with("E0207"));
        let growing = error("(define-syntax m (syntax-rules () ((_ x) (m (x x))))) (m 1)");
        assert!(growing.starts_with("E0207") || growing.starts_with("E0206"), "{growing}");
        let deeper = errors("(define-syntax m (syntax-rules () ((_ x) (print (m (x)))))) (m 1)");
        assert_eq!(deeper.len(), 1, "{deeper:?}");
    });
}

#[test]
fn a_literal_matches_only_what_means_the_same() {
    let text = "(define-syntax m (syntax-rules (to) ((_ a to b) [a b]) ((_ a x b) {a x})))";
    assert_eq!(forms(&format!("{text} (m 1 to 2)")), "[1 2]");
    assert_eq!(forms(&format!("{text} (lambda (to) (m 1 to 2))")), "(lambda lambda (to.0) {1 to.0})");
}

#[test]
fn a_variable_stands_once_in_a_pattern() {
    assert!(error("(define-syntax m (syntax-rules () ((_ a [a]) a))) 1").starts_with("E0206 1:42"));
}

/// The labels of the only diagnostic: line and text of each.
fn labels(text: &str) -> Vec<(u32, String)> {
    let (resolved, sources) = common::resolve_files(&[("/p/main.cl", text)]);
    let [diagnostic] = resolved.diagnostics.as_slice() else { panic!("{:#?}", resolved.diagnostics) };
    let label = |l: &cl_text::Label| (sources.position(l.span.file, l.span.start).0, l.message.clone());
    diagnostic.labels.iter().map(label).collect()
}

#[test]
fn a_message_shows_the_uses_between_it_and_the_users_text() {
    let text = "(define-syntax inner (syntax-rules () ((_ x) (+ x unknown))))\n\
                (define-syntax outer (syntax-rules () ((_ x) (print (inner x)))))\n(outer 1)";
    let found = labels(text);
    assert_eq!(found[0].0, 3);
    assert_eq!(
        found[1..],
        [(1, "written here, in macro `inner`".to_string()), (2, "in this use of macro `inner`".to_string())]
    );
    let made = labels("(define-syntax def (syntax-rules () ((_ f) (define (f) unknown))))\n(def g)");
    assert_eq!((made[0].0, made[1].0), (2, 1));
}

#[test]
fn an_endless_expansion_shows_its_trace() {
    deep(|| {
        let text = "(define-syntax a (syntax-rules () ((_) (print (b))))) (define-syntax b (syntax-rules () ((_) (print (a))))) (a)";
        let (resolved, _) = common::resolve_files(&[("/p/main.cl", text)]);
        let note = &resolved.diagnostics[0].notes[0];
        assert!(note.starts_with("the expansion: `a` → `b` → `a` → … 4995 more … → "), "{note}");
        assert_eq!(resolved.diagnostics[0].labels.len(), 3, "the use and both macros");
    });
}
