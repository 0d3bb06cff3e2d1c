//! What kind a value is, as the library asks it.

use super::print;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Whether a value is a String.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_string(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::String))
}

/// Whether a value is a Symbol.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_symbol(_: &mut Context, v: Value) -> Value {
    Value::bool(v.as_symbol().is_some())
}

/// Whether a value is a Keyword.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_keyword(_: &mut Context, v: Value) -> Value {
    Value::bool(v.as_keyword().is_some())
}

/// The name of the kind in lower case, a Keyword; of a constructor value, of its type.
#[unsafe(no_mangle)]
pub extern "C" fn cl_type_of(ctx: &mut Context, v: Value) -> Value {
    let name = print::kind_name(ctx, v);
    Value::keyword(ctx.intern(&name))
}

/// Raises a `type-error`: (function's name, position of the argument, what was expected, the argument).
#[unsafe(no_mangle)]
pub extern "C" fn cl_argument_error(
    ctx: &mut Context,
    function: Value,
    position: Value,
    expected: Value,
    got: Value,
) -> Value {
    let function = function.as_str().unwrap_or("");
    ctx.type_error(function, position.as_fixnum().unwrap_or(0) as usize, expected.as_str().unwrap_or(""), got)
}
