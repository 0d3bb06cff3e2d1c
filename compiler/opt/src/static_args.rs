//! The static argument transformation (Santos, Compilation by transformation in non-strict functional languages, 1995)
//! for higher-order functions: a recursive function that calls a parameter, and passes it to itself unchanged, becomes a
//! function around a local recursive one that sees the parameter from outside. The outer one is not recursive, so it can
//! be inlined where a known function is passed, and the local one then calls that function directly.

use cl_core::ir::{Atom, Block, Callee, Func, FuncId, LocalFun, Program, Rhs, Stmt, Term, VarId};

use crate::copy::Names;
use crate::visit::{each_atom, each_call, term_blocks_mut};

/// Transforms the top-level functions for which that may pay.
pub fn static_arguments(mut program: Program) -> Program {
    let mut names = Names::of(&mut program);
    for (i, func) in program.funcs.iter_mut().enumerate() {
        let itself = FuncId(i as u32);
        if let Some(fixed) = fixed_params(func, itself) {
            split(&mut names, func, itself, &fixed);
        }
    }
    names.give_back(&mut program);
    program
}

/// By parameter, whether all recursive calls pass it unchanged; `None` if the transformation does not apply.
fn fixed_params(func: &Func, itself: FuncId) -> Option<Vec<bool>> {
    if func.variadic || escapes(&func.body, itself) {
        return None;
    }
    let mut fixed = vec![true; func.params.len()];
    let mut called = vec![false; func.params.len()];
    let mut recursive = false;
    each_call(&func.body, &mut |callee, args| match callee {
        Callee::Func(f) if *f == itself => {
            recursive = true;
            for (i, arg) in args.iter().enumerate() {
                fixed[i] &= *arg == Atom::Var(func.params[i]);
            }
        }
        Callee::Value(Atom::Var(v)) => {
            if let Some(i) = func.params.iter().position(|p| p == v) {
                called[i] = true;
            }
        }
        Callee::Func(_) | Callee::Known(..) | Callee::Value(_) => {}
    });
    let pays = fixed.iter().zip(&called).any(|(fixed, called)| *fixed && *called);
    (recursive && pays).then_some(fixed)
}

/// Whether the body mentions the function as a value.
fn escapes(body: &Block, itself: FuncId) -> bool {
    let mut found = false;
    each_atom(body, &mut |a| found |= *a == Atom::Func(itself));
    found
}

fn split(names: &mut Names, func: &mut Func, itself: FuncId, fixed: &[bool]) {
    let var = names.var(&func.name);
    let (mut changing, mut entry) = (Vec::new(), Vec::new());
    for (param, _) in func.params.iter_mut().zip(fixed).filter(|(_, fixed)| !**fixed) {
        changing.push(*param);
        *param = names.var_like(*param);
        entry.push(Atom::Var(*param));
    }
    let enter = Term::TailCall(Callee::Value(Atom::Var(var)), entry, func.span);
    let mut body = std::mem::replace(&mut func.body, Block { stmts: Vec::new(), term: enter });
    call_inner(&mut body, itself, var, fixed);
    let inner = Func {
        name: func.name.clone(),
        span: func.span,
        params: changing,
        variadic: false,
        captures: Vec::new(),
        body,
        inline: false,
    };
    func.body.stmts.push(Stmt::Funs(vec![LocalFun { var, func: inner }]));
}

/// Makes the recursive calls calls of the inner function.
fn call_inner(block: &mut Block, itself: FuncId, inner: VarId, fixed: &[bool]) {
    let redirect = |callee: &mut Callee, args: &mut Vec<Atom>| {
        if matches!(callee, Callee::Func(f) if *f == itself) {
            *callee = Callee::Value(Atom::Var(inner));
            let mut fixed = fixed.iter();
            args.retain(|_| !fixed.next().expect("as many arguments as parameters"));
        }
    };
    for stmt in &mut block.stmts {
        match stmt {
            Stmt::Let { var: _, rhs: Rhs::Call(callee, args), span: _ } => redirect(callee, args),
            Stmt::Let { .. } => {}
            Stmt::Join(join) => call_inner(&mut join.body, itself, inner, fixed),
            Stmt::Funs(funs) => funs.iter_mut().for_each(|f| call_inner(&mut f.func.body, itself, inner, fixed)),
        }
    }
    if let Term::TailCall(callee, args, _) = &mut block.term {
        redirect(callee, args);
    }
    term_blocks_mut(&mut block.term).into_iter().flatten().for_each(|b| call_inner(b, itself, inner, fixed));
}
