//! Values that are computed and dropped: expressions without any effect that are not the last of their body (W0303).
//!
//! Only what certainly does nothing counts: literals, mentions, collections and calls of library functions that declare no
//! effect, of such parts. A function whose name ends in `!` changes something that effects do not speak of.

use crate::hir::{Const, ExprId, ExprKind, Global, Program, Type};
use cl_text::Diagnostic;
use cl_text::codes::w0303;

/// The warnings about `dropped`, the expressions of the user's whose values nothing takes.
pub fn warnings(program: &Program, dropped: &[ExprId]) -> Vec<Diagnostic> {
    let useless = dropped.iter().filter(|id| is_pure(program, **id));
    useless.map(|id| warning(program, *id)).collect()
}

fn warning(program: &Program, id: ExprId) -> Diagnostic {
    let expr = &program.exprs[id.0 as usize];
    let function = match &expr.kind {
        ExprKind::Call { callee, .. } => called(program, *callee).map(|global| &*global.name),
        _ => None,
    };
    w0303::discarded(expr.span, function)
}

/// Whether evaluating an expression can do nothing but give its value, or fail a check.
fn is_pure(program: &Program, id: ExprId) -> bool {
    let mut work = vec![id];
    let mut first = true;
    while let Some(id) = work.pop() {
        match &program.exprs[id.0 as usize].kind {
            // What stands for nothing is written as nil.
            ExprKind::Const(Const::Nil) if first => return false,
            ExprKind::Const(_) | ExprKind::Local(_) | ExprKind::Global(_) | ExprKind::Ctor(_) | ExprKind::Lambda(_) => {
            }
            ExprKind::List(items) | ExprKind::Set(items) => work.extend(items),
            ExprKind::Dict(entries) => work.extend(entries.iter().flat_map(|(key, value)| [*key, *value])),
            ExprKind::Call { callee, args } => {
                if !called(program, *callee).is_some_and(does_nothing) {
                    return false;
                }
                work.extend(args);
            }
            _ => return false,
        }
        first = false;
    }
    true
}

fn called(program: &Program, callee: ExprId) -> Option<&Global> {
    match program.exprs[callee.0 as usize].kind {
        ExprKind::Global(global) => Some(&program.globals[global.0 as usize]),
        _ => None,
    }
}

/// Whether a function of the library declares that it has no effect and returns.
fn does_nothing(global: &Global) -> bool {
    let clauses = global.signature.as_ref().map(|s| &s.clauses[..]).unwrap_or_default();
    let quiet = clauses.iter().all(|clause| clause.effects.is_empty() && clause.result != Type::Never);
    !clauses.is_empty() && quiet && !global.name.ends_with('!')
}
