//! No operation that a program can perform is missing from its effect set, whatever way the function takes that does it.

mod support;
use support::{found, infer, operations};

/// Programs that write a file in ways that are hard to see.
const HIDDEN: &[(&str, &str)] = &[
    ("a call", "(define (f) (io:write-file \"a\" \"b\")) (f)"),
    ("a List", "(define fs [(lambda () (io:write-file \"a\" \"b\"))]) ((head fs))"),
    (
        "a List through map",
        "(define fs [(lambda (x) (io:write-file \"a\" x))]) (print (map (lambda (f) (f \"b\")) fs))",
    ),
    ("a Dict", "(define d {:k (lambda () (io:write-file \"a\" \"b\"))}) ((get d :k))"),
    ("a Dict of Any", "(define d (set (json-parse \"{}\") :k (lambda () (io:write-file \"a\" \"b\")))) ((get d :k))"),
    ("a Tuple", "(define t (tuple 1 (lambda () (io:write-file \"a\" \"b\")))) ((tuple-ref t 1))"),
    ("a Set", "(for-each (lambda (f) (f)) #{(lambda () (io:write-file \"a\" \"b\"))})"),
    ("an Array", "(define a (array nil)) (array-set! a 0 (lambda () (io:write-file \"a\" \"b\"))) ((array-get a 0))"),
    (
        "a private cell",
        "(define c (state:new nil)) (state:set c (lambda () (io:write-file \"a\" \"b\"))) ((state:get c))",
    ),
    ("the named store", "(state:set \"f\" (lambda () (io:write-file \"a\" \"b\"))) ((state:get \"f\"))"),
    ("an assigned variable", "(define f nil) (define (go) (f)) (set! f (lambda () (io:write-file \"a\" \"b\"))) (go)"),
    (
        "an assigned local variable",
        "(define (g) (let ((f (lambda () 1)) (go (lambda () (f)))) (set! f (lambda () (io:write-file \"a\" \"b\"))) (go))) (g)",
    ),
    ("a closure that is returned", "(define (make x) (lambda () (io:write-file \"a\" x))) ((make \"b\"))"),
    ("a closure of a closure", "(define (make) (lambda (x) (lambda () (io:write-file \"a\" x)))) (((make) \"b\"))"),
    (
        "a constructor's field",
        "(data Box (Box Any)) (match (Box (lambda () (io:write-file \"a\" \"b\"))) ((Box f) (f)))",
    ),
    (
        "a field of a type variable",
        "(data Box a (Box a)) (match (Box (lambda () (io:write-file \"a\" \"b\"))) ((Box f) (f)))",
    ),
    ("a named field", "(data Job (Job (run Any))) ((get (Job (lambda () (io:write-file \"a\" \"b\"))) :run))"),
    ("apply", "(apply io:write-file [\"a\" \"b\"])"),
    ("apply of a parameter", "(define (call f xs) (apply f xs)) (call io:write-file [\"a\" \"b\"])"),
    ("partial", "((partial io:write-file \"a\") \"b\")"),
    ("compose", "((compose (lambda (x) (io:write-file \"a\" x)) str) 1)"),
    ("juxt", "((juxt (lambda (x) (io:write-file \"a\" x))) \"b\")"),
    ("memoize", "((memoize (lambda (x) (io:write-file \"a\" x))) \"b\")"),
    ("curry", "(((curry (lambda (a b) (io:write-file a b))) \"a\") \"b\")"),
    ("sort-with", "(print (sort-with (lambda (a b) (io:write-file \"a\" \"b\") 0) [1 2]))"),
    ("a default argument", "((get {} :k (lambda () (io:write-file \"a\" \"b\"))))"),
    (
        "a function of functions",
        "(define (twice f) (lambda (x) (f (f x)))) ((twice (lambda (x) (io:write-file \"a\" x) x)) \"b\")",
    ),
    (
        "a function that calls its argument late",
        "(define (later f) (let ((g (lambda () (f)))) (list g))) ((head (later (lambda () (io:write-file \"a\" \"b\")))))",
    ),
    ("recursion", "(define (go n f) (if (= n 0) (f) (go (- n 1) f))) (go 3 (lambda () (io:write-file \"a\" \"b\")))"),
    (
        "mutual recursion",
        "(define (a n f) (if (= n 0) (f) (b n f))) (define (b n f) (a (- n 1) f)) (a 3 (lambda () (io:write-file \"a\" \"b\")))",
    ),
    (
        "a loop",
        "(print (loop ((f (lambda () 1)) (i 0)) (if (= i 2) (f) (recur (lambda () (io:write-file \"a\" \"b\")) (+ i 1)))))",
    ),
    (
        "an error's data",
        "(try (error:raise \"t\" \"m\" (lambda () (io:write-file \"a\" \"b\"))) (catch (e) ((get e \"data\"))))",
    ),
    (
        "an annotation that lies",
        "(define (int-list xs) (: xs (List Int))) (for-each (lambda (f) (if (function? f) (f) 1)) (append (int-list [(lambda () (io:write-file \"a\" \"b\"))]) [(lambda () 1)]))",
    ),
    (
        "a field's type that lies",
        "(data B (B (xs (List Int)))) (match (B [(lambda () (io:write-file \"a\" \"b\"))]) ((B xs) (try ((head xs)) (catch (e) 1))))",
    ),
    (
        "a call that looks wrong",
        "(define (f x) (try (x) (catch (e) 1))) (f (head [(lambda () (io:write-file \"a\" \"b\")) 1]))",
    ),
    (
        "a handler's clause",
        "(define-effect ask (name -> String)) (handler ((ask:name (lambda () (io:write-file \"a\" \"b\") (resume \"x\")))) (ask:name))",
    ),
    (
        "a handler's value",
        "(define f (handler ((error (lambda (e) (lambda () (io:write-file \"a\" \"b\"))))) (error \"x\"))) (f)",
    ),
    ("a macro", "(define-syntax run (syntax-rules () ((run e) ((lambda () e))))) (run (io:write-file \"a\" \"b\"))"),
    ("main", "(define (main) (io:write-file \"a\" \"b\"))"),
    ("a value in tail position", "(define (pick c) (if c io:write-file print)) ((pick true) \"a\" \"b\")"),
    (
        "an early global",
        "(define (go) (h)) (define x (lambda () (go))) (define h (lambda () (io:write-file \"a\" \"b\"))) (x)",
    ),
];

