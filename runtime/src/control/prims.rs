//! The primitives of errors, functions and the collector, and what compiled code calls when a call cannot be made.

use super::entry::status_of;
use super::raise::part;
use crate::collections::{dict_from_pairs, list};
use crate::text::print::brief;
use crate::text::string;
use crate::{Context, Value};
use cl_abi::layout::*;
use cl_abi::tables::MultiTable;

/// Calling is Core's own operation, since the runtime never calls compiled code: lowering replaces this primitive, and a
/// stage that does not is told so.
#[unsafe(no_mangle)]
pub extern "C" fn cl_apply(ctx: &mut Context, function: Value, _arguments: Value) -> Value {
    ctx.error("internal-error", "%apply was left to the runtime: a mistake of the compiler", function)
}

/// `(type message data)`: a new error.
#[unsafe(no_mangle)]
pub extern "C" fn cl_make_error(ctx: &mut Context, kind: Value, message: Value, data: Value) -> Value {
    let kind = match kind.as_keyword() {
        Some(name) => {
            let name = ctx.name(name).to_string();
            string::make(ctx, &name)
        }
        None => kind,
    };
    if !kind.is(Kind::String) {
        let got = brief(ctx, kind);
        let message = format!("error:raise: expected an error Dict or the type of an error, a String, got {got}");
        return ctx.error("type-error", &message, kind);
    }
    ctx.error_of(kind, message, data, Value::EMPTY)
}

/// An error Dict, raised again. It keeps its parts, also the trace; those that it lacks are added.
#[unsafe(no_mangle)]
pub extern "C" fn cl_reraise(ctx: &mut Context, error: Value) -> Value {
    let Some(kind) = part(error, "type") else {
        let got = brief(ctx, error);
        let message = format!("error:raise: expected an error Dict, which has the key \"type\", got {got}");
        return ctx.error("type-error", &message, error);
    };
    ctx.pending = error;
    if ["message", "data", "trace"].iter().any(|key| part(error, key).is_none()) {
        let message = part(error, "message").unwrap_or_else(|| string::make(ctx, ""));
        let data = part(error, "data").unwrap_or(Value::NIL);
        let trace = part(error, "trace").unwrap_or(Value::EMPTY);
        ctx.error_of(kind, message, data, trace);
    }
    Value::RAISED
}

/// What a landing got goes on: an error Dict, or what leaves the body of a handler (`stdlib/prelude/effects.cl`).
#[unsafe(no_mangle)]
pub extern "C" fn cl_rethrow(ctx: &mut Context, thrown: Value) -> Value {
    ctx.pending = thrown;
    Value::RAISED
}

/// The handlers in force; compiled code reads the context itself.
#[unsafe(no_mangle)]
pub extern "C" fn cl_handlers(ctx: &mut Context) -> Value {
    ctx.handlers
}

/// Changes the handlers in force; compiled code writes to the context itself.
#[unsafe(no_mangle)]
pub extern "C" fn cl_set_handlers(ctx: &mut Context, handlers: Value) -> Value {
    ctx.handlers = handlers;
    Value::NIL
}

/// What a variable holds before its initialiser ran.
#[unsafe(no_mangle)]
pub extern "C" fn cl_undef(_: &mut Context) -> Value {
    Value(UNDEF)
}

/// No arm of a `match`, or no pattern, takes the value.
#[unsafe(no_mangle)]
pub extern "C" fn cl_match_error(ctx: &mut Context, value: Value) -> Value {
    let message = format!("no pattern takes the value {}", brief(ctx, value));
    ctx.error("match-error", &message, value)
}

/// A variable was used before its initialiser ran.
#[unsafe(no_mangle)]
pub extern "C" fn cl_used_before_definition(ctx: &mut Context, name: Value) -> Value {
    let message = format!("{} is used before its definition ran", name.as_str().unwrap_or("a variable"));
    ctx.error("used-before-definition", &message, Value::NIL)
}

/// A value is not what an annotation promises.
#[unsafe(no_mangle)]
pub extern "C" fn cl_annotation_error(ctx: &mut Context, value: Value, expected: Value, what: Value) -> Value {
    let (expected, what) = (expected.as_str().unwrap_or("something else"), what.as_str().unwrap_or("the expression"));
    let message = format!("{what} is annotated as {expected}, but its value is {}", brief(ctx, value));
    ctx.error("type-error", &message, value)
}

/// The value that is called is no function.
#[unsafe(no_mangle)]
pub extern "C" fn cl_not_a_function(ctx: &mut Context, value: Value) -> Value {
    let message = format!("cannot call {}: it is not a function", brief(ctx, value));
    ctx.error("type-error", &message, value)
}

