//! What both readers recognise in the text, and hand to the tree builder.

use crate::NodeKind;

/// A kind of brackets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Delimiter {
    Paren,
    Bracket,
    Brace,
    HashBrace,
}

impl Delimiter {
    pub fn opener(self) -> &'static str {
        match self {
            Delimiter::Paren => "(",
            Delimiter::Bracket => "[",
            Delimiter::Brace => "{",
            Delimiter::HashBrace => "#{",
        }
    }

    pub fn closer(self) -> u8 {
        match self {
            Delimiter::Paren => b')',
            Delimiter::Bracket => b']',
            Delimiter::Brace | Delimiter::HashBrace => b'}',
        }
    }

    pub fn node_kind(self) -> NodeKind {
        match self {
            Delimiter::Paren => NodeKind::Paren,
            Delimiter::Bracket => NodeKind::Bracket,
            Delimiter::Brace => NodeKind::Brace,
            Delimiter::HashBrace => NodeKind::HashBrace,
        }
    }
}

/// A token. White space and a byte order mark at the start are none.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Token {
    Open(Delimiter),
    /// The closing bracket itself: `)`, `]` or `}`.
    Close(u8),
    /// `'`
    Quote,
    /// `#;`
    Skip,
    /// `;` to before the end of the line, or `#|` to its `|#`.
    Comment,
    /// A leaf: Symbol, Keyword, Int, Float, Bool, Nil or String.
    Atom(NodeKind),
    /// A name that holds this hidden character (the first one).
    Hidden(char),
    /// `"` to the end of the text.
    UnclosedString,
    /// `#|` to the end of the text, with so many comments open there.
    UnclosedComment(u32),
}

/// Something wrong inside a String, which stays one token.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Flaw {
    /// A backslash and the character after it.
    UnknownEscape,
    /// `\u{…}` that is no scalar value, or a `\u` without braces and digits.
    BadUnicode,
}

/// Whether a character is refused in names: controls, white space, and marks that cannot be seen or that reorder text.
/// U+200C and U+200D are visible in their effect (they shape letters and emoji), so they are allowed.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || c.is_whitespace()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}')
        || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || matches!(c, '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
