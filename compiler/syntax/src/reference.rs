//! The reference reader: tokens by `grammar.pest`, the normative grammar, and not by the lexer's tables. It gives the same
//! tree and errors as [`crate::read`] for any text, much more slowly. Tests compare the two, and `clc read --reference`
//! shows its tree.
//!
//! pest stops at the first error and recurses with nesting, so it is asked for one token at a time: the token layer of the
//! grammar is total and flat. Nested comments are counted here, brackets are matched by the common tree builder.

use crate::build::Builder;
use crate::token::{Delimiter, Flaw, Token, is_hidden};
use crate::{NodeKind, Read};
use cl_text::FileId;
use pest::Parser;
use pest::iterators::Pair;
use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "grammar.pest"]
struct Grammar;

/// Reads a text by the grammar; the same result as [`crate::read`].
pub fn read(text: &str, file: FileId) -> Read {
    let mut builder = Builder::new(text, file);
    let mut at = match Grammar::parse(Rule::byte_order_mark, text) {
        Ok(_) => '\u{feff}'.len_utf8(),
        Err(_) => 0,
    };
    while at < text.len() {
        let pair = step(Rule::token, &text[at..]);
        at = match pair.as_rule() {
            Rule::comment_start => comment(text, at, &mut builder),
            _ => token(&pair, at, &mut builder),
        };
    }
    builder.finish()
}

/// Whether `text` has the structure of a text without errors, by the grammar's second layer. It recurses with nesting,
/// so it is for tests on shallow texts. (The grammar cannot tell hidden characters and invalid scalar values.)
#[cfg(test)]
pub fn is_well_formed(text: &str) -> bool {
    Grammar::parse(Rule::source, text).is_ok()
}

/// The one token that matches at the start of a text that is not empty.
fn step(rule: Rule, text: &str) -> Pair<'_, Rule> {
    let pairs = Grammar::parse(rule, text);
    pairs.ok().and_then(|mut p| p.next()).expect("the token layer of the grammar matches at each position of any text")
}

/// Hands the token to the builder; gives the position after it.
fn token(pair: &Pair<Rule>, start: usize, builder: &mut Builder) -> usize {
    let end = start + pair.as_str().len();
    let token = match pair.as_rule() {
        Rule::blank => return end,
        Rule::line_comment => Token::Comment,
        Rule::skip => Token::Skip,
        Rule::quote => Token::Quote,
        Rule::open => Token::Open(delimiter(pair)),
        Rule::close => Token::Close(pair.as_str().as_bytes()[0]),
        Rule::string | Rule::open_string => {
            flaws(pair, start, builder);
            if pair.as_rule() == Rule::string { Token::Atom(NodeKind::String) } else { Token::UnclosedString }
        }
        Rule::atom => match pair.as_str().chars().find(|&c| is_hidden(c)) {
            Some(c) => Token::Hidden(c),
            None => Token::Atom(atom_kind(pair)),
        },
        rule => unreachable!("{rule:?} is no alternative of the grammar's `token`"),
    };
    builder.token(token, start, end);
    end
}

fn delimiter(open: &Pair<Rule>) -> Delimiter {
    match inner_rule(open) {
        Rule::hash_brace => Delimiter::HashBrace,
        Rule::paren => Delimiter::Paren,
        Rule::bracket => Delimiter::Bracket,
        Rule::brace => Delimiter::Brace,
        rule => unreachable!("{rule:?} is no alternative of the grammar's `open`"),
    }
}

fn atom_kind(atom: &Pair<Rule>) -> NodeKind {
    match inner_rule(atom) {
        Rule::float => NodeKind::Float,
        Rule::int => NodeKind::Int,
        Rule::boolean => NodeKind::Bool,
        Rule::nil => NodeKind::Nil,
        Rule::keyword => NodeKind::Keyword,
        Rule::symbol => NodeKind::Symbol,
        rule => unreachable!("{rule:?} is no alternative of the grammar's `atom`"),
    }
}

fn inner_rule(pair: &Pair<Rule>) -> Rule {
    pair.clone().into_inner().next().expect("the rule has an inner rule for each alternative").as_rule()
}

/// Hands the flaws of a string to the builder.
fn flaws(string: &Pair<Rule>, start: usize, builder: &mut Builder) {
    for part in string.clone().into_inner() {
        let flaw = match part.as_rule() {
            Rule::bad_escape => Flaw::UnknownEscape,
            Rule::bad_unicode => Flaw::BadUnicode,
            Rule::unicode_escape => {
                let digits = part.as_str().trim_start_matches("\\u{").trim_end_matches('}');
                match u32::from_str_radix(digits, 16).ok().and_then(char::from_u32) {
                    Some(_) => continue,
                    None => Flaw::BadUnicode,
                }
            }
            _ => continue,
        };
        let span = part.as_span();
        builder.flaw(flaw, start + span.start(), start + span.end());
    }
}

/// Reads a nested comment from its `#|` on; gives the position after it.
fn comment(text: &str, start: usize, builder: &mut Builder) -> usize {
    let mut depth = 0;
    let mut at = start;
    while at < text.len() {
        let pair = step(Rule::comment_step, &text[at..]);
        at += pair.as_str().len();
        match pair.as_rule() {
            Rule::comment_start => depth += 1,
            Rule::comment_end => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            builder.token(Token::Comment, start, at);
            return at;
        }
    }
    builder.token(Token::UnclosedComment(depth), start, at);
    at
}
