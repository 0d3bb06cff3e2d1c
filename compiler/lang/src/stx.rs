//! Syntax objects: what macro expansion and resolution walk over. An arena of small nodes; lists are ranges of a pool of
//! ids, so that expansion can share the parts that a macro's user wrote.
//!
//! Literals have no payload: their value is read from the source text at their span when it is wanted.

use crate::names::{Name, Names};
use cl_syntax::tree::{NodeId, NodeKind, Tree};
use cl_text::Span;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct StxId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StxKind {
    Paren,
    Bracket,
    Brace,
    HashBrace,
    /// One child, none after a syntax error.
    Quote,
    Symbol(Name),
    Keyword(Name),
    Int,
    Float,
    Bool,
    Nil,
    String,
    /// Something that was reported already.
    Error,
}

#[derive(Clone, Copy, Debug)]
pub struct Stx {
    pub kind: StxKind,
    pub span: Span,
    pub items: Seq,
    /// Levels of nesting in it; 0 for an atom.
    pub depth: u32,
    /// The part of a macro's template that it was made from. Its span is then that of the macro's use.
    pub template: Option<StxId>,
}

/// Some consecutive children of a node.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Seq {
    start: u32,
    len: u32,
}

impl Seq {
    pub const EMPTY: Seq = Seq { start: 0, len: 0 };

    pub fn len(self) -> usize {
        self.len as usize
    }

    pub fn is_empty(self) -> bool {
        self.len == 0
    }

    /// Without the first `n`.
    pub fn skip(self, n: usize) -> Seq {
        let n = (n as u32).min(self.len);
        Seq { start: self.start + n, len: self.len - n }
    }

    /// Only the first `n`.
    pub fn take(self, n: usize) -> Seq {
        Seq { start: self.start, len: self.len.min(n as u32) }
    }
}

/// How deeply source may be nested. Everything behind the reader recurses over trees; this bounds its stack.
pub const MAX_NESTING: usize = 10_000;

#[derive(Default)]
pub struct Arena {
    nodes: Vec<Stx>,
    pool: Vec<StxId>,
}

impl Arena {
    /// How many nodes there are: ids from here on are new.
    pub fn count(&self) -> usize {
        self.nodes.len()
    }

    /// Notes the part of a template that a node was made from.
    pub fn made_from(&mut self, id: StxId, template: StxId) -> StxId {
        self.nodes[id.0 as usize].template = Some(template);
        id
    }

    /// Where a node that a macro made is written: in the macro's template.
    pub fn written_at(&self, id: StxId) -> Option<Span> {
        let mut template = self.get(id).template?;
        while let Some(outer) = self.get(template).template {
            template = outer;
        }
        Some(self.span(template))
    }

    pub fn get(&self, id: StxId) -> Stx {
        self.nodes[id.0 as usize]
    }

    pub fn kind(&self, id: StxId) -> StxKind {
        self.nodes[id.0 as usize].kind
    }

    pub fn span(&self, id: StxId) -> Span {
        self.nodes[id.0 as usize].span
    }

    pub fn items(&self, id: StxId) -> Seq {
        self.nodes[id.0 as usize].items
    }

    pub fn at(&self, seq: Seq, i: usize) -> StxId {
        self.pool[seq.start as usize..][..seq.len()][i]
    }

    pub fn first(&self, seq: Seq) -> Option<StxId> {
        (seq.len > 0).then(|| self.pool[seq.start as usize])
    }

    pub fn slice(&self, seq: Seq) -> &[StxId] {
        &self.pool[seq.start as usize..][..seq.len()]
    }

    /// The name, if the node is a symbol.
    pub fn symbol(&self, id: StxId) -> Option<Name> {
        match self.kind(id) {
            StxKind::Symbol(name) => Some(name),
            _ => None,
        }
    }

    /// The name at the head of a parenthesised form.
    pub fn head(&self, id: StxId) -> Option<Name> {
        let node = self.get(id);
        (node.kind == StxKind::Paren).then(|| self.first(node.items)).flatten().and_then(|h| self.symbol(h))
    }

