//! Order: `<` and its like on numbers and Strings, `compare` on any two values of one kind.

use super::equal::{Number, cmp_numbers, equal, same_key};
use crate::time::civil::Moment;
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::cmp::Ordering;

/// How two operands of `<` stand; `None` if one is NaN.
#[inline]
fn order(ctx: &mut Context, function: &str, a: Value, b: Value) -> Result<Option<Ordering>, Value> {
    if let (Some(x), Some(y)) = (a.as_str(), b.as_str()) {
        return Ok(Some(x.cmp(y)));
    }
    match (Number::of(a), Number::of(b)) {
        (Some(_), Some(_)) => Ok(cmp_numbers(a, b)),
        (Some(_), None) => Err(ctx.type_error(function, 2, "a Number, as argument 1 is", b)),
        (None, _) if a.is(Kind::String) => Err(ctx.type_error(function, 2, "a String, as argument 1 is", b)),
        (None, _) => Err(ctx.type_error(function, 1, "a Number or a String", a)),
    }
}

macro_rules! comparisons {
    ($($symbol:ident $name:literal $($ordering:ident)|+;)*) => {
        $(/// Order of two numbers by exact value or of two Strings by code point; false if one is NaN.
        #[unsafe(no_mangle)]
        pub extern "C" fn $symbol(ctx: &mut Context, a: Value, b: Value) -> Value {
            match order(ctx, $name, a, b) {
                Ok(found) => Value::bool(matches!(found, $(Some(Ordering::$ordering))|+)),
                Err(raised) => raised,
            }
        })*
    };
}

comparisons! {
    cl_lt "<" Less;
    cl_le "<=" Less | Equal;
    cl_gt ">" Greater;
    cl_ge ">=" Greater | Equal;
}

/// `=`
#[unsafe(no_mangle)]
pub extern "C" fn cl_eq(_: &mut Context, a: Value, b: Value) -> Value {
    Value::bool(equal(a, b))
}

/// Whether two values are one Dict key.
#[unsafe(no_mangle)]
pub extern "C" fn cl_same(_: &mut Context, a: Value, b: Value) -> Value {
    Value::bool(same_key(a, b))
}

/// -1, 0 or 1.
#[unsafe(no_mangle)]
pub extern "C" fn cl_compare(ctx: &mut Context, a: Value, b: Value) -> Value {
    match compare(ctx, a, b) {
        Ok(found) => Value::fixnum(found as i64),
        Err(raised) => raised,
    }
}

/// Order of two values of one kind: numbers, Strings, Bools, Symbols, Keywords, Bytes, DateTimes, nil; Lists and Tuples item by
/// item, then by length; constructor values by the constructor's place in its type, then by fields. `RAISED` with a
/// `type-error` for other or mixed kinds.
pub fn compare(ctx: &mut Context, a: Value, b: Value) -> Result<Ordering, Value> {
    // What is left to compare where all before was equal; the next on top.
    let mut rest = Vec::new();
    let (mut a, mut b) = (a, b);
    loop {
        let found = step(ctx, a, b, &mut rest)?;
        if found != Ordering::Equal {
            return Ok(found);
        }
        loop {
            match rest.pop() {
                None => return Ok(Ordering::Equal),
                Some(Rest::List(x, y)) => match (x.as_cons(), y.as_cons()) {
                    (Some((head_a, tail_a)), Some((head_b, tail_b))) => {
                        rest.push(Rest::List(tail_a, tail_b));
                        (a, b) = (head_a, head_b);
                        break;
                    }
                    (Some(_), None) => return Ok(Ordering::Greater),
                    (None, Some(_)) => return Ok(Ordering::Less),
                    (None, None) => {}
                },
                Some(Rest::Items(x, y, i)) => match (i < x.size(), i < y.size()) {
                    (true, true) => {
                        rest.push(Rest::Items(x, y, i + 1));
                        (a, b) = (x.field(i), y.field(i));
                        break;
                    }
                    (true, false) => return Ok(Ordering::Greater),
                    (false, true) => return Ok(Ordering::Less),
                    (false, false) => {}
                },
            }
        }
    }
}