#[test]
fn no_way_hides_an_operation() {
    let missing: Vec<_> = HIDDEN
        .iter()
        .filter(|(_, text)| !operations(text).iter().any(|op| op == "io:write-file"))
        .map(|(n, _)| n)
        .collect();
    assert!(missing.is_empty(), "not seen: {missing:?}");
}

#[test]
fn what_is_known_is_not_everything() {
    // A file is written by a function that nobody calls.
    let rest = "(define (unused) (io:write-file \"a\" \"b\")) (define keep [unused])";
    for text in [
        "(print (map (lambda (x) (+ x 1)) [1 2]))",
        "(define (twice f x) (f (f x))) (print (twice inc 1))",
        "(define (my-map f xs) (if (empty? xs) [] (cons (f (head xs)) (my-map f (tail xs))))) (my-map print [1])",
        "(define (make x) (lambda () (print x))) ((make 1))",
        "(define h {:a (lambda () (print 1))}) ((get h :a (lambda () nil)))",
        "(define add (partial + 1)) (print (add 2))",
        "(define f nil) (set! f (lambda () (print 1))) (f)",
    ] {
        let ops = operations(&format!("{text} {rest}"));
        assert!(!ops.iter().any(|op| op == "io:write-file"), "{text}: {ops:?}");
        assert!(ops.iter().any(|op| op == "io:print") || !text.contains("print"), "{text}: {ops:?}");
    }
}

#[test]
fn handled_operations_are_no_effects_of_the_program() {
    let declared = "(define-effect ask (name -> String))";
    let handled = format!("{declared} (define (f) (ask:name)) (handler ((ask:name (lambda () (resume \"x\")))) (f))");
    assert!(!operations(&handled).iter().any(|op| op == "ask:name"));
    let open = format!("{declared} (define (f) (ask:name)) (try (f) (catch (e) 1))");
    assert!(operations(&open).iter().any(|op| op == "ask:name"));
}

#[test]
fn a_path_leads_from_the_entry_to_the_operation() {
    let text = "(define (deep x) (io:write-file \"a\" x))\n(define (go xs) (for-each deep xs))\n(go [\"b\"])";
    let inference = infer(text);
    let entry = inference.effects.entry().expect("an entry");
    let path = inference.effects.path(entry, "io:write-file");
    let names: Vec<&str> = path.iter().map(|s| &*s.function).collect();
    assert_eq!(names[..3], ["top level", "go", "deep"]);
    let texts: Vec<&str> = path[..3].iter().map(|s| &text[s.span.start as usize..s.span.end as usize]).collect();
    assert_eq!(texts, ["(go [\"b\"])", "(for-each deep xs)", "(io:write-file \"a\" x)"]);
}

/// Whether the code after it is told to be unreachable depends on what a handler somewhere does with the operation.
#[test]
fn what_a_handler_resumes_is_gone_on_after() {
    let warned = |clause: &str| {
        let program = format!(
            "(define (fail) (error \"no\"))\n(define (go) (fail) (print \"went on\"))\n(handler ({clause}) (go))"
        );
        found(&program).iter().any(|d| d.starts_with("warning W0301 2:"))
    };
    assert!(warned("(io:print (lambda (x) (resume x)))"));
    assert!(warned("(error:raise (lambda (_type _message _data) nil))"));
    assert!(!warned("(error:raise (lambda (_type _message _data) (resume nil)))"));
    assert!(!warned("(error (lambda (_e) (resume nil)))"));
}
