//! Modules (language §5).

mod common;
use common::{errors_of, files, forms_of, messages, resolve_in};

const SHAPES: &str =
    "(module shapes (export area unit) (define unit 1) (define hidden 2) (define (area s) (* s hidden)))";

#[test]
fn a_module_runs_once_before_its_importers() {
    let list = [
        ("/p/main.cl", "(print 1) (import \"a\" (f)) (import \"b\" (g)) (f) (g)"),
        ("/p/a.cl", "(import \"c\" (n)) (define (f) n)"),
        ("/p/b.cl", "(import \"c\" :as c) (define (g) c:n)"),
        ("/p/c.cl", "(define n 0)"),
    ];
    assert_eq!(
        forms_of(&list),
        "(define n 0)\n(define f (lambda f () n))\n(define g (lambda g () n))\n(print 1)\n(f)\n(g)"
    );
}

#[test]
fn every_form_of_import_brings_names() {
    let main = "(import \"s\" (area)) (import \"s\" ((unit as one))) (import \"s\" :as m) (area one) (m:area m:unit)";
    let all = forms_of(&[("/p/main.cl", main), ("/p/s.cl", SHAPES)]);
    assert!(all.ends_with("(area unit)\n(area unit)"), "{all}");
    let all = forms_of(&[("/p/main.cl", "(import \"s\" *) (area unit)"), ("/p/s.cl", SHAPES)]);
    assert!(all.ends_with("(area unit)"), "{all}");
}

#[test]
fn what_is_not_exported_stays_inside() {
    let all = errors_of(&[("/p/main.cl", "(import \"s\" (hidden)) (hidden)"), ("/p/s.cl", SHAPES)]);
    assert_eq!(all, ["E0105 1:14 module \"shapes\" exports no `hidden`"]);
    let all = errors_of(&[("/p/main.cl", "(import \"s\" :as m) m:hidden"), ("/p/s.cl", SHAPES)]);
    assert_eq!(all, ["E0105 1:20 module \"shapes\" exports no `hidden`"]);
}

#[test]
fn a_module_cannot_export_what_it_does_not_define() {
    let all = errors_of(&[("/p/main.cl", "(module m (export a b) (define a 1))")]);
    assert_eq!(all, ["E0106 1:21 `b` is exported, but not defined"]);
}

#[test]
fn circles_are_shown() {
    let list = [("/p/main.cl", "(import \"a\" (x))"), ("/p/a.cl", "(import \"b\" *)"), ("/p/b.cl", "(import \"a\" *)")];
    assert_eq!(errors_of(&list), ["E0104 /p/b.cl:1:9 circular import: a -> b -> a"]);
    assert_eq!(errors_of(&[("/p/main.cl", "(import \"main\" *)")]), ["E0104 1:9 circular import: main -> main"]);
}

#[test]
fn a_failed_import_makes_no_further_noise() {
    let all = errors_of(&[("/p/main.cl", "(import \"gone\" (a (b as c))) (a c) (import \"gone2\" :as m) (m:x)")]);
    assert_eq!(all.len(), 2, "{all:?}");
    let all = errors_of(&[("/p/main.cl", "(import \"gone\" *) (anything 1)")]);
    assert_eq!(all.len(), 1, "{all:?}");
}

#[test]
fn imports_are_looked_up_in_order() {
    let places = ["/p/x/m.cl", "/p/m.cl", "/p/modules/m.cl", "/extra/m.cl"];
    for first in 0..places.len() {
        let text = "(import \"x/user\" (n)) n";
        let user = "(import \"m\" (n))  (define unused n)";
        let numbers: Vec<String> = (0..places.len()).map(|i| format!("(define n {i})")).collect();
        let mut list = vec![("/p/main.cl", text), ("/p/clc.toml", ""), ("/p/x/user.cl", user)];
        list.extend(places.iter().zip(&numbers).skip(first).map(|(path, text)| (*path, text.as_str())));
        let list: Vec<(&str, &str)> =
            list.into_iter().map(|(p, t)| (p, if p == "/p/main.cl" { "(import \"x/user\" *)" } else { t })).collect();
        assert!(forms_of(&list).starts_with(&format!("(define n {first})")), "{first}");
    }
}

#[test]
fn types_constructors_and_macros_travel() {
    let lib = "(module o (export Some None unless0) (data Option a (None) (Some a)) (define (zero) 0)
               (define-syntax unless0 (syntax-rules () ((_ n e) (if (= n 0) (zero) e)))))";
    let main = "(import \"o\" (Some None unless0)) (define (zero) 1) (match (Some 1) ((Some x) x) (None 0)) (unless0 1 2) (: None (Option Int))";
    let (resolved, sources) = common::resolve_files(&[("/p/main.cl", main), ("/p/o.cl", lib)]);
    assert!(messages(&resolved, &sources).is_empty(), "{:?}", messages(&resolved, &sources));
    let all = cl_lang::dump::program(&resolved.program, false);
    assert!(all.contains("(if (= 1 0) (zero) 2)"), "{all}");
    let zeros: Vec<u32> = resolved.program.globals.iter().filter(|g| &*g.name == "zero").map(|g| g.module.0).collect();
    assert_eq!(zeros, [1, 2], "the macro means its own module's function");
}

