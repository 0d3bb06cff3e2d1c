//! Diagnostics as data; rendering is elsewhere.

use crate::source::Span;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    Error,
    Warning,
}

/// One message about the user's program.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Stable code such as `E0107`; each has a module under `codes/`.
    pub code: &'static str,
    pub level: Level,
    pub message: String,
    /// Where; the first label is the primary one.
    pub labels: Vec<Label>,
    /// Further sentences: what was expected, why, what to do ("help: …").
    pub notes: Vec<String>,
    /// Certain fixes.
    pub edits: Vec<Edit>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    pub span: Span,
    pub message: String,
}

/// Replaces the text at `span`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Edit {
    pub span: Span,
    pub replacement: String,
}
