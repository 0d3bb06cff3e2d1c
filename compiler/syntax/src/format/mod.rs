//! The formatter: text to text, one canonical layout for each way to break a program into lines.
//!
//! It keeps the user's line breaks where they make sense, adds those that a form needs once it takes several lines or
//! does not fit into [`WIDTH`], and sets indentation and spaces anew. Comments stay with their neighbours, strings and names are
//! untouched, blank lines are kept one at a time. Three passes over a flat array of pieces, none of which recurses:
//! `pieces` merges nodes and comments, `style` says how each form is laid out, `write` lays it out.
//!
//! Formatting what was formatted changes nothing: what the writer decides depends on columns and on breaks that
//! it keeps, and each break that it adds is one that it would keep.

mod pieces;
mod style;
#[cfg(test)]
mod tests;
mod write;

use crate::{NodeId, Read, Tree, read};
use cl_text::{Diagnostic, FileId};

/// The most characters that a line should have. Strings and comments are never broken, so they may be longer.
pub const WIDTH: u32 = 100;

/// The formatted text, or what is wrong with it: a text that cannot be read is not touched.
pub fn format(text: &str, file: FileId) -> Result<String, Vec<Diagnostic>> {
    let Read { tree, errors } = read(text, file);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut pieces = pieces::pieces(&tree, text);
    style::assign(&mut pieces);
    pieces::measure(&mut pieces);
    Ok(write::write(&pieces))
}

/// Whether two texts are the same program with the same comments: equal trees, and equal comments at equal places in them,
/// but for the spaces at the ends of lines in comments.
pub fn same_program(a: &str, b: &str) -> bool {
    let (read_a, read_b) = (read(a, FileId(0)), read(b, FileId(0)));
    read_a.errors.is_empty() == read_b.errors.is_empty()
        && same_nodes(&read_a.tree, a, &read_b.tree, b)
        && comments(&read_a.tree, a).eq(comments(&read_b.tree, b))
}

fn same_nodes(a: &Tree, text_a: &str, b: &Tree, text_b: &str) -> bool {
    a.nodes.len() == b.nodes.len()
        && (0..a.nodes.len()).all(|i| {
            let (x, y, id) = (&a.nodes[i], &b.nodes[i], NodeId(i as u32));
            let is_leaf = x.subtree_end == i as u32 + 1 && !x.kind.is_list();
            x.kind == y.kind && x.subtree_end == y.subtree_end && (!is_leaf || a.text(text_a, id) == b.text(text_b, id))
        })
}

/// Each comment with the number of nodes that start before it and of nodes that end before it.
fn comments<'t>(tree: &'t Tree, text: &'t str) -> impl Iterator<Item = (usize, usize, &'t str)> {
    let mut ends: Vec<u32> = tree.nodes.iter().skip(1).map(|n| n.span.end).collect();
    ends.sort_unstable();
    tree.comments.iter().map(move |c| {
        let started = tree.nodes[1..].partition_point(|n| n.span.start < c.start);
        let ended = ends.partition_point(|&end| end <= c.start);
        (started, ended, text[c.start as usize..c.end as usize].trim_end())
    })
}
