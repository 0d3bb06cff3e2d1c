//! Special forms (language §4) and what they become.

mod common;
use common::{error, errors, forms};

#[test]
fn and_and_or_give_the_deciding_value() {
    assert_eq!(forms("(and 1 2)"), "(block (bind and.0 1) (if and.0 2 and.0))");
    assert_eq!(forms("(or 1 2)"), "(block (bind or.0 1) (if or.0 or.0 2))");
    assert_eq!(forms("[(and) (or) (and 5)]"), "[true false 5]");
}

#[test]
fn conditions_need_no_temporaries() {
    assert_eq!(forms("(if (and 1 (not 2)) 3 4)"), "(if (if 1 (%not 2) false) 3 4)");
    assert_eq!(forms("(when (or 1 2) 3)"), "(if (if 1 true 2) 3 nil)");
}

#[test]
fn cond_is_nested_ifs() {
    assert_eq!(forms("(cond (1 2) (3) (else 4 5))"), "(if 1 2 (block (bind cond.0 3) (if cond.0 cond.0 (block 4 5))))");
    assert_eq!(forms("(cond (1 2))"), "(if 1 2 nil)");
}

#[test]
fn threading_puts_values_first_or_last() {
    assert_eq!(forms("(-> 1 (- 2) head)"), "(head (- 1 2))");
    assert_eq!(forms("(->> 1 (- 2) head)"), "(head (- 2 1))");
    assert_eq!(forms("(-> 7)"), "7");
}

#[test]
fn loops_name_their_target() {
    assert_eq!(
        forms("(loop ((i 0)) (if (< i 3) (recur (+ i 1)) i))"),
        "(loop @0 ((i.1 0)) (if (< i.1 3) (recur @0 (+ i.1 1)) i.1))"
    );
}

#[test]
fn initial_values_of_a_loop_see_the_earlier_ones() {
    assert_eq!(
        forms("(loop ((a 1) (b (+ a 1))) [a b])"),
        "(block (bind a.0 1) (bind b.2 (+ a.0 1)) (loop @0 ((a.1 a.0) (b.3 b.2)) [a.1 b.3]))"
    );
}

#[test]
fn recur_must_be_in_tail_position_with_all_values() {
    assert_eq!(error("(loop ((i 0)) (+ 1 (recur 2)))"), "E0202 1:20 `recur` is not in tail position");
    assert_eq!(error("(loop ((i 0)) (try (recur 1) (catch (e) e)))"), "E0202 1:20 `recur` is not in tail position");
    assert_eq!(error("(loop ((i 0)) (recur))"), "E0202 1:15 `recur` gives 0 value(s) to a loop with 1 variable(s)");
    assert!(error("(define (f) (recur 1))").contains("without a `loop`"));
    assert!(error("(loop ((i 0)) (lambda () (recur 1)))").contains("without a `loop`"));
}

#[test]
fn dotimes_gives_each_turn_its_own_variable() {
    assert_eq!(
        forms("(dotimes (k 3) k)"),
        "(block (bind count.0 3) (loop @0 ((i.1 0)) (if (%lt i.1 count.0) (block (bind k.2 i.1) k.2 (recur @0 (%add i.1 1))) nil)))"
    );
}

#[test]
fn for_each_is_the_loop_only_with_a_binding() {
    assert_eq!(forms("(for-each (x [1]) x)"), "(for-each (lambda for-each body (x.0) x.0) [1])");
    assert_eq!(forms("(for-each print [1])"), "(for-each print [1])");
    assert_eq!(forms("(for-each ([a _] [[1 2]]) a)").matches("take").count(), 1);
}

#[test]
fn try_keeps_its_clauses_apart() {
    assert_eq!(forms("(try 1 2 (catch (e) e) (finally 3))"), "(try (block 1 2) (catch e.0 e.0) (finally 3))");
    assert_eq!(forms("(try 1)"), "1");
    assert!(error("(try (catch (e) e) 1)").starts_with("E0201"));
}

#[test]
fn error_handle_and_error_catch_become_try() {
    assert_eq!(
        forms("(define (f) (error:catch \"a\" head) 5)"),
        "(define f (lambda f () (block (bind type.0 \"a\") (bind handler.1 head) (try (block 5) \
         (catch err.2 (if (%eq (get err.2 \"type\") \"a\") (handler.1 err.2) (error:raise err.2)))))))"
    );
    assert_eq!(forms("(error:handle 1 head)"), "(try 1 (catch err.0 (head err.0)))");
}

