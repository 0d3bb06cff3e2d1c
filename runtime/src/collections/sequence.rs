//! What the library's functions marked `*` do with a sequence of any kind: List, Array, String (of its characters), Dict
//! (of its entries as Tuples) and Set; and `get`, which looks into all kinds of things.

use super::array::{array_items, array_range};
use super::array_prims::limited;
use super::dict::{dict_from_pairs, dict_get, dict_items, merge};
use super::list::*;
use super::list_prims::{item_at, saturating_int, want_int};
use super::set::{set_from_slice, set_has, set_iter};
use super::{array, sort, table};
use crate::number::equal::equal;
use crate::text::string;
use crate::{Context, Value};
use cl_abi::layout::*;
use cl_abi::tables::Text;

/// What a function takes, for error messages.
const SEQUENCE: &str = "a List, Array, String, Dict or Set";

/// The kinds of sequences.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sequence {
    List,
    Array,
    String,
    Dict,
    Set,
}

impl Sequence {
    fn of(v: Value) -> Option<Sequence> {
        if v == Value::EMPTY {
            return Some(Sequence::List);
        }
        match v.kind()? {
            k if k == Kind::Cons as u8 => Some(Sequence::List),
            k if k == Kind::Array as u8 => Some(Sequence::Array),
            k if k == Kind::String as u8 => Some(Sequence::String),
            k if k == Kind::Dict as u8 => Some(Sequence::Dict),
            k if k == Kind::Set as u8 => Some(Sequence::Set),
            _ => None,
        }
    }
}

/// The kind of a sequence; returns from the primitive with a `type-error` when the argument is none.
macro_rules! want_sequence {
    ($ctx:ident, $function:expr, $v:expr) => {
        match Sequence::of($v) {
            Some(kind) => kind,
            None => return $ctx.type_error($function, 1, SEQUENCE, $v),
        }
    };
}

/// The items of a sequence.
fn items(ctx: &mut Context, kind: Sequence, v: Value) -> Vec<Value> {
    match kind {
        Sequence::List => list_iter(v).collect(),
        Sequence::Array => array_items(ctx, v),
        Sequence::String => {
            let text = v.as_str().expect("a String");
            text.chars().map(|c| string::make_char(ctx, c)).collect()
        }
        Sequence::Dict => table::iter(v).map(|(key, value)| tuple_from_slice(ctx, &[key, value])).collect(),
        Sequence::Set => set_iter(v).collect(),
    }
}

/// The items as a sequence of this kind, or as a List where that makes no sense.
fn like(ctx: &mut Context, kind: Sequence, items: &[Value]) -> Value {
    match kind {
        Sequence::Array => return array::array_from_slice(ctx, items),
        Sequence::Set => return set_from_slice(ctx, items),
        Sequence::String if items.iter().all(|v| v.is(Kind::String)) => return join(ctx, items),
        Sequence::Dict if items.iter().all(|v| v.is(Kind::Tuple) && v.size() == 2) => {
            let pairs: Vec<_> = items.iter().map(|v| (v.field(0), v.field(1))).collect();
            return dict_from_pairs(ctx, &pairs);
        }
        Sequence::List | Sequence::String | Sequence::Dict => {}
    }
    list_from_slice(ctx, items)
}

