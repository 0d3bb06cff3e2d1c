//! Regular expressions of `std/regex`, over the crate `regex`: searching takes time linear in the text, whatever the
//! pattern. A Regex object holds its pattern only; compiled patterns are kept here, so that the collector need not know
//! of them, and a pattern is compiled once however often it is used.
//!
//! Nothing else in the runtime mentions this module: programs without regular expressions do not contain the crate.

use super::prims::want_str;
use super::string;
use crate::collections::list::ListBuilder;
use crate::collections::{dict_from_pairs, list_from_slice};
use crate::{Context, Value};
use ::regex::{Captures, Regex, RegexBuilder};
use cl_abi::layout::Kind;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How deep groups may nest: the crate's compiler recurses on them, on the program's stack.
const NEST_LIMIT: u32 = 100;
/// So many patterns are kept. A program that makes more of them at run time starts over with none.
const KEPT: usize = 1000;

static COMPILED: Mutex<Option<HashMap<Box<str>, Arc<Regex>>>> = Mutex::new(None);

/// The compiled form of a pattern, or what is wrong with it.
fn compiled(pattern: &str) -> Result<Arc<Regex>, ::regex::Error> {
    // A thread that ended amid an insertion left a whole map behind.
    let mut kept = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.get_or_insert_default();
    if let Some(regex) = kept.get(pattern) {
        return Ok(regex.clone());
    }
    let regex = Arc::new(RegexBuilder::new(pattern).nest_limit(NEST_LIMIT).build()?);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(pattern.into(), regex.clone());
    Ok(regex)
}

/// The compiled form of argument 1, a Regex or a pattern: `Err` with the raised `type-error` or `parse-error`.
fn regex_of(ctx: &mut Context, function: &str, v: Value) -> Result<Arc<Regex>, Value> {
    let pattern = if v.is(Kind::Regex) { v.field(0).as_str() } else { v.as_str() };
    let Some(pattern) = pattern else { return Err(ctx.type_error(function, 1, "a Regex or a String", v)) };
    compiled(pattern).map_err(|error| {
        let why = match error {
            ::regex::Error::CompiledTooBig(limit) => format!("compiled, it is larger than {limit} bytes"),
            // The crate draws the pattern over several lines; the last says what is wrong.
            other => other.to_string().lines().last().unwrap_or("").trim_start_matches("error: ").to_string(),
        };
        let message = format!("{function}: {} is no regular expression: {why}", super::print::brief(ctx, v));
        ctx.error("parse-error", &message, v)
    })
}

/// Returns from the primitive with the raised error unless argument 1 is a Regex or a pattern.
macro_rules! want_regex {
    ($ctx:ident, $function:expr, $v:expr) => {
        match regex_of($ctx, $function, $v) {
            Ok(regex) => regex,
            Err(raised) => return raised,
        }
    };
}

/// Whether a value is a Regex.
#[unsafe(no_mangle)]
pub extern "C" fn cl_is_regex(_: &mut Context, v: Value) -> Value {
    Value::bool(v.is(Kind::Regex))
}

/// The Regex of a pattern; `parse-error` if it is none.
#[unsafe(no_mangle)]
pub extern "C" fn cl_regex(ctx: &mut Context, pattern: Value) -> Value {
    want_str!(ctx, "regex", 1, pattern);
    want_regex!(ctx, "regex", pattern);
    let regex = ctx.alloc(Kind::Regex, 0, 1);
    regex.init(0, pattern.0);
    regex
}

