//! The primitives that make text: case, padding, replacement, display forms, `format`.

use super::prims::{is_list, want_str};
use super::{print, string};
use crate::collections::list_iter;
use crate::number::arith::to_f64;
use crate::number::equal::Number;
use crate::number::limbs::Limbs;
use crate::{Context, Value};
use std::fmt::Write;

macro_rules! of_text {
    ($($(#[$doc:meta])* $symbol:ident $name:literal $f:expr;)*) => {
        $($(#[$doc])*
        #[unsafe(no_mangle)]
        pub extern "C" fn $symbol(ctx: &mut Context, s: Value) -> Value {
            let f: fn(&str) -> std::borrow::Cow<str> = $f;
            let text = f(want_str!(ctx, $name, 1, s));
            if text.len() == s.as_str().map_or(0, str::len) && matches!(text, std::borrow::Cow::Borrowed(_)) {
                return s;
            }
            string::make(ctx, &text)
        })*
    };
}

of_text! {
    /// Upper case, by the full Unicode mapping.
    cl_string_upper "string-upper" |s| s.to_uppercase().into();
    /// Lower case, by the full Unicode mapping, final sigma included.
    cl_string_lower "string-lower" |s| s.to_lowercase().into();
    /// Without white space at both ends.
    cl_string_trim "string-trim" |s| s.trim().into();
    /// Without white space at the start.
    cl_string_trim_left "string-trim-left" |s| s.trim_start().into();
    /// Without white space at the end.
    cl_string_trim_right "string-trim-right" |s| s.trim_end().into();
    /// The characters in reverse.
    cl_string_reverse "string-reverse" |s| s.chars().rev().collect::<String>().into();
}

/// With each occurrence of one text replaced by another, left to right.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_replace(ctx: &mut Context, s: Value, old: Value, new: Value) -> Value {
    let text = want_str!(ctx, "string-replace", 1, s);
    let old = want_str!(ctx, "string-replace", 2, old);
    let new = want_str!(ctx, "string-replace", 3, new);
    let count = if new.len() > old.len() { text.matches(old).count() } else { 0 };
    if count.saturating_mul(new.len()) > string::MAX_BYTES {
        return too_long(ctx, "string-replace");
    }
    string::make(ctx, &text.replace(old, new))
}

#[cold]
fn too_long(ctx: &mut Context, function: &str) -> Value {
    let message = format!("{function}: a String cannot be as long as that");
    ctx.error("out-of-memory", &message, Value::NIL)
}

/// An Int as a count; negative ones count as 0, huge ones as `usize::MAX`.
fn count(ctx: &mut Context, function: &str, v: Value) -> Result<usize, Value> {
    match v.as_fixnum() {
        Some(n) => Ok(n.max(0) as usize),
        None => match Limbs::of(v) {
            Some(l) => Ok(if l.negative { 0 } else { usize::MAX }),
            None => Err(ctx.type_error(function, 2, "an Int", v)),
        },
    }
}

/// A String several times.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_repeat(ctx: &mut Context, s: Value, n: Value) -> Value {
    let text = want_str!(ctx, "string-repeat", 1, s);
    match count(ctx, "string-repeat", n) {
        Ok(n) if text.len().saturating_mul(n) > string::MAX_BYTES => too_long(ctx, "string-repeat"),
        Ok(_) if text.is_empty() => s,
        Ok(n) => string::make(ctx, &text.repeat(n)),
        Err(raised) => raised,
    }
}

/// Padding of `fill`, one for each character that `s` has less than `width`; nothing for an Err.
fn padding(ctx: &mut Context, function: &str, s: Value, width: Value, fill: Value) -> Result<String, Value> {
    if s.as_str().is_none() {
        return Err(ctx.type_error(function, 1, "a String", s));
    }
    let missing = count(ctx, function, width)?.saturating_sub(string::chars(s));
    match fill.as_str() {
        Some(fill) if missing.saturating_mul(fill.len()) > string::MAX_BYTES => Err(too_long(ctx, function)),
        Some("") => Ok(String::new()),
        Some(fill) => Ok(fill.repeat(missing)),
        None => Err(ctx.type_error(function, 3, "a String", fill)),
    }
}

/// Padded at the start to a width.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_pad_left(ctx: &mut Context, s: Value, width: Value, fill: Value) -> Value {
    match padding(ctx, "string-pad-left", s, width, fill) {
        Ok(pad) if pad.is_empty() => s,
        Ok(pad) => string::make(ctx, &(pad + s.as_str().unwrap_or(""))),
        Err(raised) => raised,
    }
}

