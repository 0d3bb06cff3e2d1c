//! Text to lossless tree. Reading never fails: it gives a tree and a list of errors for any text.
//!
//! [`read`] is the reader that builds use: a hand-written lexer that feeds the tree builder, with no recursion on the
//! input, so that nesting is bounded by memory only. `grammar.pest` is the normative grammar; [`reference::read`] reads
//! by it, and tests hold the two readers together. What a leaf means is in [`literal`].

pub mod allow;
mod build;
pub mod format;
mod layout;
mod lexer;
pub mod literal;
pub mod reference;
pub mod token;
pub mod tree;

use build::Builder;
use cl_text::{Diagnostic, FileId};
pub use tree::{Node, NodeId, NodeKind, Tree};

/// What reading a text gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Read {
    pub tree: Tree,
    /// Ascending by primary position. Where it is empty, the tree has no [`NodeKind::Error`].
    pub errors: Vec<Diagnostic>,
}

/// Reads a text of less than 4 GiB (see [`cl_text::source::decode`], which checks the size and the encoding).
pub fn read(text: &str, file: FileId) -> Read {
    let mut builder = Builder::new(text, file);
    lexer::lex(text, &mut builder);
    builder.finish()
}

#[cfg(test)]
mod agreement_tests;
#[cfg(test)]
mod tests;
