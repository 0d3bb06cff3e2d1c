//! JSON in both directions.

use super::{read::cl_json_parse, write::cl_json_stringify};
use crate::collections::dict_iter;
use crate::number::equal::equal;
use crate::text::{print, string};
use crate::{Context, Value};

fn parse(ctx: &mut Context, text: &str) -> Value {
    let text = string::make(ctx, text);
    cl_json_parse(ctx, text)
}

fn shown(ctx: &Context, v: Value) -> String {
    let mut out = String::new();
    print::to_source(ctx, v, &mut out);
    out
}

#[test]
fn values_of_every_kind_are_read() {
    let ctx = &mut Context::new();
    for (text, expected) in [
        (
            r#" {"a": [1, 2.5, -3e2, true, null], "b": {"c": "x\n\u00e9\ud83d\ude00"}, "e": [], "f": {}} "#,
            r#"{"a" [1 2.5 -300.0 true nil] "b" {"c" "x\n"#,
        ),
        ("340282366920938463463374607431768211456", "340282366920938463463374607431768211456"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        (r#""\ud83d x""#, "\"\u{fffd} x\""),
        (r#"{"a":1,"a":2}"#, r#"{"a" 2}"#),
    ] {
        let v = parse(ctx, text);
        let shown = shown(ctx, v);
        assert!(shown.starts_with(expected), "{shown}");
    }
}

#[test]
fn what_is_no_json_is_refused_with_its_place() {
    let ctx = &mut Context::new();
    for bad in [
        "",
        "{",
        "[1,]",
        "{\"a\" 1}",
        "nul",
        "[1 2]",
        "\"abc",
        "01",
        "1 2",
        "{a: 1}",
        "'x'",
        "1.",
        "1e",
        "-",
        "+1",
        "\"\\x\"",
        "\"\\u12\"",
        "\"\\u+123\"",
        "\"\n\"",
        "[",
        "[1",
        "{\"a\":1,}",
        "é",
    ] {
        assert!(parse(ctx, bad) == Value::RAISED, "{bad}");
    }
    parse(ctx, "[1,\n  \"é\" x]");
    let message = dict_iter(ctx.pending).find(|(k, _)| k.as_str() == Some("message")).unwrap().1;
    assert!(message.as_str().unwrap().ends_with("at line 2, column 7"), "{}", message.as_str().unwrap());
}

#[test]
fn depth_is_no_limit_and_text_survives_the_round_trip() {
    let ctx = &mut Context::new();
    let deep = "[".repeat(500_000) + "{\"k\":\"\\u0001é\\\\\"}" + &"]".repeat(500_000);
    let v = parse(ctx, &deep);
    let text = cl_json_stringify(ctx, v, Value::fixnum(0));
    let again = cl_json_parse(ctx, text);
    assert!(equal(v, again));
}

#[test]
fn writing_is_compact_or_indented() {
    let ctx = &mut Context::new();
    let v = parse(ctx, r#"{"a": [1, {"b": []}], "c": {}}"#);
    assert_eq!(cl_json_stringify(ctx, v, Value::fixnum(0)).as_str(), Some(r#"{"a":[1,{"b":[]}],"c":{}}"#));
    let indented = "{\n  \"a\": [\n    1,\n    {\n      \"b\": []\n    }\n  ],\n  \"c\": {}\n}";
    assert_eq!(cl_json_stringify(ctx, v, Value::fixnum(2)).as_str(), Some(indented));
}
