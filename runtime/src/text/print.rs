//! How values print: the display form, and the source form, which reads back as the same value. Collections are walked
//! with an explicit stack, so that depth costs no stack.

use crate::collections::{array, dict_iter, set_iter};
use crate::number::digits;
use crate::number::equal::queue_items;
use crate::time::civil::{self, Moment};
use crate::{Context, Value};
use cl_abi::layout::*;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Appends the display form: of a String or Symbol the text itself, else the source form.
pub fn display(ctx: &Context, v: Value, out: &mut String) {
    match (v.as_str(), v.as_symbol()) {
        (Some(text), _) => out.push_str(text),
        (_, Some(name)) => out.push_str(ctx.name(name)),
        _ => to_source(ctx, v, out),
    }
}

/// Appends the source form.
pub fn to_source(ctx: &Context, v: Value, out: &mut String) {
    Printer { ctx, out, limit: usize::MAX, frames: vec![], arrays: BTreeSet::new() }.print(v);
}

/// The beginning of the source form, at most 60 characters, for messages.
pub fn brief(ctx: &Context, v: Value) -> String {
    const MAX: usize = 60;
    let mut out = String::new();
    Printer { ctx, out: &mut out, limit: 4 * MAX, frames: vec![], arrays: BTreeSet::new() }.print(v);
    if out.chars().count() > MAX {
        out = out.chars().take(MAX - 3).chain("...".chars()).collect();
    }
    out
}

/// Appends a String as a literal.
pub fn quote(text: &str, out: &mut String) {
    out.push('"');
    let mut rest = text;
    while let Some(i) = rest.bytes().position(|b| b < b' ' || b == b'"' || b == b'\\' || b == 0x7f) {
        out.push_str(&rest[..i]);
        match rest.as_bytes()[i] {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            0 => out.push_str("\\0"),
            other => {
                let _ = write!(out, "\\u{{{other:x}}}");
            }
        }
        rest = &rest[i + 1..];
    }
    out.push_str(rest);
    out.push('"');
}

/// The name of a value's kind, in lower case; of a constructor value, its type's.
pub fn kind_name(ctx: &Context, v: Value) -> String {
    let name = match v.kind() {
        None => immediate_kind(ctx, v),
        Some(k) if k == Kind::Data as u8 => ctx.ctor_type(v.aux()),
        Some(_) => object_kind(v),
    };
    name.to_lowercase()
}

fn immediate_kind(ctx: &Context, v: Value) -> &str {
    match v {
        Value::NIL => "nil",
        Value::TRUE | Value::FALSE => "bool",
        Value::EMPTY => "list",
        _ if v.is_fixnum() => "int",
        _ if v.as_keyword().is_some() => "keyword",
        _ if v.as_symbol().is_some() => "symbol",
        _ => v.as_nullary_ctor().map_or("undefined", |c| ctx.ctor_type(c)),
    }
}

/// The name of an object's kind.
fn object_kind(v: Value) -> &'static str {
    const NAMES: [(Kind, &str); 19] = [
        (Kind::Cons, "list"),
        (Kind::Float, "float"),
        (Kind::BigInt, "int"),
        (Kind::String, "string"),
        (Kind::Tuple, "tuple"),
        (Kind::Closure, "function"),
        (Kind::Cell, "cell"),
        (Kind::Array, "array"),
        (Kind::Bytes, "bytes"),
        (Kind::Dict, "dict"),
        (Kind::Set, "set"),
        (Kind::Builder, "string-builder"),
        (Kind::Queue, "queue"),
        (Kind::Regex, "regex"),
        (Kind::DateTime, "datetime"),
        (Kind::File, "file"),
        (Kind::Fiber, "goroutine"),
        (Kind::Channel, "channel"),
        (Kind::Raw, "raw"),
    ];
    if v.is(Kind::Handle) {
        return HANDLE_NAMES.get(v.aux() as usize).unwrap_or(&"internal");
    }
    NAMES.iter().find(|(kind, _)| v.is(*kind)).map_or("internal", |(_, name)| name)
}

/// A collection that is being printed.
struct Frame {
    items: Items,
    /// Nothing was printed inside yet, not even a name: no space comes first.
    first: bool,
    close: char,
}

enum Items {
    List(Value),
    /// Payload words of an object, next and end.
    Words(Value, usize, usize),
    /// As `Words`; the words are Floats.
    Floats(Value, usize, usize),
    /// What remains, and the value of the key just printed.
    Dict(Box<dyn Iterator<Item = (Value, Value)>>, Option<Value>),
    /// What remains, last first.
    Values(Vec<Value>),
    /// An Array that is open already and so contains itself.
    Cycle,
}

struct Printer<'a> {
    ctx: &'a Context,
    out: &'a mut String,
    /// Printing stops once there is so much text.
    limit: usize,
    frames: Vec<Frame>,
    /// Open Arrays: only they can contain themselves.
    arrays: BTreeSet<u64>,
}