/// A function is called with `got` arguments, a number that it does not take.
#[unsafe(no_mangle)]
pub extern "C" fn cl_arity_error(ctx: &mut Context, closure: Value, got: u64) -> Value {
    let name = ctx.function_name(closure);
    let name = if name.is_empty() { "the function" } else { name };
    let message = format!("{name} takes {}, got {got}", arity_text(closure));
    ctx.error("arity-error", &message, Value::NIL)
}

/// "2 arguments", "at least 1 argument", "1, 2 or at least 4 arguments".
fn arity_text(closure: Value) -> String {
    let mut counts: Vec<String> = exact_arities(closure).iter().map(|n| n.to_string()).collect();
    let mut last = exact_arities(closure).last().copied().unwrap_or(0);
    if let Some(fixed) = variadic_arity(closure) {
        counts.push(format!("at least {fixed}"));
        last = fixed;
    }
    let noun = if last == 1 && counts.len() == 1 { "argument" } else { "arguments" };
    match counts.split_last() {
        Some((end, rest)) if !rest.is_empty() => format!("{} or {end} {noun}", rest.join(", ")),
        Some((end, _)) => format!("{end} {noun}"),
        None => "no arguments".to_string(),
    }
}

/// The numbers of arguments that a function takes, but for variadic ones.
fn exact_arities(closure: Value) -> Vec<usize> {
    let aux = closure.aux();
    match entry_table(closure) {
        Some((_, entries)) => (0..entries.len()).filter(|&i| entries[i] != 0).collect(),
        None if aux & CLOSURE_VARIADIC != 0 => vec![],
        None => vec![(aux & 0xff) as usize],
    }
}

/// The number of fixed parameters of a function's variadic entry.
fn variadic_arity(closure: Value) -> Option<usize> {
    let aux = closure.aux();
    match entry_table(closure) {
        Some((table, _)) => (table.variadic as usize).checked_sub(1),
        None => (aux & CLOSURE_VARIADIC != 0).then_some((aux & 0xff) as usize),
    }
}

fn entry_table(closure: Value) -> Option<(&'static MultiTable, &'static [usize])> {
    if closure.aux() & CLOSURE_MULTI == 0 {
        return None;
    }
    let table = closure.raw(0) as *const MultiTable;
    // SAFETY: a Closure with `CLOSURE_MULTI` holds the address of a static entry table, which `max + 1` addresses follow.
    unsafe { Some((&*table, std::slice::from_raw_parts(table.add(1).cast(), (*table).max as usize + 1))) }
}

