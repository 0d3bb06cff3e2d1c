//! Source files, positions, and diagnostics as data. No stage of the compiler prints: each returns [`Diagnostic`]s.

pub mod diagnostic;
pub mod source;

pub use diagnostic::{Diagnostic, Edit, Label, Level};
pub use source::{FileId, SourceMap, Span};
