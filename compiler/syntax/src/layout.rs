//! What indentation says about brackets that were never closed.
//!
//! A line belongs to a bracket while it is indented more than the line on which the bracket was opened. The first later
//! line that is not betrays an unclosed bracket: it should have been closed before there.

use crate::{Node, NodeKind};

/// For each unclosed bracket (their positions in the text, ascending) the position of the first token of the line that
/// betrays it, if there is one. One pass over the tokens, plus a sort.
pub fn suspects(text: &str, nodes: &[Node], openers: &[u32]) -> Vec<Option<u32>> {
    let mut found = vec![None; openers.len()];
    // Openers whose line is known and that nothing betrayed yet; their indentations ascend.
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    let mut next_opener = 0;
    let mut indentation = 0;
    for at in token_positions(text, nodes, openers) {
        if let Some(column) = indentation_before(text, at) {
            indentation = column;
            while waiting.last().is_some_and(|&(_, indent)| indent >= column) {
                let (opener, _) = waiting.pop().expect("it has a last element");
                found[opener] = Some(at);
            }
        }
        if openers.get(next_opener) == Some(&at) {
            waiting.push((next_opener, indentation));
            next_opener += 1;
        }
    }
    found
}

/// Where tokens start: nodes, closing brackets, and the unclosed openers (which may stand in a datum that `#;` dropped).
fn token_positions(text: &str, nodes: &[Node], openers: &[u32]) -> Vec<u32> {
    let bytes = text.as_bytes();
    let mut positions: Vec<u32> = openers.to_vec();
    for node in nodes.iter().skip(1) {
        positions.push(node.span.start);
        let brackets = matches!(node.kind, NodeKind::Paren | NodeKind::Bracket | NodeKind::Brace | NodeKind::HashBrace);
        let last = node.span.end - 1;
        if brackets && matches!(bytes[last as usize], b')' | b']' | b'}') {
            positions.push(last);
        }
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}

/// How many characters stand before `at` on its line, if all of them are blank.
fn indentation_before(text: &str, at: u32) -> Option<usize> {
    let before = &text.as_bytes()[..at as usize];
    let blank = before.iter().rev().take_while(|b| matches!(b, b' ' | b'\t' | b',' | b'\r')).count();
    let starts_line = blank == before.len() || before[before.len() - blank - 1] == b'\n';
    starts_line.then_some(blank)
}
