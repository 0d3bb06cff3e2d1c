//! The tree that readers make: a flat array of nodes in pre-order. It is lossless: nodes have spans, and what lies
//! between them is white space and comments, whose comments are listed in [`Tree::comments`].

use cl_text::Span;

/// Index of a node; 0 is the root.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct NodeId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NodeKind {
    /// The file; its children are the top-level forms.
    Root,
    /// `( … )`
    Paren,
    /// `[ … ]`
    Bracket,
    /// `{ … }`
    Brace,
    /// `#{ … }`
    HashBrace,
    /// `'x`; one child (none if the text ended).
    Quote,
    Symbol,
    Keyword,
    Int,
    Float,
    /// `#t #f true false`
    Bool,
    Nil,
    String,
    /// Text that is no datum; an error was reported for it.
    Error,
}

impl NodeKind {
    /// Does it hold other nodes?
    pub fn is_list(self) -> bool {
        use NodeKind::*;
        match self {
            Root | Paren | Bracket | Brace | HashBrace | Quote => true,
            Symbol | Keyword | Int | Float | Bool | Nil | String | Error => false,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Node {
    pub kind: NodeKind,
    pub span: Span,
    /// One past the index of the last descendant.
    pub subtree_end: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tree {
    pub nodes: Vec<Node>,
    /// Spans of comments (`;` to the end of the line, `#|…|#`, `#;` with the datum that it skips), ascending.
    pub comments: Vec<Span>,
}

impl Tree {
    pub const ROOT: NodeId = NodeId(0);

    pub fn node(&self, id: NodeId) -> Node {
        self.nodes[id.0 as usize]
    }

    /// The children of a node, in order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.nodes[id.0 as usize].subtree_end;
        let mut next = id.0 + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = next;
                next = self.nodes[child as usize].subtree_end;
                NodeId(child)
            })
        })
    }

    /// The text of a node; `text` is what the tree was read from.
    pub fn text<'t>(&self, text: &'t str, id: NodeId) -> &'t str {
        let span = self.node(id).span;
        &text[span.start as usize..span.end as usize]
    }
}