enum Rest {
    List(Value, Value),
    /// Payload words from a position on.
    Items(Value, Value, usize),
}

/// The order as far as the values themselves say it; adds what is inside to `rest`.
fn step(ctx: &mut Context, a: Value, b: Value, rest: &mut Vec<Rest>) -> Result<Ordering, Value> {
    if let (Some(_), Some(_)) = (Number::of(a), Number::of(b)) {
        return Ok(cmp_numbers(a, b).unwrap_or(Ordering::Equal));
    }
    let is_list = |v: Value| v == Value::EMPTY || v.is(Kind::Cons);
    if is_list(a) && is_list(b) {
        rest.push(Rest::List(a, b));
        return Ok(Ordering::Equal);
    }
    if let (Some(x), Some(y)) = (ctor(a), ctor(b)) {
        return ctors(ctx, (a, x), (b, y), rest);
    }
    match (a.kind(), b.kind()) {
        (Some(x), Some(y)) if x == y => objects(ctx, a, b, rest),
        (None, None) => immediates(ctx, a, b),
        _ => Err(not_ordered(ctx, a, b)),
    }
}

fn objects(ctx: &mut Context, a: Value, b: Value, rest: &mut Vec<Rest>) -> Result<Ordering, Value> {
    if let (Some(x), Some(y)) = (a.as_str(), b.as_str()) {
        return Ok(x.cmp(y));
    }
    if a.is(Kind::Tuple) {
        rest.push(Rest::Items(a, b, 0));
        return Ok(Ordering::Equal);
    }
    if let (Some(x), Some(y)) = (Moment::of(a), Moment::of(b)) {
        return Ok(x.order(y));
    }
    match (crate::text::bytes::as_bytes(a), crate::text::bytes::as_bytes(b)) {
        (Some(x), Some(y)) => Ok(x.cmp(y)),
        _ => Err(not_ordered(ctx, a, b)),
    }
}

fn immediates(ctx: &mut Context, a: Value, b: Value) -> Result<Ordering, Value> {
    let is_bool = |v: Value| v == Value::TRUE || v == Value::FALSE;
    if a == b {
        return Ok(Ordering::Equal);
    }
    if is_bool(a) && is_bool(b) {
        return Ok(a.is_true().cmp(&b.is_true()));
    }
    match (a.as_symbol().zip(b.as_symbol()), a.as_keyword().zip(b.as_keyword())) {
        (Some((x, y)), _) | (_, Some((x, y))) => Ok(ctx.name(x).cmp(ctx.name(y))),
        _ => Err(not_ordered(ctx, a, b)),
    }
}

/// The constructor's index, of a constructor value.
fn ctor(v: Value) -> Option<u32> {
    v.as_nullary_ctor().or_else(|| v.is(Kind::Data).then(|| v.aux()))
}

fn ctors(
    ctx: &mut Context,
    (a, x): (Value, u32),
    (b, y): (Value, u32),
    rest: &mut Vec<Rest>,
) -> Result<Ordering, Value> {
    if x == y {
        if a.is_pointer() {
            rest.push(Rest::Items(a, b, 0));
        }
        return Ok(Ordering::Equal);
    }
    if ctx.ctor_type(x) != ctx.ctor_type(y) {
        return Err(not_ordered(ctx, a, b));
    }
    Ok(x.cmp(&y))
}

#[cold]
fn not_ordered(ctx: &mut Context, a: Value, b: Value) -> Value {
    let message = {
        let (a, b) = (crate::text::print::brief(ctx, a), crate::text::print::brief(ctx, b));
        format!("compare: there is no order between {a} and {b}")
    };
    ctx.error("type-error", &message, Value::NIL)
}
