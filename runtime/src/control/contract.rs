//! Violations of contracts: the error that a clause which does not hold raises, and who is to blame for it.

use super::raise::part;
use crate::collections::{dict_from_pairs, dict_set, list_iter};
use crate::text::print::brief;
use crate::text::string;
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// The key of an error's data for the place that called the function; nil until the stack has been walked.
const CALLER: &str = "caller";

/// Raises `contract-violation`. `clause` is the List that the compiler made: function, kind and text of the clause, place of
/// the definition (Strings), what `value` is, the names of the parameters. `value` is nil, or with "result" what the function
/// returned, or with "measure" the List of the calling body's measure (nil: there is none) and this body's.
#[unsafe(no_mangle)]
pub extern "C" fn cl_contract_violation(ctx: &mut Context, clause: Value, arguments: Value, value: Value) -> Value {
    let parts: Vec<Value> = list_iter(clause).collect();
    let [function, kind, text, definition, value_is, ref names @ ..] = parts[..] else {
        return ctx.error("internal-error", "a clause without description: a mistake of the compiler", clause);
    };
    let named: Vec<(Value, Value)> = names.iter().copied().zip(list_iter(arguments)).collect();
    let mut shown: Vec<String> = named.iter().map(|(name, v)| shown_as(ctx, name.as_str(), *v)).collect();
    let mut more = vec![];
    let mut why = String::new();
    match value_is.as_str() {
        Some("measure") => {
            let measures: Vec<Value> = list_iter(value).collect();
            why = what_is_wrong(ctx, &measures);
            more.extend(["previous", "measure"].into_iter().zip(measures));
        }
        Some(_) => {
            shown.push(shown_as(ctx, Some("result"), value));
            more.push(("result", value));
        }
        None => {}
    }
    let shown = if shown.is_empty() { String::new() } else { format!(" ({})", shown.join(", ")) };
    let [name, of_kind, condition] = [function, kind, text].map(|v| v.as_str().unwrap_or(""));
    let message = format!("{name}: {of_kind} {condition} does not hold{why}{shown}");
    let arguments = dict_from_pairs(ctx, &named);
    let data = [
        ("function", function),
        ("kind", kind),
        ("clause", text),
        ("arguments", arguments),
        ("definition", definition),
        (CALLER, Value::NIL),
    ];
    let data: Vec<(Value, Value)> = data.into_iter().chain(more).map(|(key, v)| (string::make(ctx, key), v)).collect();
    let data = dict_from_pairs(ctx, &data);
    ctx.error("contract-violation", &message, data)
}

/// Notes that clauses of a contract are being evaluated; false if that was so already, here or in a fiber that waits for
/// this one.
#[unsafe(no_mangle)]
pub extern "C" fn cl_contract_enter(ctx: &mut Context, contract: Value) -> Value {
    let number = contract.as_fixnum().unwrap_or(-1);
    let is_new = !ctx.running().chain().any(|fiber| fiber.open_contracts.contains(&number));
    if is_new {
        ctx.running().open_contracts.push(number);
    }
    Value::bool(is_new)
}

/// The clauses have been evaluated, or left by an error.
#[unsafe(no_mangle)]
pub extern "C" fn cl_contract_leave(ctx: &mut Context, contract: Value) -> Value {
    let number = contract.as_fixnum();
    ctx.running().open_contracts.retain(|open| Some(*open) != number);
    Value::NIL
}

fn shown_as(ctx: &Context, name: Option<&str>, value: Value) -> String {
    format!("{} = {}", name.unwrap_or(""), brief(ctx, value))
}

/// Why the second of two measures is none.
fn what_is_wrong(ctx: &Context, measures: &[Value]) -> String {
    let (previous, now) = (measures[0], measures[1]);
    let natural = match now.as_fixnum() {
        Some(n) => n >= 0,
        None => now.is(Kind::BigInt) && now.aux() == 0,
    };
    match natural && previous != Value::NIL {
        true => format!(": it went from {} to {}", brief(ctx, previous), brief(ctx, now)),
        false => format!(": it is {}, not an Int of at least 0", brief(ctx, now)),
    }
}