#[test]
fn a_type_brings_its_constructors() {
    let lib = "(module o (export Option) (data Option a (None) (Some a)))";
    assert_eq!(forms_of(&[("/p/main.cl", "(import \"o\" (Option)) (Some None)"), ("/p/o.cl", lib)]), "(Some None)");
}

#[test]
fn types_of_one_name_in_two_modules_are_two_types() {
    let main = "(import \"a\" *) (import \"b\" :as b) (data T (C)) (: b:B b:T) (: C T) (: A T)";
    let list = [("/p/main.cl", main), ("/p/a.cl", "(data T (A))"), ("/p/b.cl", "(data T (B))")];
    let all = forms_of(&list);
    assert_eq!(all.lines().count(), 3);
    assert!(all.contains("(: B b:T"), "{all}");
    assert!(all.contains("(: C main:T"), "{all}");
}

#[test]
fn a_module_body_may_end_in_a_tuple_of_its_exports() {
    let lib = "(module s (export push pop) (let ((n 0)) (tuple 1 2)))";
    assert_eq!(
        forms_of(&[("/p/main.cl", "(import \"s\" (push)) push"), ("/p/s.cl", lib)]),
        "(define parts (block (bind n.0 0) (tuple 1 2)))\n(define push (match parts ((tuple push.1 _) push.1)))\n\
         (define pop (match parts ((tuple _ pop.2) pop.2)))\npush"
    );
}

#[test]
fn names_clash_with_imports() {
    let all = errors_of(&[("/p/main.cl", "(import \"s\" (area)) (define area 1)"), ("/p/s.cl", SHAPES)]);
    assert_eq!(all, ["E0107 1:29 `area` is already in this module"]);
}

#[test]
fn an_imported_name_cannot_be_assigned() {
    let all = errors_of(&[("/p/main.cl", "(import \"s\" (unit)) (set! unit 2)"), ("/p/s.cl", SHAPES)]);
    assert_eq!(all, ["E0111 1:27 cannot assign to `unit`: it is imported from shapes"]);
}

#[test]
fn errors_of_all_files_come_in_one_run() {
    let all = errors_of(&[("/p/main.cl", "(import \"a\" (f)) (f 1 2) gone"), ("/p/a.cl", "(define (f x) missing)")]);
    assert_eq!(
        all,
        [
            "E0301 1:18 `f` expects 1 argument, got 2",
            "E0101 1:26 unbound name `gone`",
            "E0101 /p/a.cl:1:15 unbound name `missing`"
        ]
    );
}

#[test]
fn standard_modules_are_the_prelude_or_files_of_their_own() {
    let (resolved, sources) = common::resolve_files(&[(
        "/p/main.cl",
        "(import \"std/heap\" (heap-new)) (import \"std/io\" *) (import \"std/list\" :as l) (heap-new) (l:head [])",
    )]);
    assert!(messages(&resolved, &sources).is_empty(), "{:?}", messages(&resolved, &sources));
    assert!(cl_lang::dump::program(&resolved.program, true).contains("(define %start"));
}

#[test]
fn tests_and_properties_are_checked_but_do_not_run() {
    let text =
        "(import \"std/test\" (test property)) (test \"a\" (print 1)) (property \"b\" ((x (gen:int 0 1))) (print x))";
    assert_eq!(forms_of(&[("/p/main.cl", text)]), "nil\nnil");
    let all = errors_of(&[("/p/main.cl", "(import \"std/test\" (test)) (test \"a\" gone)")]);
    assert_eq!(all, ["E0101 1:38 unbound name `gone`"]);
}

#[test]
fn only_what_is_mentioned_of_the_library_is_in_the_program() {
    let (resolved, _) = common::resolve_files(&[("/p/main.cl", "(twice pi)")]);
    let names: Vec<&str> = resolved.program.globals.iter().map(|g| &*g.name).collect();
    assert_eq!(names, ["twice", "pi", "%helper", "+"]);
    let all = cl_lang::dump::program(&resolved.program, true);
    let order: Vec<&str> = all.lines().map(|l| l.split(' ').nth(1).unwrap_or("")).collect();
    assert_eq!(order, ["+", "pi", "twice", "%helper", "pi)"], "the order of the files, then the user's forms");
}

#[test]
fn unreadable_files_are_diagnostics() {
    let mut all = files(&[("/p/main.cl", "(import \"b\" *)")]);
    all.0.insert("/p/b.cl".into(), vec![b'(', 0xff, b')']);
    let (resolved, sources) = resolve_in(&all, "/p/main.cl");
    assert!(messages(&resolved, &sources)[0].starts_with("E0009"));
    let (resolved, sources) = resolve_in(&all, "/p/none.cl");
    assert!(messages(&resolved, &sources)[0].starts_with("E0012"));
}

#[test]
fn the_embedded_files_are_those_of_the_folder() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib");
    let listed = |folder: std::path::PathBuf| {
        let entries = std::fs::read_dir(folder).expect("the folder of the library").flatten();
        let names = entries.map(|e| e.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter_map(|n| Some(n.strip_suffix(".cl")?.to_string())).collect();
        names.sort();
        names
    };
    let library = &cl_lang::stdlib::STD;
    let embedded = |files: &[(&str, &str)]| files.iter().map(|(name, _)| name.to_string()).collect::<Vec<_>>();
    assert_eq!(embedded(library.prelude), listed(root.join("prelude")));
    assert_eq!(embedded(library.modules), listed(root));
}
