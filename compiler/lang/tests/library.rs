//! The real library: everything in it resolves.

mod common;
use cl_lang::dump::type_text;
use cl_lang::hir::{Signature, Type};
use cl_lang::stdlib::STD;
use cl_lang::{Options, StdLib, resolve};
use cl_text::SourceMap;
use std::path::Path;

/// Every name that the library's files define, with its module.
fn defined() -> Vec<(Option<&'static str>, String)> {
    let prelude = STD.prelude.iter().map(|(_, source)| (None, *source));
    let modules = STD.modules.iter().map(|(name, source)| (Some(*name), *source));
    let mut names = Vec::new();
    for (module, source) in prelude.chain(modules) {
        for line in source.lines() {
            let Some(rest) = line.strip_prefix("(define ") else { continue };
            let name: String =
                rest.trim_start_matches('(').chars().take_while(|c| !c.is_whitespace() && *c != ')').collect();
            if !name.starts_with('%') {
                names.push((module, name));
            }
        }
    }
    names
}

#[test]
fn every_definition_of_the_library_resolves() {
    let mut text = String::new();
    for (i, (module, name)) in defined().iter().enumerate() {
        match module {
            None => text.push_str(&format!("(define (use{i}) {name})\n")),
            Some(module) => {
                text.push_str(&format!("(import \"std/{module}\" (({name} as n{i})))\n(define (use{i}) n{i})\n"));
            }
        }
    }
    let mut sources = SourceMap::default();
    let files = common::files(&[("/p/main.cl", &text)]);
    let options = Options { search: &[], library: &STD, tests: false, check_contracts: true };
    let resolved = resolve(&mut sources, &files, Path::new("/p/main.cl"), &options);
    let mut messages = common::messages(&resolved, &sources);
    messages.retain(|m| !m.starts_with("warning W0201 ")); // older names are among them
    assert_eq!(messages, Vec::<String>::new());
    assert!(resolved.program.globals.len() > 300);
}

/// What is wrong with a program that uses the real library.
fn messages_with_library(text: &str) -> Vec<String> {
    let mut sources = SourceMap::default();
    let files = common::files(&[("/p/main.cl", text)]);
    let options = Options { search: &[], library: &STD, tests: false, check_contracts: true };
    let resolved = resolve(&mut sources, &files, Path::new("/p/main.cl"), &options);
    common::messages(&resolved, &sources)
}

#[test]
fn every_part_of_the_prelude_can_be_imported() {
    let imports: String = STD.prelude.iter().map(|(name, _)| format!("(import \"std/{name}\" (print))\n")).collect();
    assert_eq!(messages_with_library(&format!("{imports}(print 1)")), Vec::<String>::new());
}

/// The names that the prelude writes with a colon stay known under an alias of the same text.
#[test]
fn an_alias_of_a_part_of_the_prelude_hides_none_of_its_names() {
    let imports = "(import \"std/io\" :as io) (import \"std/datetime\" :as datetime) (import \"std/path\" (path-join))";
    let uses = "(print (io:file-read \"a\") (io:read-file \"a\") (io:path-join) (datetime:now) (path-join))\n(io:nope)";
    let messages = messages_with_library(&format!("{imports} {uses}"));
    assert_eq!(messages, ["E0105 2:2 module \"prelude\" exports no `nope`"]);
}

/// The signature of the only library function of a text, and what is wrong with the text.
fn signature(library: &'static str) -> (Option<std::rc::Rc<Signature>>, Vec<String>) {
    let prelude = Box::leak(Box::new([("a", library)]));
    let std = StdLib { prelude, modules: &[] };
    let mut sources = SourceMap::default();
    let files = common::files(&[("/p/main.cl", "(define g f)")]);
    let options = Options { search: &[], library: &std, tests: false, check_contracts: true };
    let resolved = resolve(&mut sources, &files, Path::new("/p/main.cl"), &options);
    let messages = common::messages(&resolved, &sources);
    (resolved.program.globals.iter().find(|g| &*g.name == "f").and_then(|g| g.signature.clone()), messages)
}

#[test]
fn signatures_have_clauses_with_effects_last() {
    let text = "(%sig f ((Int) String) (((Function a b ! e) (Rest (List a))) (List b) ! e io:print error))
        (define (f x) x)";
    let (signature, messages) = signature(text);
    assert_eq!(messages, Vec::<String>::new());
    let clauses = &signature.expect("f has a signature").clauses;
    assert_eq!(clauses.len(), 2);
    assert_eq!((&*clauses[0].params, &clauses[0].result), (&[Type::Int][..], &Type::String));
    assert!(clauses[0].effects.is_empty() && clauses[0].rest.is_none());
    let var = |name: &str| Type::Var(name.into());
    let function = Type::Function {
        params: vec![var("a")],
        rest: None,
        result: Box::new(var("b")),
        effects: Some(vec!["e".into()]),
    };
    assert_eq!(clauses[1].params, [function]);
    assert_eq!(clauses[1].rest, Some(Type::List(Box::new(var("a")))));
    assert_eq!(clauses[1].effects, ["e".into(), "io:print".into(), "error".into()]);
}

#[test]
fn signatures_name_what_annotations_cannot() {
    let (f, messages) = signature("(%sig f (((Function a (Rest %Tuple) b) (%Queue a)) %Data)) (define (f g q) q)");
    assert_eq!(messages, Vec::<String>::new());
    let clause = &f.expect("f has a signature").clauses[0];
    let texts: Vec<String> = clause.params.iter().chain([&clause.result]).map(type_text).collect();
    assert_eq!(texts, ["(Function a (Rest Tuple) b)", "(Queue a)", "Data"]);
    assert_eq!(signature("(%sig f Float) (define f 1.5)").0.expect("f has a signature").value, Some(Type::Float));
}

#[test]
fn a_wrong_signature_is_reported() {
    for (text, part) in [
        ("(%sig f Int Int) (define (f x) x)", "result"),
        ("(%sig f (((Function (Rest a) a b) a) a)) (define (f x) x)", "Rest"),
        ("(%sig f ((Int) Strin)) (define (f x) x)", "Strin"),
        ("(%sig f (((Function a ! e b) b) b)) (define (f x) x)", "effects last"),
        ("(%sig g ((Int) Int)) (define (f x) x)", "directly before"),
    ] {
        let (_, messages) = signature(text);
        assert!(messages.iter().any(|m| m.contains(part)), "{text}: {messages:?}");
    }
}