impl Context {
    /// Completes the pending error, if it is a violation whose caller is not known yet, by its trace: the function's own
    /// entry, then its caller's. What the function requires, and that a measure gets smaller, is the caller's duty: then the
    /// trace begins with the caller.
    pub(super) fn blame(&mut self, trace: &mut Vec<String>) {
        let error = self.pending;
        let Some(data) = part(error, "data").filter(|_| text(error, "type") == Some("contract-violation")) else {
            return;
        };
        let (Some(Value::NIL), true) = (part(data, CALLER), trace.len() > 1) else { return };
        let caller = line_of(&trace[1]).unwrap_or("").to_string();
        let (key, caller) = (string::make(self, CALLER), string::make(self, &caller));
        let complete = dict_set(self, data, key, caller);
        let key = string::make(self, "data");
        self.pending = dict_set(self, error, key, complete);
        let in_call = part(data, "measure").is_some();
        if text(data, "kind") == Some(":requires") || in_call {
            trace.remove(0);
        }
    }
}

fn text(dict: Value, key: &str) -> Option<&'static str> {
    part(dict, key).and_then(Value::as_str)
}

/// `file:line` of an entry `name (file:line:column)`.
fn line_of(entry: &str) -> Option<&str> {
    // A name holds no bracket, a file's may.
    let (_, place) = entry.strip_suffix(')')?.split_once(" (")?;
    place.rsplit_once(':').map(|(line, _)| line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collections::list_from_slice;

    fn strings(ctx: &mut Context, texts: &[&str]) -> Vec<Value> {
        texts.iter().map(|t| string::make(ctx, t)).collect()
    }

    fn violate(ctx: &mut Context, kind: &str, value_is: Option<&str>, value: Value) {
        let mut clause = strings(ctx, &["half", kind, "(even? n)", "m.cl:1"]);
        let value_is = value_is.map_or(Value::NIL, |text| string::make(ctx, text));
        clause.push(value_is);
        clause.extend(strings(ctx, &["n"]));
        let clause = list_from_slice(ctx, &clause);
        let arguments = list_from_slice(ctx, &[Value::fixnum(3)]);
        cl_contract_violation(ctx, clause, arguments, value);
    }

    #[test]
    fn a_violation_says_what_was_given_and_what_came_out() {
        let mut ctx = Context::new();
        violate(&mut ctx, ":ensures", Some("result"), Value::fixnum(1));
        assert_eq!(text(ctx.pending, "message"), Some("half: :ensures (even? n) does not hold (n = 3, result = 1)"));
        let data = part(ctx.pending, "data").expect("an error has data");
        assert!(part(data, "result") == Some(Value::fixnum(1)));
        assert!(part(data, "arguments").and_then(|a| part(a, "n")) == Some(Value::fixnum(3)));
    }

    #[test]
    fn a_measure_that_is_none_is_told_from_one_that_does_not_get_smaller() {
        let five = Value::fixnum(5);
        for (previous, now, why) in [
            (Value::NIL, Value::fixnum(-1), "it is -1, not an Int of at least 0"),
            (five, Value::TRUE, "it is true, not an Int of at least 0"),
            (five, five, "it went from 5 to 5"),
        ] {
            let mut ctx = Context::new();
            let measures = list_from_slice(&mut ctx, &[previous, now]);
            violate(&mut ctx, ":invariant", Some("measure"), measures);
            let message = text(ctx.pending, "message").unwrap_or("");
            assert_eq!(message, format!("half: :invariant (even? n) does not hold: {why} (n = 3)"));
            let data = part(ctx.pending, "data").expect("an error has data");
            assert!(part(data, "measure") == Some(now) && part(data, "previous") == Some(previous));
        }
    }

    #[test]
    fn the_caller_is_blamed_for_what_is_required_and_the_function_for_the_rest() {
        for (kind, left) in [(":requires", 1), (":ensures", 2)] {
            let mut ctx = Context::new();
            violate(&mut ctx, kind, None, Value::NIL);
            let mut trace = ["half (m.cl:2:3)", "main (a (b).cl:7:1)"].map(str::to_string).to_vec();
            ctx.blame(&mut trace);
            assert_eq!(trace.len(), left, "{kind}");
            let data = part(ctx.pending, "data").expect("an error has data");
            assert_eq!(text(data, CALLER), Some("a (b).cl:7"));
            assert!(part(data, "result").is_none());
        }
    }
}
