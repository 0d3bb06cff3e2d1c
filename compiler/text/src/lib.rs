//! Source files, positions, diagnostics as data with their codes, and their renderers.
//!
//! No stage of the compiler prints: each returns [`Diagnostic`]s, made by the constructors in [`codes`], and the
//! command line renders them.

pub mod codes;
pub mod diagnostic;
pub mod near;
pub mod render;
pub mod source;

pub use diagnostic::{Diagnostic, Edit, Label, Level};
pub use near::near;
pub use source::{FileId, SourceMap, Span};