    /// Is the node nested deeper than anything that source may hold?
    pub fn too_deep(&self, id: StxId) -> bool {
        self.get(id).depth as usize > MAX_NESTING
    }

    pub fn atom(&mut self, kind: StxKind, span: Span) -> StxId {
        self.nodes.push(Stx { kind, span, items: Seq::EMPTY, depth: 0, template: None });
        StxId(self.nodes.len() as u32 - 1)
    }

    pub fn list(&mut self, kind: StxKind, span: Span, items: &[StxId]) -> StxId {
        let start = self.pool.len() as u32;
        self.pool.extend_from_slice(items);
        let depth = 1 + items.iter().map(|i| self.get(*i).depth).max().unwrap_or(0);
        self.nodes.push(Stx { kind, span, items: Seq { start, len: items.len() as u32 }, depth, template: None });
        StxId(self.nodes.len() as u32 - 1)
    }

    /// Copies the subtree of `root` out of a reader's tree. `too_deep` gets the spans of nodes nested deeper than
    /// [`MAX_NESTING`], which become [`StxKind::Error`]. Linear, without recursion.
    pub fn convert(
        &mut self,
        names: &mut Names,
        text: &str,
        tree: &Tree,
        root: NodeId,
        too_deep: &mut Vec<Span>,
    ) -> StxId {
        let base = self.nodes.len() as u32;
        // where the lists end that are open at a node
        let mut ends: Vec<u32> = Vec::new();
        for index in root.0..tree.node(root).subtree_end {
            while ends.last().is_some_and(|&end| end <= index) {
                ends.pop();
            }
            let node = tree.node(NodeId(index));
            let source = &text[node.span.start as usize..node.span.end as usize];
            let mut kind = kind_of(names, node.kind, source);
            let mut items = Seq::EMPTY;
            if node.subtree_end > index + 1 {
                if ends.len() >= MAX_NESTING {
                    if ends.len() == MAX_NESTING {
                        too_deep.push(node.span);
                    }
                    kind = StxKind::Error;
                } else {
                    let start = self.pool.len() as u32;
                    self.pool.extend(tree.children(NodeId(index)).map(|child| StxId(base + (child.0 - root.0))));
                    items = Seq { start, len: self.pool.len() as u32 - start };
                }
                ends.push(node.subtree_end);
            }
            self.nodes.push(Stx { kind, span: node.span, items, depth: 0, template: None });
        }
        self.measure(base);
        StxId(base)
    }

    /// Sets the depths of the nodes from `base` on, in which children come after their parents.
    fn measure(&mut self, base: u32) {
        for index in (base as usize..self.nodes.len()).rev() {
            let items = self.nodes[index].items;
            if !items.is_empty() {
                let deepest = self.slice(items).iter().map(|i| self.get(*i).depth).max();
                self.nodes[index].depth = 1 + deepest.unwrap_or(0);
            }
        }
    }
}

fn kind_of(names: &mut Names, kind: NodeKind, source: &str) -> StxKind {
    match kind {
        NodeKind::Root | NodeKind::Paren => StxKind::Paren,
        NodeKind::Bracket => StxKind::Bracket,
        NodeKind::Brace => StxKind::Brace,
        NodeKind::HashBrace => StxKind::HashBrace,
        NodeKind::Quote => StxKind::Quote,
        NodeKind::Symbol => StxKind::Symbol(names.intern(source)),
        NodeKind::Keyword => StxKind::Keyword(names.intern(source.strip_prefix(':').unwrap_or(source))),
        NodeKind::Int => StxKind::Int,
        NodeKind::Float => StxKind::Float,
        NodeKind::Bool => StxKind::Bool,
        NodeKind::Nil => StxKind::Nil,
        NodeKind::String => StxKind::String,
        NodeKind::Error => StxKind::Error,
    }
}