impl Printer<'_> {
    fn print(&mut self, v: Value) {
        self.value(v);
        while let Some(frame) = self.frames.last_mut() {
            if self.out.len() > self.limit {
                return;
            }
            let space = !std::mem::replace(&mut frame.first, false);
            match frame.items.next() {
                Some(item) => {
                    if space {
                        self.out.push(' ');
                    }
                    match item {
                        Item::Value(v) => self.value(v),
                        Item::Float(f) => digits::push_f64(self.out, f),
                    }
                }
                None => {
                    self.out.push(frame.close);
                    if let Items::Words(v, ..) = frame.items {
                        self.arrays.remove(&v.0);
                    }
                    self.frames.pop();
                }
            }
        }
    }

    /// Prints what is no collection; opens what is one.
    fn value(&mut self, v: Value) {
        match v.kind() {
            None => self.immediate(v),
            Some(k) if k == Kind::String as u8 => quote(v.as_str().unwrap_or(""), self.out),
            Some(k) if k == Kind::Float as u8 => digits::push_f64(self.out, f64::from_bits(v.raw(0))),
            Some(k) if k == Kind::BigInt as u8 => digits::push_int(self.out, v, 10),
            Some(k) if k == Kind::Cons as u8 => self.open("[", true, ']', Items::List(v)),
            Some(k) if k == Kind::Tuple as u8 => self.open("(tuple", false, ')', Items::Words(v, 0, v.size())),
            Some(k) if k == Kind::Data as u8 => {
                self.out.push('(');
                self.open(self.ctx.ctor_name(v.aux()), false, ')', Items::Words(v, 0, v.size()));
            }
            Some(k) if k == Kind::Array as u8 => self.array(v),
            Some(k) if k == Kind::Dict as u8 => self.open("{", true, '}', Items::Dict(Box::new(dict_iter(v)), None)),
            Some(k) if k == Kind::Set as u8 => {
                let mut items: Vec<Value> = set_iter(v).collect();
                items.reverse();
                self.open("#{", true, '}', Items::Values(items));
            }
            Some(k) if k == Kind::Queue as u8 => {
                let mut items = queue_items(v);
                items.reverse();
                self.open("(queue", false, ')', Items::Values(items));
            }
            Some(k) if k == Kind::Bytes as u8 => self.bytes(v),
            Some(k) if k == Kind::Closure as u8 => self.function(v),
            Some(k) if k == Kind::DateTime as u8 => self.date_time(v),
            Some(_) => {
                let _ = write!(self.out, "#<{}>", object_kind(v));
            }
        }
    }

    fn open(&mut self, start: &str, first: bool, close: char, items: Items) {
        self.out.push_str(start);
        self.frames.push(Frame { items, first, close });
    }

    fn array(&mut self, v: Value) {
        let (store, n) = array::view(v);
        let items = if store.is(Kind::FloatVector) {
            Items::Floats(store, 0, n)
        } else if self.arrays.insert(store.0) {
            Items::Words(store, 0, n)
        } else {
            self.out.push_str("(array ...");
            return self.open("", true, ')', Items::Cycle);
        };
        self.open("(array", false, ')', items);
    }

    fn bytes(&mut self, v: Value) {
        self.out.push_str("(bytes");
        for b in super::bytes::as_bytes(v).unwrap_or(&[]) {
            let _ = write!(self.out, " {b}");
        }
        self.out.push(')');
    }

    fn date_time(&mut self, v: Value) {
        self.out.push_str("#<datetime ");
        if let Some(moment) = Moment::of(v) {
            civil::push_iso(moment, self.out);
        }
        self.out.push('>');
    }

    fn function(&mut self, v: Value) {
        match self.ctx.function_name(v) {
            "" => self.out.push_str("#<function>"),
            name => {
                let _ = write!(self.out, "#<function {name}>");
            }
        }
    }

    fn immediate(&mut self, v: Value) {
        if v.is_fixnum() {
            return digits::push_int(self.out, v, 10);
        }
        let (prefix, name) = match v {
            Value::NIL => ("", "nil"),
            Value::TRUE => ("", "true"),
            Value::FALSE => ("", "false"),
            Value::EMPTY => ("", "[]"),
            _ => match (v.as_keyword(), v.as_symbol(), v.as_nullary_ctor()) {
                (Some(name), ..) => (":", self.ctx.name(name)),
                (_, Some(name), _) => ("'", self.ctx.name(name)),
                (.., Some(ctor)) => ("", self.ctx.ctor_name(ctor)),
                (None, None, None) => ("", "#<undefined>"),
            },
        };
        self.out.push_str(prefix);
        self.out.push_str(name);
    }
}

enum Item {
    Value(Value),
    Float(f64),
}

impl Items {
    fn next(&mut self) -> Option<Item> {
        match self {
            Items::List(rest) => {
                let (head, tail) = rest.as_cons()?;
                *rest = tail;
                Some(Item::Value(head))
            }
            Items::Words(v, next, end) => {
                *next += 1;
                (*next <= *end).then(|| Item::Value(v.load(*next - 1)))
            }
            Items::Floats(v, next, end) => {
                *next += 1;
                (*next <= *end).then(|| Item::Float(f64::from_bits(v.load(*next - 1).0)))
            }
            Items::Dict(entries, value) => match value.take() {
                Some(v) => Some(Item::Value(v)),
                None => {
                    let (k, v) = entries.next()?;
                    *value = Some(v);
                    Some(Item::Value(k))
                }
            },
            Items::Values(values) => values.pop().map(Item::Value),
            Items::Cycle => None,
        }
    }
}
