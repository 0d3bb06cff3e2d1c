//! Each pass by example: Core before, Core after. The texts after are as [`cl_core::print`] writes them.

mod effects;
mod flat;
mod kinds;
mod nested;

use cl_core::ir::Program;
use cl_core::{Stage, print};

use crate::testing::{check, read};

/// The program of a text after a pass, as text.
fn after(pass: impl FnOnce(Program) -> Program, stage: Stage, text: &str) -> String {
    let program = crate::resolve::resolve_calls(read::program(text));
    check(&program, Stage::Nested, "reading");
    let program = pass(program);
    check(&program, stage, "the pass");
    print(&program)
}

/// Compares text line by line, indentation of the whole aside.
fn same(found: &str, expected: &str) {
    let lines = |text: &str| -> Vec<String> {
        let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).collect();
        let indent = lines.iter().map(|l| l.len() - l.trim_start().len()).min().unwrap_or(0);
        lines.iter().map(|l| l[indent..].trim_end().to_string()).collect()
    };
    if lines(found) != lines(expected) {
        panic!("found:\n{}\nexpected:\n{}", lines(found).join("\n"), lines(expected).join("\n"));
    }
}