/// The number of items of the List that a function is applied to.
#[unsafe(no_mangle)]
pub extern "C" fn cl_apply_length(ctx: &mut Context, _function: Value, items: Value) -> Value {
    if !list::is_list(items) {
        return ctx.type_error("apply", 2, "a List", items);
    }
    Value::fixnum(list::list_len(items) as i64)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_function(_ctx: &mut Context, value: Value) -> Value {
    Value::bool(value.is(Kind::Closure))
}

/// The number of arguments of a function: the smallest that it takes.
#[unsafe(no_mangle)]
pub extern "C" fn cl_arity(ctx: &mut Context, function: Value) -> Value {
    if !function.is(Kind::Closure) {
        return ctx.type_error("arity", 1, "a Function", function);
    }
    let exact = exact_arities(function).first().copied();
    let smallest = exact.into_iter().chain(variadic_arity(function)).min();
    Value::fixnum(smallest.unwrap_or(0) as i64)
}

/// The name of a function, a String; empty for one without name.
#[unsafe(no_mangle)]
pub extern "C" fn cl_function_name(ctx: &mut Context, function: Value) -> Value {
    if !function.is(Kind::Closure) {
        return ctx.type_error("function-name", 1, "a Function", function);
    }
    let name = ctx.function_name(function);
    string::make(ctx, name)
}

/// Ends the program with a status, modulo 256: output is flushed, no handler and no `finally` runs.
#[unsafe(no_mangle)]
pub extern "C" fn cl_exit(ctx: &mut Context, status: Value) -> Value {
    match status_of(status) {
        Some(status) => ctx.exit(status),
        None => ctx.type_error("io:exit", 1, "an Int", status),
    }
}

/// Collects everything that is garbage: at the safepoint that follows.
#[unsafe(no_mangle)]
pub extern "C" fn cl_gc_collect(ctx: &mut Context) -> Value {
    ctx.request_full_collection();
    Value::NIL
}

/// What the collector did so far, as a Dict of counts by name; `seconds` is a Float.
#[unsafe(no_mangle)]
pub extern "C" fn cl_gc_stats(ctx: &mut Context) -> Value {
    let s = ctx.gc_stats();
    let counts = [
        ("minor-collections", s.minor_collections),
        ("major-collections", s.major_collections),
        ("allocated-bytes", s.allocated_bytes),
        ("promoted-bytes", s.promoted_bytes),
        ("live-bytes", s.live_bytes),
    ];
    let mut pairs: Vec<(Value, Value)> =
        counts.iter().map(|&(name, n)| (string::make(ctx, name), Value::fixnum(n as i64))).collect();
    let seconds = crate::number::arith::make_float(ctx, s.nanoseconds as f64 / 1e9);
    pairs.push((string::make(ctx, "seconds"), seconds));
    dict_from_pairs(ctx, &pairs)
}

/// Lets full collections happen when due, or holds them back.
#[unsafe(no_mangle)]
pub extern "C" fn cl_gc_enable(ctx: &mut Context, enabled: Value) -> Value {
    ctx.set_gc_enabled(enabled == Value::TRUE);
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_gc_is_enabled(ctx: &mut Context) -> Value {
    Value::bool(ctx.gc_enabled())
}

/// The least growth of the heap, in bytes, after which a full collection is due: a positive fixnum.
#[unsafe(no_mangle)]
pub extern "C" fn cl_gc_set_threshold(ctx: &mut Context, bytes: Value) -> Value {
    let Some(n) = bytes.as_fixnum() else { return ctx.type_error("gc:set-threshold", 1, "an Int", bytes) };
    if n < 1 {
        return ctx.error("domain-error", "gc:set-threshold: the number of bytes must be positive", bytes);
    }
    ctx.set_gc_threshold(n as usize);
    Value::NIL
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_gc_threshold(ctx: &mut Context) -> Value {
    Value::fixnum(ctx.gc_threshold() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(ctx: &Context, key: &str) -> String {
        part(ctx.pending, key).and_then(Value::as_str).unwrap_or("").to_string()
    }

    fn closure(ctx: &mut Context, aux: u32) -> Value {
        let f = ctx.alloc(Kind::Closure, aux, 1);
        f.init(0, 0);
        f
    }

    #[test]
    fn an_error_has_its_four_parts() {
        let mut ctx = Context::new();
        let (kind, message) = (string::make(&mut ctx, "bad"), string::make(&mut ctx, "so"));
        assert!(cl_make_error(&mut ctx, kind, message, Value::TRUE) == Value::RAISED);
        assert_eq!((text(&ctx, "type").as_str(), text(&ctx, "message").as_str()), ("bad", "so"));
        assert!(part(ctx.pending, "data") == Some(Value::TRUE) && part(ctx.pending, "trace") == Some(Value::EMPTY));
    }

    #[test]
    fn raising_an_error_again_keeps_it() {
        let mut ctx = Context::new();
        ctx.error("bad", "so", Value::NIL);
        let first = ctx.pending;
        ctx.pending = Value::NIL;
        cl_reraise(&mut ctx, first);
        assert!(ctx.pending == first);
    }

    #[test]
    fn a_dict_with_a_type_is_an_error_and_gets_the_other_parts() {
        let mut ctx = Context::new();
        let (key, kind) = (string::make(&mut ctx, "type"), string::make(&mut ctx, "mine"));
        let dict = dict_from_pairs(&mut ctx, &[(key, kind)]);
        cl_reraise(&mut ctx, dict);
        assert_eq!(text(&ctx, "type"), "mine");
        assert!(part(ctx.pending, "trace") == Some(Value::EMPTY));
        cl_reraise(&mut ctx, Value::fixnum(5));
        assert_eq!(text(&ctx, "type"), "type-error");
    }

    #[test]
    fn arity_errors_tell_what_is_expected() {
        let mut ctx = Context::new();
        for (aux, expected) in [(1, "1 argument"), (2, "2 arguments"), (CLOSURE_VARIADIC | 1, "at least 1 argument")] {
            let f = closure(&mut ctx, aux);
            cl_arity_error(&mut ctx, f, 7);
            assert_eq!(text(&ctx, "message"), format!("the function takes {expected}, got 7"));
        }
        let table: [usize; 7] = [3, 5, 99, 0, 11, 12, 0];
        let f = closure(&mut ctx, CLOSURE_MULTI);
        f.init(0, table.as_ptr() as u64);
        cl_arity_error(&mut ctx, f, 0);
        assert_eq!(text(&ctx, "message"), "the function takes 1, 2 or at least 4 arguments, got 0");
    }
}
