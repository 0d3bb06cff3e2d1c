//! The primitives on text, and printing.

use super::{builder::*, bytes::*, prims::*, print, string, transform::*};
use crate::collections::*;
use crate::number::arith::make_float;
use crate::number::equal::{equal, same_key};
use crate::number::hash::hash;
use crate::number::order::compare;
use crate::{Context, Value};
use std::cmp::Ordering;

fn s(ctx: &mut Context, text: &str) -> Value {
    string::make(ctx, text)
}

fn shown(ctx: &Context, v: Value) -> String {
    let mut out = String::new();
    print::to_source(ctx, v, &mut out);
    out
}

/// The error's type, of a primitive that returned `RAISED`.
fn raised(ctx: &Context, v: Value) -> String {
    assert!(v == Value::RAISED, "an error");
    let kind = dict_iter(ctx.pending).find(|(k, _)| k.as_str() == Some("type")).expect("a type").1;
    kind.as_str().unwrap_or("").to_string()
}

#[test]
fn every_kind_prints_as_it_reads() {
    let ctx = &mut Context::new();
    let text = s(ctx, "a\"\\\n\t\r\0\u{1f}\u{7f}é");
    let float = make_float(ctx, 2.0);
    let keyword = Value::keyword(ctx.intern("k"));
    let symbol = Value::symbol(ctx.intern("sym"));
    let tuple = tuple_from_slice(ctx, &[Value::TRUE, symbol]);
    let list = list_from_slice(ctx, &[text, float, keyword, tuple, Value::NIL, Value::EMPTY]);
    assert_eq!(shown(ctx, list), r#"["a\"\\\n\t\r\0\u{1f}\u{7f}é" 2.0 :k (tuple true 'sym) nil []]"#);
    let dict = dict_from_pairs(ctx, &[(keyword, list), (Value::fixnum(1), Value::FALSE)]);
    assert!(shown(ctx, dict).starts_with("{:k [\"a") && shown(ctx, dict).ends_with("[]] 1 false}"));
    let set = set_from_slice(ctx, &[Value::fixnum(2), Value::fixnum(1)]);
    assert_eq!(shown(ctx, set), "#{2 1}");
    let floats = array::array_from_slice(ctx, &[float, float]);
    assert_eq!(shown(ctx, floats), "(array 2.0 2.0)");
    let empty = tuple_from_slice(ctx, &[]);
    assert_eq!(shown(ctx, empty), "(tuple)");
    let bytes = make(ctx, &[&[1, 255]]);
    assert_eq!(shown(ctx, bytes), "(bytes 1 255)");
    let mut out = String::new();
    print::display(ctx, symbol, &mut out);
    print::display(ctx, text, &mut out);
    assert!(out.starts_with("syma\"\\\n"));
}

#[test]
fn an_array_in_itself_prints_and_ends() {
    let ctx = &mut Context::new();
    let array = array::array_filled(ctx, 2, Value::NIL);
    let store = array.field(0);
    ctx.store(store, 0, array);
    assert_eq!(shown(ctx, array), "(array (array ...) nil)");
}

#[test]
fn a_million_levels_print_compare_and_hash() {
    let ctx = &mut Context::new();
    let nest = |ctx: &mut Context| {
        (0..1_000_000).fold(Value::EMPTY, |inner, i| match i % 3 {
            0 => list_from_slice(ctx, &[inner]),
            1 => tuple_from_slice(ctx, &[Value::fixnum(1), inner]),
            _ => dict_from_pairs(ctx, &[(Value::fixnum(1), inner)]),
        })
    };
    let (a, b) = (nest(ctx), nest(ctx));
    assert!(equal(a, b) && same_key(a, b));
    assert_eq!(hash(a), hash(b));
    assert!(shown(ctx, a).len() > 3_000_000);
    let tower = |ctx: &mut Context| (0..1_000_000).fold(Value::EMPTY, |inner, _| list_from_slice(ctx, &[inner]));
    let (a, b) = (tower(ctx), tower(ctx));
    assert!(compare(ctx, a, b) == Ok(Ordering::Equal));
    assert_eq!(print::brief(ctx, a).len(), 60);
}

#[test]
fn dicts_as_keys_of_dicts_compare_at_any_depth() {
    let ctx = &mut Context::new();
    let nan = make_float(ctx, f64::NAN);
    let tower = |ctx: &mut Context| {
        (0..1000).fold(Value::EMPTY, |inner, i| {
            let one = list_from_slice(ctx, &[Value::fixnum(i), nan]);
            let key = dict_from_pairs(ctx, &[(inner, Value::fixnum(1)), (one, Value::NIL)]);
            if i % 2 == 0 { key } else { set_from_slice(ctx, &[key]) }
        })
    };
    // Little stack: what is compared must not nest on it.
    let check = move |ctx: &mut Context| {
        let (a, b) = (tower(ctx), tower(ctx));
        assert!(equal(a, b) && same_key(a, b));
        let c = dict_from_pairs(ctx, &[(a, Value::fixnum(1))]);
        let d = dict_from_pairs(ctx, &[(b, Value::fixnum(2))]);
        assert!(!equal(c, d));
    };
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(256 << 10);
        let ctx = Sent(ctx);
        let run = move || {
            let ctx = ctx;
            check(ctx.0)
        };
        thread.spawn_scoped(scope, run).expect("a thread").join().expect("no overflow");
    });
}