/// The Strings one after the other.
fn join(ctx: &mut Context, strings: &[Value]) -> Value {
    let parts: Vec<&str> = strings.iter().filter_map(|s| s.as_str()).collect();
    let chars = strings.iter().map(|&s| string::chars(s)).sum();
    string::join(ctx, &parts, chars)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_elements(ctx: &mut Context, function: Value, position: Value, v: Value) -> Value {
    match Sequence::of(v) {
        Some(Sequence::List) => v,
        Some(Sequence::Dict) => dict_items(ctx, v),
        Some(kind) => {
            let items = items(ctx, kind, v);
            list_from_slice(ctx, &items)
        }
        None => {
            let function = function.as_str().unwrap_or_default();
            ctx.type_error(function, position.as_fixnum().unwrap_or(1) as usize, SEQUENCE, v)
        }
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_like(ctx: &mut Context, model: Value, list: Value) -> Value {
    match Sequence::of(model) {
        None | Some(Sequence::List) => list,
        Some(kind) => {
            let items: Vec<Value> = list_iter(list).collect();
            like(ctx, kind, &items)
        }
    }
}

/// Also of Tuples and Bytes.
#[unsafe(no_mangle)]
pub extern "C" fn cl_length(ctx: &mut Context, function: Value, v: Value) -> Value {
    let length = match Sequence::of(v) {
        Some(Sequence::List) => list_len(v),
        Some(Sequence::Array) => array::len(v),
        Some(Sequence::String) => string::chars(v),
        Some(Sequence::Dict | Sequence::Set) => table::len(v),
        None if v.is(Kind::Tuple) => v.size(),
        None if v.is(Kind::Bytes) => v.raw(0) as usize,
        None => return ctx.type_error(function.as_str().unwrap_or_default(), 1, SEQUENCE, v),
    };
    Value::fixnum(length as i64)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_reverse(ctx: &mut Context, v: Value) -> Value {
    let kind = want_sequence!(ctx, "reverse", v);
    if kind == Sequence::List {
        return list_iter(v).fold(Value::EMPTY, |rest, item| cons(ctx, item, rest));
    }
    let mut items = items(ctx, kind, v);
    items.reverse();
    like(ctx, kind, &items)
}

/// Positions before the start count as the start, those past the end as the end.
#[unsafe(no_mangle)]
pub extern "C" fn cl_slice(ctx: &mut Context, v: Value, start: Value, end: Value) -> Value {
    let kind = want_sequence!(ctx, "slice", v);
    let start = want_int!(ctx, "slice", 2, start);
    let end = want_int!(ctx, "slice", 3, end);
    match kind {
        Sequence::Array => {
            let (start, end) = limited(array::len(v), start, end);
            array_range(ctx, v, start, end)
        }
        Sequence::String => {
            let (start, end) = limited(string::chars(v), start, end);
            string::substring(ctx, v, start, end)
        }
        Sequence::List | Sequence::Dict | Sequence::Set => {
            let count = end.saturating_sub(start.max(0)).max(0) as usize;
            let skip = start.max(0) as usize;
            let all = if kind == Sequence::List { Vec::new() } else { items(ctx, kind, v) };
            let part: Vec<Value> = match kind {
                Sequence::List => list_iter(v).skip(skip).take(count).collect(),
                _ => all.into_iter().skip(skip).take(count).collect(),
            };
            like(ctx, kind, &part)
        }
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_contains(ctx: &mut Context, v: Value, item: Value) -> Value {
    Value::bool(match want_sequence!(ctx, "contains?", v) {
        Sequence::List => list_iter(v).any(|x| equal(x, item)),
        Sequence::Array => array_items(ctx, v).into_iter().any(|x| equal(x, item)),
        Sequence::Dict => table::find(v, item).is_some(),
        Sequence::Set => set_has(v, item),
        Sequence::String => match (v.as_str(), item.as_str()) {
            (Some(text), Some(part)) => text.contains(part),
            _ => return ctx.type_error("contains?", 2, "a String", item),
        },
    })
}

/// Each item once, where it is first.
#[unsafe(no_mangle)]
pub extern "C" fn cl_unique(ctx: &mut Context, v: Value) -> Value {
    let kind = want_sequence!(ctx, "unique", v);
    if matches!(kind, Sequence::Dict | Sequence::Set) {
        return v;
    }
    let items = items(ctx, kind, v);
    let set = set_from_slice(ctx, &items);
    let unique: Vec<Value> = set_iter(set).collect();
    like(ctx, kind, &unique)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_sort(ctx: &mut Context, v: Value, descending: Value) -> Value {
    let kind = want_sequence!(ctx, "sort", v);
    let mut items = items(ctx, kind, v);
    if let Err(raised) = sort::sort(ctx, &mut items, descending.is_true()) {
        return raised;
    }
    like(ctx, kind, &items)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_append_all(ctx: &mut Context, parts: Value) -> Value {
    let parts: Vec<Value> = list_iter(parts).collect();
    let kind = want_sequence!(ctx, "append", parts[0]);
    if let Some(i) = parts.iter().position(|&p| Sequence::of(p) != Some(kind)) {
        return ctx.type_error("append", i + 1, name_of(kind), parts[i]);
    }
    match kind {
        Sequence::List => append_lists(ctx, &parts),
        Sequence::String => join(ctx, &parts),
        Sequence::Dict | Sequence::Set => parts[1..].iter().fold(parts[0], |all, &part| merge(ctx, all, part)),
        Sequence::Array => {
            let mut all = Vec::new();
            for part in parts {
                all.extend(array_items(ctx, part));
            }
            array::array_from_slice(ctx, &all)
        }
    }
}

/// What a function takes whose first argument was of this kind.
fn name_of(kind: Sequence) -> &'static str {
    match kind {
        Sequence::List => "a List, like the first argument",
        Sequence::Array => "an Array, like the first argument",
        Sequence::String => "a String, like the first argument",
        Sequence::Dict => "a Dict, like the first argument",
        Sequence::Set => "a Set, like the first argument",
    }
}

/// The Lists one after the other; the last is shared.
fn append_lists(ctx: &mut Context, lists: &[Value]) -> Value {
    let Some((&last, others)) = lists.split_last() else { return Value::EMPTY };
    let mut all = ListBuilder::new();
    for &list in others {
        list_iter(list).for_each(|item| all.push(ctx, item));
    }
    all.finish_with(last)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_concat(ctx: &mut Context, a: Value, b: Value) -> Value {
    concat(ctx, &[a, b])
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_concat_all(ctx: &mut Context, parts: Value) -> Value {
    let parts: Vec<Value> = list_iter(parts).collect();
    concat(ctx, &parts)
}

/// Strings joined, or Lists one after the other.
fn concat(ctx: &mut Context, parts: &[Value]) -> Value {
    let lists = parts.first().is_some_and(|&p| is_list(p));
    let fits = |p: &Value| if lists { is_list(*p) } else { p.is(Kind::String) };
    if let Some(i) = parts.iter().position(|p| !fits(p)) {
        let expected = match (lists, i) {
            (true, _) => "a List, like the first argument",
            (false, 0) => "a String or a List",
            (false, _) => "a String, like the first argument",
        };
        return ctx.type_error("concat", i + 1, expected, parts[i]);
    }
    if lists { append_lists(ctx, parts) } else { join(ctx, parts) }
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_get(ctx: &mut Context, from: Value, key: Value, default: Value) -> Value {
    if from.is(Kind::Dict) {
        return dict_get(from, key).unwrap_or(default);
    }
    if is_list(from) {
        return saturating_int(key).and_then(|i| item_at(from, i)).unwrap_or(default);
    }
    if from.is(Kind::Set) {
        return if set_has(from, key) { key } else { default };
    }
    if from.is(Kind::Data) {
        return field_position(ctx, from.aux(), key).map_or(default, |i| from.field(i));
    }
    if from == Value::NIL || from.as_nullary_ctor().is_some() {
        return default;
    }
    ctx.type_error("get", 1, "a Dict, Set, List, constructor value or nil", from)
}

/// The position of a constructor's field that a Keyword or String names.
fn field_position(ctx: &Context, ctor: u32, key: Value) -> Option<usize> {
    let name = match key.as_keyword() {
        Some(name) => ctx.name(name),
        None => key.as_str()?,
    };
    let program = ctx.shared.program?;
    // SAFETY: a constructor's index is below the program's `ctor_count`, and it has `field_count` field names.
    let fields = unsafe {
        let ctor = &*program.ctors.add(ctor as usize);
        std::slice::from_raw_parts(ctor.fields, ctor.field_count)
    };
    let is_named = |field: &Text| {
        // SAFETY: the compiler wrote UTF-8 text that lives as long as the program.
        !name.is_empty() && name.as_bytes() == unsafe { std::slice::from_raw_parts(field.data, field.len) }
    };
    fields.iter().position(is_named)
}