#[test]
fn annotations_are_checked_promises() {
    assert_eq!(
        forms("(define (f (x : Int)) : (List a) x)"),
        "(define f (lambda f (x.0) (block (bind x.1 (: x.0 Int \"parameter x of f\")) (: x.1 (List a) \"result of f\"))))"
    );
    assert_eq!(forms("(: 1 Number)"), "(: 1 Number \"expression\")");
}

#[test]
fn aliases_are_expanded() {
    assert_eq!(forms("(type (Pair a) (Tuple a a)) (: 1 (Pair Int))"), "(: 1 (Tuple Int Int) \"expression\")");
    assert!(error("(type A (List A))").contains("does not contain itself"));
    assert_eq!(error("(: 1 Strin)"), "E0113 1:6 unknown type `Strin`");
}

#[test]
fn function_types_name_their_effects() {
    assert_eq!(forms("(: 1 (Function Int ! io network Nil))"), "(: 1 (Function Int ! io network Nil) \"expression\")");
}

#[test]
fn quoted_data_are_constants() {
    assert_eq!(forms("'(1 a \"b\" {:k v} #{2} [x])"), "'[1 'a \"b\" '{:k 'v} '#{2} '['x]]");
}

#[test]
fn literal_keys_occur_once() {
    assert_eq!(error("{1 2 1.0 3}"), "E0203 1:6 duplicate key `1.0` in a Dict literal");
    assert_eq!(error("#{'a 'a}"), "E0203 1:6 duplicate element `'a` in a Set literal");
    assert_eq!(errors("{(head []) 1 (head []) 2}"), Vec::<String>::new());
}

#[test]
fn constructors_check_concrete_fields() {
    assert_eq!(
        forms("(data Shape a (Circle (radius Float)) (Box a) (Dot)) (Circle 1.0) (Box 2) Dot (Dot)"),
        "(Circle (: 1.0 Float \"field radius of Circle\"))\n(Box 2)\nDot\nDot"
    );
}

#[test]
fn a_checked_constructor_is_one_function_value() {
    assert_eq!(
        forms("(data Shape (Circle Float)) [Circle Circle]"),
        "(define Circle (lambda Circle (field0.0) (Circle (: field0.0 Float \"field 1 of Circle\"))))\n[Circle Circle]"
    );
}

#[test]
fn named_construction_is_put_in_order() {
    assert_eq!(
        forms("(data P (Point (x Any) (y Any))) (Point :y 1 :x 2)"),
        "(block (bind y.0 1) (bind x.1 2) (Point x.1 y.0))"
    );
    let all = errors("(data P (Point (x Any))) (Point :z 2)");
    assert_eq!(all, ["E0114 1:26 `Point` is made without its field `x`", "E0114 1:33 `Point` has no field `z`"]);
}

#[test]
fn operations_are_performed_with_their_number_of_arguments() {
    assert_eq!(forms("(define-effect ask (name String -> String)) (ask:name \"a\")"), "(perform ask:name \"a\")");
    assert_eq!(
        error("(define-effect ask (name String -> String)) (ask:name)"),
        "E0301 1:45 `ask:name` expects 1 argument, got 0"
    );
    assert!(error("(define-effect ask (name -> Int)) (ask:nam)").contains("has no operation `nam`"));
    assert!(error("(io:prnt 1)").contains("effect kind `io` has no operation `prnt`"));
}

#[test]
fn clauses_say_what_they_do_with_resume() {
    let handler = |clause: &str| {
        forms(&format!("(define-effect ask (name Any -> Any)) (handler ((ask:name (lambda (q) {clause}))) 1)"))
    };
    assert_eq!(handler("q"), "(handler ((ask:name aborts (lambda ask:name (q.1) q.1))) 1)");
    assert_eq!(handler("(resume q)"), "(handler ((ask:name resumes (lambda ask:name (q.1) (resume q.1)))) 1)");
    assert_eq!(
        handler("(if q (resume) (let ((y 2)) y))"),
        "(handler ((ask:name resumes (lambda ask:name (q.1) (if q.1 (resume nil) (block (bind y.2 2) (leave y.2)))))) 1)"
    );
    // A parameter of that name is only a parameter.
    let own = "(define-effect ask (name Any -> Any)) (handler ((ask:name (lambda (resume) (resume 1)))) 1)";
    assert_eq!(forms(own), "(handler ((ask:name aborts (lambda ask:name (resume.1) (resume.1 1)))) 1)");
    // Each clause has its own: the inner one resumes, the outer one does not.
    let inner = handler("(handler ((ask:name (lambda (r) (resume r)))) 2)");
    assert!(inner.contains("ask:name aborts (lambda ask:name (q.1) (handler ((ask:name resumes"), "{inner}");
}

