//! Shows diagnostics and failures of the command line on standard error.

use crate::args::Format;
use cl_text::{Diagnostic, SourceMap, render};
use std::io::{IsTerminal, Write};

/// Why a command did not succeed.
pub enum Failure {
    /// The program is wrong; its diagnostics have been shown. Exit status 2.
    Program,
    /// Something outside the program: a file that cannot be written, no linker. Exit status 2 too: nothing has run.
    Outside { message: String, help: String },
    /// A bug of the compiler. Exit status 101.
    Bug { stage: &'static str, message: String },
    /// Standard output was closed by whoever reads it, so there is nobody to tell. Exit status 2.
    OutputClosed,
}

impl Failure {
    pub fn outside(message: impl Into<String>, help: impl Into<String>) -> Failure {
        Failure::Outside { message: message.into(), help: help.into() }
    }
}

/// Writes diagnostics in the format asked for, each as it would be written alone. Errors of standard error itself are
/// ignored: there is nowhere to report them.
pub fn diagnostics(format: Format, sources: &SourceMap, diagnostics: &[Diagnostic]) {
    let stderr = std::io::stderr();
    let colours = stderr.is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let mut out = std::io::BufWriter::new(stderr.lock());
    for diagnostic in diagnostics {
        let shown = match format {
            Format::Text => render::text(sources, diagnostic, colours),
            Format::Json => render::json(sources, diagnostic),
        };
        if writeln!(out, "{shown}").is_err() {
            return;
        }
    }
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    if format == Format::Text && errors > 1 {
        let _ = writeln!(out, "{errors} errors; `clc explain CODE` tells more about each");
    }
    let _ = out.flush();
}

/// Shows a failure and gives the exit status.
pub fn failure(failure: &Failure) -> u8 {
    let mut err = std::io::stderr().lock();
    // As above, nothing can be done where standard error cannot be written.
    let _ = match failure {
        Failure::Program | Failure::OutputClosed => Ok(()),
        Failure::Outside { message, help } => writeln!(err, "error: {message}\n  = help: {help}"),
        Failure::Bug { stage, message } => writeln!(
            err,
            "internal compiler error in stage `{stage}`: {message}\n  = this is a bug of clc {}, not of your program\n  = help: \
             please report it with the program and this command line",
            env!("CARGO_PKG_VERSION")
        ),
    };
    match failure {
        Failure::Bug { .. } => 101,
        Failure::Program | Failure::Outside { .. } | Failure::OutputClosed => 2,
    }
}

/// Writes to standard output. A reader that has gone away is no error to shout about.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        std::io::ErrorKind::BrokenPipe => Failure::OutputClosed,
        _ => Failure::outside(
            format!("cannot write to standard output: {}", crate::files::reason(&error)),
            "check where the output goes",
        ),
    })
}
