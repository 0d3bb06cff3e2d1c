//! What the formatter works on: the nodes of the tree and its comments in one array in pre-order, each with the line
//! breaks that the user put before it.

use super::style::Style;
use crate::{NodeKind, Tree};

/// What a piece is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    Node(NodeKind),
    /// `;` to the end of the line.
    LineComment,
    /// `#|…|#`, or `#;` with what it skips.
    BlockComment,
}

/// Where a line may break before a piece, when the list around it takes several lines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Break {
    /// Never; what the user did is undone.
    Never,
    /// Where the user did, where the line would be too long, and after a sibling of several lines.
    Free,
    /// Where the user did, or where the piece would not fit whole.
    Soft,
    /// Likewise, and before a form that takes several lines.
    Whole,
    /// Always.
    Always,
}

/// A node or a comment.
pub struct Piece<'t> {
    pub kind: Kind,
    /// The text of a leaf or comment; of a list its opener.
    pub text: &'t str,
    /// One past the index of the last piece inside; the next index for what holds nothing.
    pub end: usize,
    /// Line breaks in the source between what is before it and itself: 0, 1, or 2 for more.
    pub breaks: u8,
    /// Spaces before it in the source, where it is on one line with what is before it.
    pub spaces: u32,
    /// May a line break before it?
    pub before: Break,
    /// How it lays out what is inside.
    pub style: Style,
    /// Characters on one line; of a text with several lines those of the first.
    pub width: u32,
    /// Takes several lines wherever it stands.
    pub tall: bool,
}

impl Piece<'_> {
    pub fn is_list(&self) -> bool {
        matches!(self.kind, Kind::Node(kind) if kind.is_list())
    }

    /// Is it in parentheses?
    pub fn is_form(&self) -> bool {
        self.kind == Kind::Node(NodeKind::Paren)
    }

    pub fn is_node(&self) -> bool {
        matches!(self.kind, Kind::Node(_))
    }

    pub fn closer(&self) -> &'static str {
        match self.kind {
            Kind::Node(NodeKind::Paren) => ")",
            Kind::Node(NodeKind::Bracket) => "]",
            Kind::Node(NodeKind::Brace | NodeKind::HashBrace) => "}",
            Kind::Node(_) | Kind::LineComment | Kind::BlockComment => "",
        }
    }
}

/// The children of the piece at `parent`, by index.
pub fn children<'p>(pieces: &'p [Piece], parent: usize) -> impl Iterator<Item = usize> + 'p {
    let mut next = parent + 1;
    std::iter::from_fn(move || {
        (next < pieces[parent].end).then(|| {
            let child = next;
            next = pieces[child].end;
            child
        })
    })
}

/// The children that are no comments.
pub fn nodes<'p>(pieces: &'p [Piece], parent: usize) -> impl Iterator<Item = usize> + 'p {
    children(pieces, parent).filter(|&child| pieces[child].is_node())
}

/// All pieces of a tree without errors; the first is the root.
pub fn pieces<'t>(tree: &Tree, text: &'t str) -> Vec<Piece<'t>> {
    let mut merge = Merge { text, pieces: Vec::with_capacity(tree.nodes.len()), open: Vec::new(), at: 0 };
    let mut comments = tree.comments.iter().peekable();
    for (index, node) in tree.nodes.iter().enumerate() {
        while let Some(comment) = comments.next_if(|c| index > 0 && c.start < node.span.start) {
            merge.comment(comment.start, comment.end);
        }
        merge.node(node.kind, node.span.start, node.span.end);
    }
    for comment in comments {
        merge.comment(comment.start, comment.end);
    }
    merge.close_before(u32::MAX);
    merge.pieces
}

struct Merge<'t> {
    text: &'t str,
    pieces: Vec<Piece<'t>>,
    /// The lists around the place: index and end in the text.
    open: Vec<(usize, u32)>,
    /// The end of the last token.
    at: u32,
}

impl<'t> Merge<'t> {
    fn node(&mut self, kind: NodeKind, start: u32, end: u32) {
        let opener_end = match kind {
            NodeKind::Root => start,
            NodeKind::HashBrace => start + 2,
            NodeKind::Paren | NodeKind::Bracket | NodeKind::Brace | NodeKind::Quote => start + 1,
            _ => end,
        };
        self.add(Kind::Node(kind), start, opener_end);
        if kind.is_list() {
            let end = if kind == NodeKind::Root { u32::MAX } else { end };
            self.open.push((self.pieces.len() - 1, end));
        }
    }

    fn comment(&mut self, start: u32, end: u32) {
        let line = self.text[start as usize..].starts_with(';');
        self.add(if line { Kind::LineComment } else { Kind::BlockComment }, start, end);
    }

    /// Adds a piece whose own text is `start..end`.
    fn add(&mut self, kind: Kind, start: u32, end: u32) {
        self.close_before(start);
        let gap = &self.text[self.at as usize..start as usize];
        let breaks = gap.bytes().filter(|&b| b == b'\n').take(2).count() as u8;
        let own = &self.text[start as usize..end as usize];
        self.pieces.push(Piece {
            kind,
            text: if kind == Kind::LineComment { own.trim_end() } else { own },
            end: self.pieces.len() + 1,
            breaks,
            spaces: if breaks == 0 { gap.len() as u32 } else { 0 },
            before: Break::Never,
            style: Style::DATA,
            width: 0,
            tall: false,
        });
        self.at = end;
    }

    /// Ends the lists that end at or before a place.
    fn close_before(&mut self, place: u32) {
        while let Some(&(index, end)) = self.open.last()
            && end <= place
        {
            self.open.pop();
            self.pieces[index].end = self.pieces.len();
            self.at = end;
        }
    }
}

/// Sets `width` and `tall` of all pieces, from the leaves up.
pub fn measure(pieces: &mut [Piece]) {
    for index in (0..pieces.len()).rev() {
        let piece = &pieces[index];
        let (width, tall) = if piece.is_list() {
            measure_list(pieces, index)
        } else {
            let first = piece.text.lines().next().unwrap_or("");
            let tall = piece.kind == Kind::LineComment || piece.text.contains('\n');
            (first.chars().count() as u32, tall)
        };
        pieces[index].width = width;
        pieces[index].tall = tall;
    }
}

fn measure_list(pieces: &[Piece], index: usize) -> (u32, bool) {
    let list = &pieces[index];
    let mut width = (list.text.len() + list.closer().len()) as u32;
    let mut tall = list.kind == Kind::Node(NodeKind::Root);
    for (position, child) in children(pieces, index).enumerate() {
        let child = &pieces[child];
        width = width.saturating_add(child.width).saturating_add(u32::from(position > 0));
        tall |= child.tall || child.kept_break();
    }
    (width, tall)
}

impl Piece<'_> {
    /// Did the user break the line before it, at a place where that is kept?
    pub fn kept_break(&self) -> bool {
        self.breaks > 0 && self.before != Break::Never
    }
}
