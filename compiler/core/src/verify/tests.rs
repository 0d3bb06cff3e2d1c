//! The verifier finds what it is there to find: each program here is right but for one thing.

use super::{Stage, verify};
use crate::ir::*;
use cl_abi::prims::by_name;
use cl_text::{FileId, Span};

const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };
const X: VarId = VarId(0);
const Y: VarId = VarId(1);
const J: LabelId = LabelId(0);

fn block(stmts: Vec<Stmt>, term: Term) -> Block {
    Block { stmts, term }
}

fn func(params: &[VarId], body: Block) -> Func {
    let (name, params) = ("f".into(), params.to_vec());
    Func { name, span: SPAN, params, variadic: false, captures: vec![], body, inline: false }
}

fn let_(var: VarId, rhs: Rhs) -> Stmt {
    Stmt::Let { var, rhs, span: SPAN }
}

fn join(params: &[VarId], body: Block) -> Stmt {
    Stmt::Join(Join { label: J, params: params.to_vec(), body, recursive: false })
}

fn ret(atom: Atom) -> Term {
    Term::Return(atom)
}

fn program(funcs: Vec<Func>) -> Program {
    let vars = (0..4).map(|i| VarInfo { name: format!("v{i}").into() }).collect();
    let ctors = vec![
        Ctor { name: "None".into(), type_name: "Option".into(), fields: vec![] },
        Ctor { name: "Some".into(), type_name: "Option".into(), fields: vec!["".into()] },
    ];
    let globals = vec![Global { name: "g".into(), kind: GlobalKind::Slot, signature: None }];
    Program { vars, label_count: 2, funcs, globals, ctors, entry: Some(FuncId(0)), ..Program::default() }
}

/// The first problem of a program of one function with parameter X.
fn problem(body: Block) -> String {
    problem_in(&program(vec![func(&[X], body)]), Stage::Nested)
}

fn problem_in(program: &Program, stage: Stage) -> String {
    verify(program, stage).expect_err("a problem").remove(0)
}

#[test]
fn a_right_program_has_no_problems() {
    let body = block(vec![join(&[Y], block(vec![], ret(Atom::Var(Y))))], Term::Jump(J, vec![Atom::Var(X)]));
    assert_eq!(verify(&program(vec![func(&[X], body)]), Stage::Nested), Ok(()));
}

#[test]
fn a_variable_that_nothing_binds() {
    assert_eq!(problem(block(vec![], ret(Atom::Var(Y)))), "in f: variable v1.1 is not in scope");
}

#[test]
fn a_variable_of_a_branch_used_after_it() {
    let inside = block(vec![let_(Y, Rhs::Atom(Atom::Nil))], Term::Jump(J, vec![]));
    let other = block(vec![], Term::Jump(J, vec![]));
    let after = Stmt::Join(Join { label: J, params: vec![], body: block(vec![], ret(Atom::Var(Y))), recursive: false });
    let branch = Term::If { cond: Cond::Truthy(Atom::Var(X)), then: Box::new(inside), otherwise: Box::new(other) };
    assert_eq!(problem(block(vec![after], branch)), "in f: variable v1.1 is not in scope");
}

#[test]
fn a_variable_bound_twice() {
    let body = block(vec![let_(X, Rhs::Atom(Atom::Nil))], ret(Atom::Nil));
    assert_eq!(problem(body), "in f: variable v0.0 is bound twice");
}

#[test]
fn a_jump_before_the_label() {
    let body = block(vec![], Term::Jump(J, vec![]));
    assert_eq!(problem(body), "in f: jump to label 0 with 0 arguments: not declared yet");
}

#[test]
fn a_jump_from_a_join_that_does_not_say_that_it_is_recursive() {
    let body = block(vec![join(&[], block(vec![], Term::Jump(J, vec![])))], ret(Atom::Nil));
    assert_eq!(problem(body), "in f: jump to label 0 with 0 arguments: not declared yet");
}

#[test]
fn a_jump_with_too_many_arguments() {
    let body = block(vec![join(&[], block(vec![], ret(Atom::Nil)))], Term::Jump(J, vec![Atom::Nil]));
    assert!(problem(body).starts_with("in f: jump to label 0 with 1 arguments: takes 0"));
}

#[test]
fn a_jump_out_of_a_function() {
    let inner = func(&[], block(vec![], Term::Jump(J, vec![])));
    let funs = Stmt::Funs(vec![LocalFun { var: Y, func: inner }]);
    let body = block(vec![join(&[], block(vec![], ret(Atom::Nil))), funs], ret(Atom::Nil));
    assert!(problem(body).contains("belongs to another function"));
}

