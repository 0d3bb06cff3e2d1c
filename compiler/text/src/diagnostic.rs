//! Diagnostics as data; rendering is in [`crate::render`], the list of codes in [`crate::codes`].
//!
//! A diagnostic is made by the constructor of its code's module (`codes::e0101::unbound(…)`), so that the wording of
//! one kind of message stands in one place. The builder methods here serve those constructors.

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
    /// Where; the first label is the primary one. Empty only where no source text is concerned (a missing file).
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

impl Diagnostic {
    /// The message under the primary label.
    ///
    /// Without a primary label there is nothing to say it under, and the message is dropped.
    pub fn here(mut self, message: impl Into<String>) -> Self {
        if let Some(label) = self.labels.first_mut() {
            label.message = message.into();
        }
        self
    }

    /// A further place that the message is about.
    pub fn label(mut self, span: Span, message: impl Into<String>) -> Self {
        self.labels.push(Label { span, message: message.into() });
        self
    }

    /// A sentence of background.
    pub fn note(mut self, message: impl Into<String>) -> Self {
        self.notes.push(message.into());
        self
    }

    /// A sentence that says what to do.
    pub fn help(self, message: impl Into<String>) -> Self {
        self.note(format!("help: {}", message.into()))
    }

    /// A fix that is certainly right.
    pub fn edit(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.edits.push(Edit { span, replacement: replacement.into() });
        self
    }

    /// The same message as a warning: for a failure that the program itself may handle (it stands inside a `try`).
    pub fn as_warning(mut self) -> Self {
        self.level = Level::Warning;
        self
    }

    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}