/// A context that one thread at a time uses.
struct Sent<'a>(&'a mut Context);

// SAFETY: the thread that made the context waits while the other one uses it.
unsafe impl Send for Sent<'_> {}

#[test]
fn equality_looks_at_content_and_keeps_nan_apart() {
    let ctx = &mut Context::new();
    let nan = make_float(ctx, f64::NAN);
    let list = list_from_slice(ctx, &[Value::fixnum(1), nan]);
    assert!(!equal(nan, nan) && !equal(list, list));
    assert!(same_key(nan, nan) && same_key(list, list));
    let one = make_float(ctx, 1.0);
    let boxed = array::array_from_slice(ctx, &[Value::fixnum(1), one]);
    let unboxed = array::array_from_slice(ctx, &[one, one]);
    assert!(equal(boxed, unboxed) && hash(boxed) == hash(unboxed));
    let (a, b) = ((Value::fixnum(1), one), (Value::fixnum(2), Value::NIL));
    let (d, e) = (dict_from_pairs(ctx, &[a, b]), dict_from_pairs(ctx, &[b, (one, Value::fixnum(1))]));
    assert!(equal(d, e) && hash(d) == hash(e));
    let f = dict_from_pairs(ctx, &[a, (Value::fixnum(3), Value::NIL)]);
    assert!(!equal(d, f));
    let tuple = tuple_from_slice(ctx, &[Value::fixnum(1)]);
    let single = list_from_slice(ctx, &[Value::fixnum(1)]);
    assert!(!equal(tuple, single) && !equal(Value::fixnum(1), Value::TRUE) && !equal(Value::EMPTY, Value::NIL));
}

#[test]
fn order_is_item_by_item_then_by_length() {
    let ctx = &mut Context::new();
    let list = |ctx: &mut Context, items: &[i64]| {
        let items: Vec<Value> = items.iter().map(|&n| Value::fixnum(n)).collect();
        list_from_slice(ctx, &items)
    };
    let (a, b, c) = (list(ctx, &[1, 2]), list(ctx, &[1, 2, 0]), list(ctx, &[1, 3]));
    assert!(compare(ctx, a, b) == Ok(Ordering::Less));
    assert!(compare(ctx, c, b) == Ok(Ordering::Greater));
    assert!(compare(ctx, Value::EMPTY, a) == Ok(Ordering::Less));
    assert!(compare(ctx, Value::FALSE, Value::TRUE) == Ok(Ordering::Less));
    let (x, y) = (Value::keyword(ctx.intern("b")), Value::keyword(ctx.intern("a")));
    assert!(compare(ctx, x, y) == Ok(Ordering::Greater));
    let text = s(ctx, "1");
    for other in [text, Value::NIL, x] {
        let result = compare(ctx, Value::fixnum(1), other).expect_err("an error");
        assert_eq!(raised(ctx, result), "type-error");
    }
}

