//! Messages to standard error, and the end of a program that cannot go on.

use crate::effects::io::write_err;

/// Something that the user should know and that does not stop the program.
#[cold]
pub fn warn(message: &str) {
    write_err(&format!("warning: {message}\n"));
}

/// Ends the program at once, with status 1: no handler is asked, output is flushed.
#[cold]
pub fn fatal(kind: &str, message: &str) -> ! {
    // In pieces, since memory for a whole may be what is lacking.
    ["error[", kind, "]: ", message, "\n"].into_iter().for_each(write_err);
    // SAFETY: `_exit` does not return, so nothing can observe a broken invariant.
    unsafe { libc::_exit(1) }
}

/// What a panic of the runtime's Rust code comes to: always a bug of ours. `clc` links programs so that this takes the place
/// of std's panic handler, which would bring along everything that prints Rust backtraces: 250 KB.
#[unsafe(no_mangle)]
#[cold]
pub extern "C" fn cl_panic(info: &core::panic::PanicInfo) -> ! {
    fatal("internal-error", &format!("{info}. This is a bug of the runtime, please report it"))
}

/// What a failed allocation of the runtime's Rust code comes to, in place of std's handler.
#[unsafe(no_mangle)]
#[cold]
pub extern "C" fn cl_alloc_error(_bytes: usize, _align: usize) -> ! {
    fatal("out-of-memory", "the operating system refuses more memory")
}

/// The report of an error that nothing handled. The trace's entries are `name (file:line:column)`, innermost first.
///
/// ```text
/// error[divide-by-zero]: …
///  --> main.cl:3:12
///   |
/// 3 |   (quot a b)
///   |   ^
/// called from:
///   ratio (main.cl:3:12)
///   main (main.cl:7:3)
/// ```
pub fn uncaught(kind: &str, message: &str, trace: &[&str]) -> String {
    let mut out = format!("error[{kind}]: {message}\n");
    // The innermost place whose source is at hand: the library's own is not.
    let places = || trace.iter().filter_map(|entry| Place::parse(entry));
    if let Some(place) = places().find(|p| p.source_line().is_some()).or_else(|| places().next()) {
        place.show(&mut out);
    }
    if !trace.is_empty() {
        out.push_str("call trace, innermost first:\n");
    }
    let mut i = 0;
    while i < trace.len() {
        let same = trace[i..].iter().take_while(|e| **e == trace[i]).count();
        out.push_str(&format!("  {}\n", trace[i]));
        if same > 1 {
            out.push_str(&format!("  … {} more times\n", same - 1));
        }
        i += same;
    }
    out
}

/// A place in source text, both numbers from 1.
struct Place<'a> {
    file: &'a str,
    line: usize,
    column: usize,
}

impl<'a> Place<'a> {
    /// The place of a trace entry.
    fn parse(entry: &'a str) -> Option<Place<'a>> {
        let (_, inside) = entry.strip_suffix(')')?.rsplit_once(" (")?;
        let mut parts = inside.rsplitn(3, ':');
        let column = parts.next()?.parse().ok()?;
        let line = parts.next()?.parse().ok()?;
        let file = parts.next()?;
        Some(Place { file, line, column })
    }

    /// Appends the place and, if the file can be read, its line.
    fn show(&self, out: &mut String) {
        let Place { file, line, column } = self;
        out.push_str(&format!(" --> {file}:{line}:{column}\n"));
        let Some(text) = self.source_line() else { return };
        let margin = " ".repeat(line.to_string().len());
        // A tab stays a tab, so that the caret stands where it belongs.
        let indent: String = text.chars().take(column - 1).map(|c| if c == '\t' { '\t' } else { ' ' }).collect();
        out.push_str(&format!("{margin} |\n{line} | {text}\n{margin} | {indent}^\n"));
    }

    fn source_line(&self) -> Option<String> {
        /// Longer lines are not worth showing.
        const MAX: usize = 300;
        let text = std::fs::read(self.file).ok()?;
        let line = text.split(|&b| b == b'\n').nth(self.line.checked_sub(1)?)?;
        let line = String::from_utf8_lossy(line).trim_end().to_string();
        (line.chars().count() <= MAX && (1..=MAX).contains(&self.column)).then_some(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_place_and_trace() {
        let trace = ["f (no such file.cl:3:12)", "f (no such file.cl:3:12)", "main (no such file.cl:9:1)"];
        assert_eq!(
            uncaught("type-error", "bad", &trace),
            "error[type-error]: bad\n --> no such file.cl:3:12\ncall trace, innermost first:\n  \
             f (no such file.cl:3:12)\n  … 1 more times\n  main (no such file.cl:9:1)\n"
        );
    }

    #[test]
    fn a_trace_of_something_else_is_shown_as_it_is() {
        assert_eq!(uncaught("a", "b", &["(::)"]), "error[a]: b\ncall trace, innermost first:\n  (::)\n");
    }
}