#[test]
fn resume_other_than_in_tail_position_needs_the_request() {
    let clause = |body: &str| {
        forms(&format!("(define-effect ask (name Any -> Any)) (handler ((ask:name (lambda (q) {body}))) 1)"))
    };
    for body in ["(+ 1 (resume q))", "(do (resume q) 1)", "(resume (resume q))", "(try (resume q) (catch (e) 1))"] {
        let text = clause(body);
        assert!(text.contains("ask:name general (lambda ask:name (request.") && text.contains("%abandon"), "{text}");
    }
    // It may outlive the clause: what is not resumed is kept.
    for body in ["resume", "(lambda () (resume q))", "(resume-many k) (twice k)", "(do (set! resume q) 1)"] {
        let text = clause(body);
        assert!(text.contains("ask:name general (lambda ask:name (request."), "{text}");
        assert!(!text.contains("%abandon") && text.contains("(bind resume."), "{text}");
    }
    assert!(clause("(resume-many k) (k (k q))").contains("%resume-copy"));
    assert!(clause("(resume-many k) 1").contains("ask:name aborts"));
    assert!(
        error("(define-effect a (b -> Any)) (handler ((a:b (lambda () (+ 1 (resume 1 2))))) 1)").starts_with("E0301")
    );
}

#[test]
fn a_clause_from_a_macro_resumes() {
    let text = "(define-effect ask (name Any -> Any)) \
                (define-syntax answer (syntax-rules () ((_ v) (handler ((ask:name (lambda (q) (resume v)))) 1)))) (answer 5)";
    assert!(forms(text).contains("ask:name resumes"));
}

#[test]
fn what_is_not_built_yet_is_one_clean_error() {
    assert!(error("(with-network-policy {} undefined-name)").starts_with("E0208"));
}

#[test]
fn bodies_of_goroutines_are_functions() {
    assert_eq!(forms("(go 1 2)"), "(%start (lambda go () (block 1 2)))");
    assert_eq!(forms("(scope 1)"), "(%scope (lambda scope () 1))");
    assert_eq!(forms("(parallel 1 (+ 1 2))"), "(%parallel (lambda parallel () 1) (lambda parallel () (+ 1 2)))");
    assert_eq!(forms("(with-lock pi 1)"), "(%with-lock pi (lambda with-lock () 1))");
    assert_eq!(
        forms("(define f (async (x ...xs) : Int x))"),
        "(define f (lambda f (x.0^ ...xs.1) (%async (lambda f () (: x.0^ Int \"result of f\")))))"
    );
}

#[test]
fn select_evaluates_its_parts_in_order_then_calls_what_was_chosen() {
    assert_eq!(
        forms("(define c 1) (select ((receive! c) head) ((send! c 1) list) (default 5))"),
        "(define c 1)\n(block (bind channel.0 c) (bind function.1 head) (bind channel.2 c) (bind sent.3 1) (bind function.4 list) (bind chosen.5 (%select-one [(%receive! channel.0) (%send! channel.2 sent.3)] false)) (if (%same (%tuple-ref chosen.5 0) 0) (function.1 (%tuple-ref chosen.5 1)) (if (%same (%tuple-ref chosen.5 0) 1) (function.4) 5)))"
    );
    assert_eq!(
        forms("(select ((timeout 1) list))"),
        "(block (bind seconds.0 (%timeout 1)) (bind function.1 list) (bind chosen.2 (%select-one [] seconds.0)) (function.1))"
    );
}

#[test]
fn a_program_may_bind_the_words_of_select() {
    assert_eq!(
        errors("(define default 1) (define timeout 2) (select ((timeout timeout) list)) (select (default default))"),
        Vec::<String>::new()
    );
}

#[test]
fn inside_a_body_that_runs_here_a_try_around_it_counts() {
    let wrong = |form: &str| error(&format!("(define (f a) a) (try {form} (catch (e) 1))"));
    for form in ["(scope (f))", "(parallel (f))", "(with-lock pi (f))", "(select (default (f)))"] {
        assert!(wrong(form).starts_with("warning E0301"), "{form}");
    }
    assert!(wrong("(go (f))").starts_with("E0301"));
}

