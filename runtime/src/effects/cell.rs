//! Private state cells: `state:new` makes them, `state:get` and its like take them in place of a name.

use crate::{Context, Value};
use cl_abi::layout::Kind;

/// A cell that holds a value.
#[unsafe(no_mangle)]
pub extern "C" fn cl_cell_new(ctx: &mut Context, v: Value) -> Value {
    let cell = ctx.alloc(Kind::Cell, 0, 1);
    cell.init(0, v.0);
    cell
}

/// Whether a value is a cell.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_cell(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Cell))
}

/// What a cell holds; the caller knows that it is one.
#[unsafe(no_mangle)]
pub extern "C" fn cl_cell_get(_: &mut Context, cell: Value) -> Value {
    cell.load(0)
}

/// Makes a cell hold a value; the value.
#[unsafe(no_mangle)]
pub extern "C" fn cl_cell_set(ctx: &mut Context, cell: Value, v: Value) -> Value {
    ctx.store(cell, 0, v);
    v
}