/// Padded at the end to a width.
#[unsafe(no_mangle)]
pub extern "C" fn cl_string_pad_right(ctx: &mut Context, s: Value, width: Value, fill: Value) -> Value {
    match padding(ctx, "string-pad-right", s, width, fill) {
        Ok(pad) if pad.is_empty() => s,
        Ok(pad) => string::make(ctx, &(s.as_str().unwrap_or("").to_string() + &pad)),
        Err(raised) => raised,
    }
}

/// The display form.
#[unsafe(no_mangle)]
pub extern "C" fn cl_to_string(ctx: &mut Context, v: Value) -> Value {
    if v.as_str().is_some() {
        return v;
    }
    if let Some(n) = v.as_fixnum() {
        return string::make_ascii(ctx, crate::number::digits::i64_digits(n, 10, &mut [0; 65]));
    }
    let mut out = String::new();
    print::display(ctx, v, &mut out);
    string::make(ctx, &out)
}

/// The form that reads back as the same value.
#[unsafe(no_mangle)]
pub extern "C" fn cl_to_source(ctx: &mut Context, v: Value) -> Value {
    let mut out = String::new();
    print::to_source(ctx, v, &mut out);
    string::make(ctx, &out)
}

/// The display forms of two values, joined.
#[unsafe(no_mangle)]
pub extern "C" fn cl_str2(ctx: &mut Context, a: Value, b: Value) -> Value {
    if let (Some(x), Some(y)) = (a.as_str(), b.as_str()) {
        return string::join(ctx, &[x, y], string::chars(a) + string::chars(b));
    }
    let mut out = String::new();
    print::display(ctx, a, &mut out);
    print::display(ctx, b, &mut out);
    string::make(ctx, &out)
}

/// The display forms of a List's items, joined.
#[unsafe(no_mangle)]
pub extern "C" fn cl_str(ctx: &mut Context, items: Value) -> Value {
    let mut out = String::new();
    for item in list_iter(items) {
        print::display(ctx, item, &mut out);
    }
    string::make(ctx, &out)
}

/// A template with `{}` (display form) and `{:.N}` (N decimals, half to even) replaced by the items of a List; `{{` and
/// `}}` stand for braces. `format-error` for other placeholders, and for more of them than items.
#[unsafe(no_mangle)]
pub extern "C" fn cl_format(ctx: &mut Context, template: Value, items: Value) -> Value {
    let mut rest = want_str!(ctx, "format", 1, template);
    debug_assert!(is_list(items));
    let mut items = list_iter(items);
    let mut out = String::new();
    while let Some(i) = rest.find(['{', '}']) {
        out.push_str(&rest[..i]);
        let brace = &rest[i..i + 1];
        rest = &rest[i + 1..];
        if rest.starts_with(brace) || brace == "}" {
            out.push_str(brace);
            rest = rest.strip_prefix(brace).unwrap_or(rest);
            continue;
        }
        let (Some(end), Some(item)) = (rest.find('}'), items.next()) else {
            return ctx.error("format-error", "format: more placeholders than arguments", Value::NIL);
        };
        if let Err(raised) = placeholder(ctx, &rest[..end], item, &mut out) {
            return raised;
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    string::make(ctx, &out)
}

fn placeholder(ctx: &mut Context, spec: &str, item: Value, out: &mut String) -> Result<(), Value> {
    if spec.is_empty() {
        print::display(ctx, item, out);
        return Ok(());
    }
    let places = spec.strip_prefix(":.").filter(|d| d.bytes().all(|b| b.is_ascii_digit()));
    // A Float has at most 1074 decimals; more are zeros that nobody wants.
    let Some(places @ 0..=1100) = places.and_then(|d| d.parse::<usize>().ok()) else {
        let message = format!("format: there is no placeholder {{{spec}}}; write {{}} or {{:.2}}");
        return Err(ctx.error("format-error", &message, Value::NIL));
    };
    let Some(n) = Number::of(item) else {
        return Err(ctx.type_error("format", 2, "a Number for {:.N}", item));
    };
    let f = to_f64(n);
    if f.is_finite() {
        let _ = write!(out, "{f:.places$}");
    } else {
        crate::number::digits::push_f64(out, f);
    }
    Ok(())
}