#[test]
fn arity_is_checked_against_known_functions() {
    assert_eq!(error("(define (f a b) a) (f 1)"), "E0301 1:20 `f` expects 2 arguments, got 1");
    assert_eq!(error("(define (f a ...r) a) (f)"), "E0301 1:23 `f` expects at least 1 argument, got 0");
    assert_eq!(error("(let ((f (lambda (a) a))) (f))"), "E0301 1:27 `f` expects 1 argument, got 0");
    assert_eq!(error("((lambda (a) a))"), "E0301 1:1 `lambda` expects 1 argument, got 0");
    assert_eq!(error("(data T (A Int)) (A)"), "E0301 1:18 `A` expects 1 argument, got 0");
    assert_eq!(error("(head)"), "E0301 1:1 `head` expects 1 argument, got 0");
    assert_eq!(errors("(bigger 1) (bigger 1 2 3 4)"), Vec::<String>::new());
    assert_eq!(error("(bigger)"), "E0301 1:1 `bigger` expects at least 1 argument, got 0");
}

#[test]
fn assigned_functions_have_no_known_arity() {
    assert_eq!(errors("(define (f a) a) (f) (set! f (lambda () 1))"), Vec::<String>::new());
}

#[test]
fn inside_a_try_of_the_same_function_a_wrong_arity_is_a_warning() {
    assert!(error("(define (f a) a) (try (f) (catch (e) 1))").starts_with("warning E0301"));
    assert!(error("(define (f a) a) (try (lambda () (f)) (catch (e) 1))").starts_with("E0301"));
    assert!(error("(define (f a) a) (try 1 (catch (e) (f)))").starts_with("E0301"));
}

#[test]
fn main_takes_nothing_or_the_arguments() {
    let main = |text| common::resolve_files(&[("/p/main.cl", text)]).0.program.main.map(|(_, n)| n);
    assert_eq!(main("(define (main) 0)"), Some(0));
    assert_eq!(main("(define (main args) 0)"), Some(1));
    assert_eq!(main("(define x 0)"), None);
    assert!(error("(define (main a b) 0)").starts_with("E0201"));
    assert!(error("(define (main) 0) (main)").starts_with("E0109"));
}

#[test]
fn define_may_take_a_value_apart() {
    assert_eq!(
        forms("(define [a _ ...b] [1 2 3]) b"),
        "(define parts (match [1 2 3] ([a.1 _ ...b.0] [b.0 a.1])))\n(define b (match parts ([b.2 _] b.2)))\n\
         (define a (match parts ([_ a.3] a.3)))\nb"
    );
    assert_eq!(forms("(do (define {:k v} {:k 1}) v)"), "(block (take {:k v.0} {:k 1}) v.0)");
}

#[test]
fn malformed_forms_say_what_was_expected() {
    for text in [
        "(if)",
        "(let x 1)",
        "(let ((x)) 1)",
        "(lambda)",
        "(define)",
        "(define x)",
        "(define x 1 2)",
        "(cond 5)",
        "(match)",
        "(match 1 (x))",
        "(match 1 (x :when))",
        "(loop (x) 1)",
        "(recur)",
        "(set! 1 2)",
        "(set! x)",
        "(->)",
        "(quote)",
        "(: 1)",
        "(while)",
        "(dotimes (x) 1)",
        "(data)",
        "(data T x 5)",
        "(type T)",
        "(define-effect)",
        "(define-effect k (op Int))",
        "(import)",
        "(import 5)",
        "()",
        "(effect)",
        "(effect 5)",
        "(try 1 (catch e e))",
        "(error:handle 1)",
        "(go)",
        "(async (x))",
        "(scope)",
        "(with-lock 1)",
        "(select 1)",
        "(select ((receive! 1 2) head))",
        "(lambda (...a b) 1)",
        "(lambda (5) 1)",
        "(lambda ())",
        "(match 1 ((f x) 1))",
        "{1}",
        "(module)",
        "(define-syntax)",
        "(define-syntax m (lambda))",
        "(if 1 (define x 1))",
        "(5 6)",
        "([1] 0)",
        "(define (5) 1)",
        "(let ((5 1)) 2)",
        "(loop ((5 1)) 2)",
        "(let (('x 1)) 2)",
        "(cond (else 1) (2 3))",
        "(match 1 (#{1} 1))",
        "(match 1 ((or [a] [b]) 1))",
        "(match 1 ((as x) 1))",
        "(match 1 ({x 1} 1))",
        "(match 1 ((Nope x) 1))",
        "(match 1 (Nope 1))",
        "(: 1 5)",
        "(: 1 (Int Int))",
        "(import \"no-such-file\")",
        "(import \"std/nope\" *)",
        "(match 1 ([...a b] 1))",
        "(match 1 ([a ...b c] 1))",
    ] {
        let all = errors(text);
        assert!(!all.is_empty() && all.iter().all(|e| e.starts_with('E')), "{text}: {all:?}");
    }
}