#[test]
fn cutting_text_counts_characters() {
    let ctx = &mut Context::new();
    let text = s(ctx, "héllo 😀 世界");
    let part = cl_substring(ctx, text, Value::fixnum(6), Value::fixnum(9));
    assert_eq!(part.as_str(), Some("😀 世"));
    let rest = cl_substring(ctx, text, Value::fixnum(10), Value::NIL);
    assert_eq!(rest.as_str(), Some(""));
    for (a, b) in [(-1, 2), (3, 2), (0, 11)] {
        let result = cl_substring(ctx, text, Value::fixnum(a), Value::fixnum(b));
        assert_eq!(raised(ctx, result), "index-error");
    }
    let needle = s(ctx, "界");
    assert!(cl_string_index_of(ctx, text, needle) == Value::fixnum(9));
    let result = cl_char_at(ctx, text, Value::fixnum(10));
    assert_eq!(raised(ctx, result), "index-error");
    let result = cl_char_at(ctx, text, text);
    assert_eq!(raised(ctx, result), "type-error");
}

#[test]
fn splitting_and_joining() {
    let ctx = &mut Context::new();
    for (text, separator, expected) in [
        ("a,b,,c", ",", r#"["a" "b" "" "c"]"#),
        ("", ",", r#"[""]"#),
        ("", "", "[]"),
        ("aé", "", r#"["a" "é"]"#),
        (",", ",", r#"["" ""]"#),
    ] {
        let (text, separator) = (s(ctx, text), s(ctx, separator));
        let parts = cl_string_split(ctx, text, separator);
        assert_eq!(shown(ctx, parts), expected);
        if separator.as_str() != Some("") {
            let joined = cl_string_join(ctx, parts, separator);
            assert!(equal(joined, text));
        }
    }
    let lines = s(ctx, "a\n\nb\n");
    let lines = cl_string_lines(ctx, lines);
    assert_eq!(shown(ctx, lines), r#"["a" "" "b"]"#);
    let bad = list_from_slice(ctx, &[Value::fixnum(1)]);
    let result = cl_list_to_string(ctx, bad);
    assert_eq!(raised(ctx, result), "type-error");
}

#[test]
fn case_padding_and_repetition() {
    let ctx = &mut Context::new();
    let (text, arrow) = (s(ctx, "straße"), s(ctx, "→-"));
    assert_eq!(cl_string_upper(ctx, text).as_str(), Some("STRASSE"));
    assert_eq!(cl_string_pad_left(ctx, text, Value::fixnum(8), arrow).as_str(), Some("→-→-straße"));
    assert!(cl_string_pad_right(ctx, text, Value::fixnum(-1), arrow) == text);
    assert_eq!(cl_string_repeat(ctx, arrow, Value::fixnum(-3)).as_str(), Some(""));
    let result = cl_string_repeat(ctx, text, Value::fixnum(1 << 60));
    assert_eq!(raised(ctx, result), "out-of-memory");
}

#[test]
fn templates_are_filled_half_to_even() {
    let ctx = &mut Context::new();
    let numbers: Vec<Value> = [2.5, 0.25, 2.0, f64::INFINITY].iter().map(|&f| make_float(ctx, f)).collect();
    let items = list_from_slice(ctx, &numbers);
    let template = s(ctx, "{{}} {:.0} {:.1} {:.3} {:.1}");
    assert_eq!(cl_format(ctx, template, items).as_str(), Some("{} 2 0.2 2.000 +inf"));
    for bad in ["{} {} {} {} {}", "{:x}", "{", "{:.99999999999999999999}"] {
        let template = s(ctx, bad);
        let result = cl_format(ctx, template, items);
        assert_eq!(raised(ctx, result), "format-error", "{bad}");
    }
}

#[test]
fn a_builder_keeps_all_that_was_added() {
    let ctx = &mut Context::new();
    let builder = cl_string_builder(ctx);
    let (part, mut expected) = (s(ctx, "é1234567"), String::new());
    for _ in 0..1000 {
        cl_sb_add(ctx, builder, part);
        expected.push_str("é1234567");
    }
    assert_eq!(cl_sb_string(ctx, builder).as_str(), Some(expected.as_str()));
}