/// The match of the whole text, or nil.
#[unsafe(no_mangle)]
pub extern "C" fn cl_regex_match(ctx: &mut Context, regex: Value, s: Value) -> Value {
    let found = want_regex!(ctx, "regex-match", regex);
    let text = want_str!(ctx, "regex-match", 2, s);
    // `a|ab` finds "a" in "ab" and yet matches the whole, so the ends must be part of the pattern. A pattern that ends in a
    // comment needs a new line before the bracket.
    let source = found.as_str();
    let whole = compiled(&format!("\\A(?:{source})\\z")).or_else(|_| compiled(&format!("\\A(?:{source}\n)\\z")));
    let Ok(whole) = whole else {
        let message = format!("regex-match: {} is too large to match a whole text", super::print::brief(ctx, regex));
        return ctx.error("parse-error", &message, regex);
    };
    match whole.captures(text) {
        Some(found) => match_dict(ctx, &whole, s, &found),
        None => Value::NIL,
    }
}

/// The first match, or nil.
#[unsafe(no_mangle)]
pub extern "C" fn cl_regex_find(ctx: &mut Context, regex: Value, s: Value) -> Value {
    let regex = want_regex!(ctx, "regex-find", regex);
    let text = want_str!(ctx, "regex-find", 2, s);
    match regex.captures(text) {
        Some(found) => match_dict(ctx, &regex, s, &found),
        None => Value::NIL,
    }
}

/// The List of the matches that do not overlap, from left to right.
#[unsafe(no_mangle)]
pub extern "C" fn cl_regex_find_all(ctx: &mut Context, regex: Value, s: Value) -> Value {
    let regex = want_regex!(ctx, "regex-find-all", regex);
    let text = want_str!(ctx, "regex-find-all", 2, s);
    let mut all = ListBuilder::new();
    for found in regex.captures_iter(text) {
        let found = match_dict(ctx, &regex, s, &found);
        all.push(ctx, found);
    }
    all.finish()
}

/// A match in the String `s` as a Dict: "text", its "start" and "end" in characters, the List of its "groups" (nil for
/// one that took no part), and the Dict of its "named" groups.
fn match_dict(ctx: &mut Context, regex: &Regex, s: Value, found: &Captures) -> Value {
    let whole = found.get_match();
    let groups: Vec<Value> =
        found.iter().skip(1).map(|group| group.map_or(Value::NIL, |g| string::make(ctx, g.as_str()))).collect();
    let mut named = Vec::new();
    for (name, group) in regex.capture_names().skip(1).zip(&groups) {
        if let Some(name) = name {
            named.push((string::make(ctx, name), *group));
        }
    }
    let position = |byte| Value::fixnum(string::char_position(s, byte) as i64);
    let values = [
        string::make(ctx, whole.as_str()),
        position(whole.start()),
        position(whole.end()),
        list_from_slice(ctx, &groups),
        dict_from_pairs(ctx, &named),
    ];
    let keys = ["text", "start", "end", "groups", "named"].map(|key| string::make(ctx, key));
    let pairs: [(Value, Value); 5] = std::array::from_fn(|i| (keys[i], values[i]));
    dict_from_pairs(ctx, &pairs)
}

/// The text with each match replaced; in the replacement `$1` and `${name}` stand for groups, `$$` for a dollar.
#[unsafe(no_mangle)]
pub extern "C" fn cl_regex_replace(ctx: &mut Context, regex: Value, s: Value, new: Value) -> Value {
    let regex = want_regex!(ctx, "regex-replace", regex);
    let text = want_str!(ctx, "regex-replace", 2, s);
    let Some(new) = new.as_str() else { return ctx.type_error("regex-replace", 3, "a String or a Function", new) };
    match regex.replace_all(text, new) {
        std::borrow::Cow::Borrowed(_) => s,
        std::borrow::Cow::Owned(text) => string::make(ctx, &text),
    }
}

/// The List of the texts between matches.
#[unsafe(no_mangle)]
pub extern "C" fn cl_regex_split(ctx: &mut Context, regex: Value, s: Value) -> Value {
    let regex = want_regex!(ctx, "regex-split", regex);
    let text = want_str!(ctx, "regex-split", 2, s);
    let mut parts = ListBuilder::new();
    for part in regex.split(text) {
        let part = string::make(ctx, part);
        parts.push(ctx, part);
    }
    parts.finish()
}
