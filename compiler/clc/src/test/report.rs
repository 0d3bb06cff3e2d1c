//! The three forms of a report: text, JSON lines, JUnit's XML.

use super::{FileOutcome, Outcome, Results, TestFailure};
use serde_json::json;
use std::fmt::Write;

/// The version of the JSON form; it changes when a key changes its meaning.
const SCHEMA: u32 = 1;

struct Counts {
    passed: usize,
    failed: usize,
    compile_errors: usize,
}

fn counts(results: &Results) -> Counts {
    let tests = results.files.iter().flat_map(|f| &f.tests);
    let failed = tests.clone().filter(|t| t.failure.is_some()).count();
    Counts {
        passed: tests.count() - failed,
        failed,
        compile_errors: results.files.iter().filter(|f| f.compile_error.is_some()).count(),
    }
}

/// `1 test`, `2 tests`.
fn number(n: usize, what: &str) -> String {
    format!("{n} {what}{}", if n == 1 { "" } else { "s" })
}

/// For people.
pub fn text(results: &Results) -> String {
    let mut out = String::new();
    for file in &results.files {
        let _ = writeln!(out, "{}", file.file.display());
        if let Some(diagnostics) = &file.compile_error {
            let _ = writeln!(out, "  it does not compile:\n{}", indented(diagnostics, "    "));
        }
        for test in &file.tests {
            text_of_test(test, &mut out);
        }
    }
    let Counts { passed, failed, compile_errors } = counts(results);
    let mut parts = vec![format!("{passed} passed"), format!("{failed} failed")];
    if compile_errors > 0 {
        parts.push(format!("{} not compiled", number(compile_errors, "file")));
    }
    let _ = writeln!(
        out,
        "{}: {} in {:.2} s (seed {})",
        number(passed + failed, "test"),
        parts.join(", "),
        results.seconds,
        results.seed
    );
    out
}

fn text_of_test(test: &Outcome, out: &mut String) {
    let verdict = if test.failure.is_some() { "FAIL" } else { "ok  " };
    let _ = writeln!(out, "  {verdict}  {} ({:.1} ms)", test.name, test.seconds * 1e3);
    let Some(failure) = &test.failure else { return };
    let place = failure.place.as_deref().unwrap_or(&test.place);
    let _ = writeln!(out, "        {place}: {}: {}", failure.kind, failure.message);
    if let (Some(expected), Some(actual)) = (&failure.expected, &failure.actual) {
        let _ = writeln!(out, "          expected {expected}\n               got {actual}");
    }
    if !test.output.is_empty() {
        let _ = writeln!(out, "        output:\n{}", indented(&test.output, "          | "));
    }
}

fn indented(text: &str, indent: &str) -> String {
    text.lines().map(|line| format!("{indent}{line}")).collect::<Vec<_>>().join("\n")
}

/// One object a line: a file that does not compile, a test, and at the end the sums.
pub fn json(results: &Results) -> String {
    let mut out = String::new();
    let mut line = |object: serde_json::Value| {
        let _ = writeln!(out, "{object}");
    };
    for file in &results.files {
        if let Some(diagnostics) = &file.compile_error {
            let file = file.file.to_string_lossy();
            line(json!({"schema": SCHEMA, "event": "compile-error", "file": file, "output": diagnostics}));
        }
        for test in &file.tests {
            line(json!({
                "schema": SCHEMA,
                "event": "test",
                "file": file.file.to_string_lossy(),
                "name": test.name,
                "place": test.place,
                "status": if test.failure.is_some() { "failed" } else { "passed" },
                "seconds": test.seconds,
                "error": test.failure.as_ref().map(json_of_failure),
                "output": test.output,
            }));
        }
    }
    let Counts { passed, failed, compile_errors } = counts(results);
    line(json!({
        "schema": SCHEMA,
        "event": "summary",
        "passed": passed,
        "failed": failed,
        "compile_errors": compile_errors,
        "seconds": results.seconds,
        "seed": results.seed,
    }));
    out
}

fn json_of_failure(failure: &TestFailure) -> serde_json::Value {
    json!({
        "type": failure.kind,
        "message": failure.message,
        "place": failure.place,
        "expected": failure.expected,
        "actual": failure.actual,
    })
}

/// JUnit's XML, as build servers read it.
pub fn junit(results: &Results) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let Counts { passed, failed, compile_errors } = counts(results);
    let _ = writeln!(
        out,
        "<testsuites name=\"clc test\" tests=\"{}\" failures=\"{failed}\" errors=\"{compile_errors}\" time=\"{:.6}\">",
        passed + failed + compile_errors,
        results.seconds
    );
    for file in &results.files {
        junit_suite(file, &mut out);
    }
    out.push_str("</testsuites>\n");
    out
}

fn junit_suite(file: &FileOutcome, out: &mut String) {
    let name = xml(&file.file.to_string_lossy());
    let errors = file.compile_error.is_some() as usize;
    let _ = writeln!(
        out,
        "  <testsuite name=\"{name}\" tests=\"{}\" failures=\"{}\" errors=\"{errors}\" time=\"{:.6}\">",
        file.tests.len() + errors,
        file.tests.iter().filter(|t| t.failure.is_some()).count(),
        file.tests.iter().fold(0.0, |sum, t| sum + t.seconds)
    );
    if let Some(diagnostics) = &file.compile_error {
        let _ = writeln!(
            out,
            "    <testcase name=\"(compilation)\" classname=\"{name}\" time=\"0\">\n      <error message=\"it does not \
             compile\">{}</error>\n    </testcase>",
            xml(diagnostics)
        );
    }
    for test in &file.tests {
        junit_test(test, &name, out);
    }
    out.push_str("  </testsuite>\n");
}

fn junit_test(test: &Outcome, file: &str, out: &mut String) {
    let _ = write!(out, "    <testcase name=\"{}\" classname=\"{file}\" time=\"{:.6}\"", xml(&test.name), test.seconds);
    if test.failure.is_none() && test.output.is_empty() {
        out.push_str("/>\n");
        return;
    }
    out.push_str(">\n");
    if let Some(failure) = &test.failure {
        let place = failure.place.as_deref().unwrap_or(&test.place);
        let _ = writeln!(
            out,
            "      <failure type=\"{}\" message=\"{}\">{}</failure>",
            xml(&failure.kind),
            xml(&failure.message),
            xml(&format!("{place}: {}", failure.message))
        );
    }
    if !test.output.is_empty() {
        let _ = writeln!(out, "      <system-out>{}</system-out>", xml(&test.output));
    }
    out.push_str("    </testcase>\n");
}

/// Text as XML content or in an attribute; characters that XML cannot hold become U+FFFD.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => {
                let _ = write!(out, "&#{};", c as u32);
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn xml_holds_any_text() {
        assert_eq!(xml("a<b> & \"c\"\n\u{1b}é"), "a&lt;b&gt; &amp; &quot;c&quot;&#10;\u{fffd}é");
    }
}
