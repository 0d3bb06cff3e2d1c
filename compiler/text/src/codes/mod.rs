//! The codes of all diagnostics: one module a code, each with the declaration, its explanation page (the text of
//! `clc explain CODE`) and the constructors of its messages.
//!
//! Ranges: E00xx reading and files, E01xx names and modules, E02xx forms, E03xx types and arity, W0xxx warnings. A code
//! never changes its meaning. In a page, the first fenced block is a program that gets the code and the second one is
//! mended.

use crate::{Diagnostic, Label, Level, Span};

/// The declaration of a code.
pub struct Code {
    /// Such as `E0101`.
    pub id: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    pub level: Level,
    /// Markdown, without the heading.
    pub page: &'static str,
}

impl Code {
    /// A diagnostic of this code whose primary label is at `span`.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut diagnostic = self.nowhere(message);
        diagnostic.labels.push(Label { span, message: String::new() });
        diagnostic
    }

    /// A diagnostic that is about no source text.
    pub fn nowhere(&'static self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.id,
            level: self.level,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            edits: Vec::new(),
        }
    }
}

/// Declares the modules, gives each its short name, and lists their codes in [`ALL`].
macro_rules! codes {
    ($($short:ident = $module:ident,)*) => {
        $(pub mod $module; pub use $module as $short;)*

        /// Every code, ascending.
        pub static ALL: &[&Code] = &[$(&$module::CODE),*];
    };
}

codes! {
    e0001 = e0001_unclosed_bracket,
    e0002 = e0002_mismatched_bracket,
    e0003 = e0003_stray_bracket,
    e0004 = e0004_unclosed_string,
    e0005 = e0005_unclosed_comment,
    e0006 = e0006_bad_escape,
    e0007 = e0007_missing_datum,
    e0008 = e0008_hidden_character,
    e0009 = e0009_not_utf8,
    e0010 = e0010_too_many_errors,
    e0011 = e0011_file_too_large,
    e0012 = e0012_unreadable_file,
}

/// The code named `id`, in either letter case.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
}