#[test]
fn a_return_inside_try() {
    let inside = Box::new(block(vec![], ret(Atom::Nil)));
    let handler = Box::new(block(vec![], Term::Unreachable));
    let body = block(vec![], Term::Try { body: inside, error: Y, handler });
    assert_eq!(problem(body), "in f: return inside a try");
}

#[test]
fn a_tail_call_inside_a_handler() {
    let inside = Box::new(block(vec![], Term::Unreachable));
    let call = Term::TailCall(Callee::Value(Atom::Var(X)), vec![], SPAN);
    let body = block(vec![], Term::Try { body: inside, error: Y, handler: Box::new(block(vec![], call)) });
    assert_eq!(problem(body), "in f: tail call inside a try");
}

#[test]
fn a_direct_call_with_a_wrong_count() {
    let body = block(vec![let_(Y, Rhs::Call(Callee::Func(FuncId(0)), vec![]))], ret(Atom::Nil));
    assert_eq!(problem(body), "in f: f takes 1 arguments, not 0");
}

#[test]
fn a_primitive_with_a_wrong_count() {
    let add = by_name("%add").expect("the primitive");
    let body = block(vec![let_(Y, Rhs::Prim(add, vec![Atom::Int(1)]))], ret(Atom::Nil));
    assert_eq!(problem(body), "in f: %add takes 2 arguments, not 1");
}

#[test]
fn a_condition_that_gives_no_bool() {
    let add = by_name("%add").expect("the primitive");
    let cond = Cond::Prim(add, vec![Atom::Int(1), Atom::Int(2)], SPAN);
    let end = || Box::new(block(vec![], ret(Atom::Nil)));
    let body = block(vec![], Term::If { cond, then: end(), otherwise: end() });
    assert_eq!(problem(body), "in f: condition %add is no test");
}

#[test]
fn a_constructor_with_wrong_fields() {
    let body = block(vec![let_(Y, Rhs::Construct(CtorId(1), vec![Atom::Nil, Atom::Nil]))], ret(Atom::Nil));
    assert_eq!(problem(body), "in f: constructor 1 with 2 fields");
    let body = block(vec![], ret(Atom::Ctor(CtorId(1))));
    assert_eq!(problem(body), "in f: constructor 1 with 0 fields");
}

#[test]
fn an_int_that_is_no_fixnum() {
    assert!(problem(block(vec![], ret(Atom::Int(i64::MAX)))).ends_with("is no fixnum"));
}

#[test]
fn a_function_read_as_a_slot() {
    let mut p = program(vec![func(&[X], block(vec![let_(Y, Rhs::GetGlobal(GlobalId(0)))], ret(Atom::Nil)))]);
    assert_eq!(verify(&p, Stage::Nested), Ok(()));
    p.globals[0].kind = GlobalKind::Func(FuncId(0));
    assert_eq!(problem_in(&p, Stage::Nested), "in f: global 0 is no slot");
}

#[test]
fn what_belongs_to_the_other_stage() {
    let inner = func(&[], block(vec![], ret(Atom::Nil)));
    let funs = Stmt::Funs(vec![LocalFun { var: Y, func: inner }]);
    let nested = program(vec![func(&[X], block(vec![funs], ret(Atom::Nil)))]);
    assert_eq!(verify(&nested, Stage::Nested), Ok(()));
    assert_eq!(problem_in(&nested, Stage::Flat), "in f: local functions after closure conversion");

    let mut captured = func(&[], block(vec![], ret(Atom::Var(VarId(2)))));
    captured.captures = vec![VarId(2)];
    let closures = Rhs::Closures { funcs: vec![(FuncId(1), vec![Atom::Var(X)])], rest: vec![] };
    let known = Rhs::Call(Callee::Known(FuncId(1), Atom::Var(Y)), vec![]);
    let body = block(vec![let_(Y, closures), let_(VarId(3), known)], ret(Atom::Nil));
    let flat = program(vec![func(&[X], body), captured]);
    assert_eq!(verify(&flat, Stage::Flat), Ok(()));
    assert!(verify(&flat, Stage::Nested).is_err());
}

#[test]
fn a_closure_that_captures_a_wrong_number() {
    let closures = Rhs::Closures { funcs: vec![(FuncId(1), vec![Atom::Var(X)])], rest: vec![] };
    let flat = program(vec![
        func(&[X], block(vec![let_(Y, closures)], ret(Atom::Nil))),
        func(&[], block(vec![], ret(Atom::Nil))),
    ]);
    assert!(problem_in(&flat, Stage::Flat).contains("captures Some(0) variables, not 1"));
}
