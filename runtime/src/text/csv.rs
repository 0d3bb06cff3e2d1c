//! Comma-separated values as RFC 4180 has them, with any one character as the separator.

use super::prims::{is_list, want_str};
use super::{print, string};
use crate::collections::{list_from_slice, list_iter};
use crate::{Context, Value};

/// The separator, a String of one character other than a quote or line end.
fn separator(ctx: &mut Context, function: &str, v: Value) -> Result<char, Value> {
    let mut chars = v.as_str().unwrap_or("").chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !matches!(c, '"' | '\n' | '\r') => Ok(c),
        _ => Err(ctx.type_error(function, 2, "a String of one character", v)),
    }
}

/// The rows of a text, each a List of Strings; `parse-error` for a quoted field that does not end well.
#[unsafe(no_mangle)]
pub extern "C" fn cl_csv_parse(ctx: &mut Context, s: Value, by: Value) -> Value {
    let text = want_str!(ctx, "csv-parse", 1, s);
    let by = match separator(ctx, "csv-parse", by) {
        Ok(by) => by,
        Err(raised) => return raised,
    };
    match rows(text, by) {
        Ok(rows) => {
            let rows: Vec<Value> = rows
                .iter()
                .map(|row| {
                    let fields: Vec<Value> = row.iter().map(|field| string::make(ctx, field)).collect();
                    list_from_slice(ctx, &fields)
                })
                .collect();
            list_from_slice(ctx, &rows)
        }
        Err(at) => {
            let line = text[..at].matches('\n').count() + 1;
            let message = format!("csv-parse: the quoted field in line {line} does not end at a separator or line end");
            ctx.error("parse-error", &message, Value::fixnum(line as i64))
        }
    }
}

/// Rows of fields; on failure, the byte position of the field.
fn rows(text: &str, by: char) -> Result<Vec<Vec<String>>, usize> {
    let (mut rows, mut row) = (vec![], vec![]);
    let mut rest = text;
    while !rest.is_empty() {
        let at = text.len() - rest.len();
        let (field, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_field(quoted).ok_or(at)?,
            None => {
                let end = rest.find([by, '\n']).unwrap_or(rest.len());
                // A carriage return belongs to the line end that follows it.
                let field = &rest[..end];
                let of_line_end = rest[end..].starts_with('\n');
                let field = field.strip_suffix('\r').filter(|_| of_line_end).unwrap_or(field);
                (field.to_string(), &rest[end..])
            }
        };
        row.push(field);
        if let Some(next) = after.strip_prefix(by) {
            rest = next;
            if rest.is_empty() {
                row.push(String::new());
            }
        } else {
            let after = after.strip_prefix('\r').unwrap_or(after);
            rest = if after.is_empty() { after } else { after.strip_prefix('\n').ok_or(at)? };
            rows.push(std::mem::take(&mut row));
        }
    }
    if !row.is_empty() {
        rows.push(row);
    }
    Ok(rows)
}

/// The content of a quoted field whose first quote is gone, and what follows its last one.
fn quoted_field(text: &str) -> Option<(String, &str)> {
    let (mut field, mut rest) = (String::new(), text);
    loop {
        let end = rest.find('"')?;
        field.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('"') {
            Some(next) => {
                field.push('"');
                rest = next;
            }
            None => return Some((field, rest)),
        }
    }
}

/// The text of rows, Lists of values that are written in their display forms, one line each.
#[unsafe(no_mangle)]
pub extern "C" fn cl_csv_stringify(ctx: &mut Context, rows: Value, by: Value) -> Value {
    let by = match separator(ctx, "csv-stringify", by) {
        Ok(by) => by,
        Err(raised) => return raised,
    };
    if !is_list(rows) {
        return ctx.type_error("csv-stringify", 1, "a List of Lists", rows);
    }
    let (mut out, mut field) = (String::new(), String::new());
    for row in list_iter(rows) {
        if !is_list(row) {
            return ctx.type_error("csv-stringify", 1, "a List of Lists", row);
        }
        for (i, item) in list_iter(row).enumerate() {
            if i > 0 {
                out.push(by);
            }
            field.clear();
            print::display(ctx, item, &mut field);
            if field.contains([by, '"', '\n', '\r']) {
                out.push('"');
                out.push_str(&field.replace('"', "\"\""));
                out.push('"');
            } else {
                out.push_str(&field);
            }
        }
        out.push('\n');
    }
    string::make(ctx, &out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_rows_and_quotes_follow_the_rfc() {
        for (text, expected) in [
            ("", vec![]),
            ("a,b\n", vec![vec!["a", "b"]]),
            ("a,b\r\nc,\"d\"\r\n", vec![vec!["a", "b"], vec!["c", "d"]]),
            ("\"a \"\"b\"\",\nc\",d", vec![vec!["a \"b\",\nc", "d"]]),
            ("a,\n\n,b", vec![vec!["a", ""], vec![""], vec!["", "b"]]),
            ("a,", vec![vec!["a", ""]]),
        ] {
            let expected: Vec<Vec<String>> =
                expected.iter().map(|row| row.iter().map(|f| f.to_string()).collect()).collect();
            assert_eq!(rows(text, ','), Ok(expected), "{text:?}");
        }
        assert_eq!(rows("a,\"b\n", ','), Err(2));
        assert_eq!(rows("\"a\"b", ','), Err(0));
        assert_eq!(rows("é;ü", ';'), Ok(vec![vec!["é".to_string(), "ü".to_string()]]));
    }

    #[test]
    fn what_is_written_reads_back() {
        let ctx = &mut Context::new();
        let texts = ["plain", "with,comma", "with \"quotes\"", "two\nlines", ""];
        let fields: Vec<Value> = texts.iter().map(|t| string::make(ctx, t)).collect();
        let row = list_from_slice(ctx, &fields);
        let table = list_from_slice(ctx, &[row, row]);
        let by = string::make(ctx, ",");
        let text = cl_csv_stringify(ctx, table, by);
        let again = cl_csv_parse(ctx, text, by);
        assert!(crate::number::equal::equal(table, again));
    }
}
