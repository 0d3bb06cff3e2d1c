//! `clc read`: prints the tree that the reader makes of a file.

use crate::args;
use crate::files;
use crate::report::{self, Failure};
use cl_syntax::{NodeId, Tree};
use cl_text::{FileId, SourceMap};
use std::fmt::Write;

pub fn run(args: &args::Read) -> Result<(), Failure> {
    let mut sources = SourceMap::default();
    let file = match files::source(&args.file, &mut sources) {
        Ok(file) => file,
        Err(diagnostic) => {
            report::diagnostics(args.common.format, &sources, &[diagnostic]);
            return Err(Failure::Program);
        }
    };
    let text = sources.text(file);
    let found = if args.reference { cl_syntax::reference::read(text, file) } else { cl_syntax::read(text, file) };
    report::print(&show(&found.tree, &sources, file))?;
    report::diagnostics(args.common.format, &sources, &found.errors);
    if found.errors.is_empty() { Ok(()) } else { Err(Failure::Program) }
}

/// One line a node: indentation by depth (up to a limit, so that deep nesting gives no quadratic output), kind, position,
/// and the text of leaves.
fn show(tree: &Tree, sources: &SourceMap, file: FileId) -> String {
    /// Deeper nodes are not indented further.
    const DEEPEST: usize = 40;
    let text = sources.text(file);
    let mut out = String::new();
    let mut ends: Vec<u32> = Vec::new();
    let mut positions = Positions { text, at: 0, line: 1, column: 1 };
    for (index, node) in tree.nodes.iter().enumerate() {
        while ends.last().is_some_and(|&end| end <= index as u32) {
            ends.pop();
        }
        let indentation = 2 * ends.len().min(DEEPEST);
        let (line, column) = positions.advance(node.span.start);
        let _ = write!(out, "{:indentation$}{:?} {line}:{column}", "", node.kind);
        if !node.kind.is_list() {
            let _ = write!(out, " {}", tree.text(text, NodeId(index as u32)).replace('\n', "\\n"));
        }
        out.push('\n');
        ends.push(node.subtree_end);
    }
    out
}

/// Line and column of ascending offsets, in one pass: a file may hold a million nodes on one line.
struct Positions<'t> {
    text: &'t str,
    at: usize,
    line: u32,
    column: u32,
}

impl Positions<'_> {
    fn advance(&mut self, offset: u32) -> (u32, u32) {
        for c in self.text[self.at..offset as usize].chars() {
            if c == '\n' {
                self.line += 1;
                self.column = 1;
            } else {
                self.column += 1;
            }
        }
        self.at = offset as usize;
        (self.line, self.column)
    }
}
