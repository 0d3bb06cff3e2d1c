//! The structural pass: tokens to tree. It matches brackets, attaches quotes, drops what `#;` skips, and turns
//! everything that is wrong into diagnostics. Both readers share it; they differ in how they find tokens.
//!
//! Recovery: a closer of the wrong kind closes the brackets up to the nearest one that it fits, or else the innermost
//! one; a closer with nothing open is dropped; at the end of the text all is closed. Where the guess was wrong and a closer
//! was only of the wrong kind, its form ends too early and a later closer is left over: that one is forgiven.

use crate::layout;
use crate::token::{Delimiter, Flaw, Token};
use crate::{Node, NodeKind, Read, Tree};
use cl_text::{Diagnostic, FileId, Span, codes};

/// After so many errors in one file, further ones are only counted: nobody reads them, and a hostile file must not fill
/// the memory with messages.
const MOST_ERRORS: usize = 200;

pub struct Builder<'t> {
    text: &'t str,
    file: FileId,
    nodes: Vec<Node>,
    comments: Vec<Span>,
    frames: Vec<Frame>,
    /// How many frames each closer fits: `)`, `]`, `}`.
    open: [u32; 3],
    errors: Vec<Diagnostic>,
    /// Where the first error stood that was not kept.
    overflow: Option<Span>,
    /// The end of the last stray closer and the index of its error: neighbours share one message.
    last_stray: (u32, usize),
    /// How many stray closers earlier mismatches explain.
    forgiven: u32,
    /// The text ended inside a string or comment, so that open brackets are no errors of their own.
    cut_off: bool,
}

/// Something that waits for its end.
#[derive(Clone, Copy)]
struct Frame {
    kind: FrameKind,
    /// Where it starts in the text.
    start: u32,
    /// The number of nodes before it; for all but `Skip` also its own node.
    node: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum FrameKind {
    Open(Delimiter),
    /// Waits for one datum.
    Quote,
    /// Waits for one datum and drops it.
    Skip,
}

impl<'t> Builder<'t> {
    pub fn new(text: &'t str, file: FileId) -> Self {
        // Real programs have a node every 5 to 6 bytes; the estimate saves most of the copying while the list grows.
        let mut nodes = Vec::with_capacity(text.len() / 6 + 16);
        nodes.push(Node {
            kind: NodeKind::Root,
            span: Span { file, start: 0, end: text.len() as u32 },
            subtree_end: 0,
        });
        Builder {
            text,
            file,
            nodes,
            comments: Vec::new(),
            frames: Vec::new(),
            open: [0; 3],
            errors: Vec::new(),
            overflow: None,
            last_stray: (u32::MAX, 0),
            forgiven: 0,
            cut_off: false,
        }
    }

    /// Takes the token at bytes `start..end`; tokens come in order.
    pub fn token(&mut self, token: Token, start: usize, end: usize) {
        let span = self.span(start, end);
        match token {
            Token::Atom(kind) => self.leaf(kind, span),
            Token::Open(delimiter) => self.open_bracket(delimiter, span),
            Token::Close(closer) => self.close_bracket(closer, span),
            Token::Comment => self.comments.push(span),
            Token::Quote => {
                self.frames.push(Frame { kind: FrameKind::Quote, start: span.start, node: self.nodes.len() as u32 });
                self.push_node(NodeKind::Quote, span);
            }
            Token::Skip => {
                self.frames.push(Frame { kind: FrameKind::Skip, start: span.start, node: self.nodes.len() as u32 });
            }
            Token::Hidden(c) => {
                self.report(span, |_| codes::e0008::hidden(span, c));
                self.leaf(NodeKind::Error, span);
            }
            Token::UnclosedString => self.unclosed_string(span),
            Token::UnclosedComment(depth) => {
                self.cut_off = true;
                self.report(span, |_| codes::e0005::unclosed(Span { end: span.start + 2, ..span }, depth));
                self.comments.push(span);
            }
        }
    }

    /// Takes a flaw inside the String token that follows.
    pub fn flaw(&mut self, flaw: Flaw, start: usize, end: usize) {
        let span = self.span(start, end);
        self.report(span, |text| match flaw {
            Flaw::UnknownEscape => codes::e0006::unknown(span, &text[start..end]),
            Flaw::BadUnicode => codes::e0006::bad_unicode(span, &text[start..end]),
        });
    }

    /// Ends all that is open and gives the result.
    pub fn finish(mut self) -> Read {
        let end = self.text.len() as u32;
        let mut unclosed = Vec::new();
        loop {
            self.drop_pending_prefixes();
            let Some(frame) = self.frames.pop() else { break };
            if let FrameKind::Open(delimiter) = frame.kind {
                unclosed.push((frame.start, delimiter));
                self.end_node(frame.node, end);
                self.datum_done(end);
            }
        }
        self.nodes[0].subtree_end = self.nodes.len() as u32;
        if !self.cut_off {
            unclosed.reverse();
            self.report_unclosed(&unclosed);
        }
        if let Some(span) = self.overflow {
            self.errors.push(codes::e0010::too_many(span, MOST_ERRORS));
        }
        self.errors.sort_by_key(|e| e.labels[0].span.start);
        Read { tree: Tree { nodes: self.nodes, comments: self.comments }, errors: self.errors }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span { file: self.file, start: start as u32, end: end as u32 }
    }

    fn push_node(&mut self, kind: NodeKind, span: Span) {
        let subtree_end = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { kind, span, subtree_end });
    }

    fn end_node(&mut self, node: u32, end: u32) {
        let subtree_end = self.nodes.len() as u32;
        let node = &mut self.nodes[node as usize];
        node.span.end = end;
        node.subtree_end = subtree_end;
    }

    fn leaf(&mut self, kind: NodeKind, span: Span) {
        self.push_node(kind, span);
        self.datum_done(span.end);
    }

    /// A datum has just ended at `end`: ends the quotes that waited for it, and drops it if it is to be skipped.
    #[inline]
    fn datum_done(&mut self, end: u32) {
        while let Some(&frame) = self.frames.last() {
            match frame.kind {
                FrameKind::Open(_) => return,
                FrameKind::Quote => {
                    self.frames.pop();
                    self.end_node(frame.node, end);
                }
                FrameKind::Skip => {
                    self.frames.pop();
                    self.nodes.truncate(frame.node as usize);
                    let inner = self.comments.partition_point(|c| c.start < frame.start);
                    self.comments.truncate(inner);
                    self.comments.push(Span { file: self.file, start: frame.start, end });
                    return;
                }
            }
        }
    }

    fn open_bracket(&mut self, delimiter: Delimiter, span: Span) {
        // A form at the left margin is a new beginning.
        if self.forgiven > 0 && self.frames.is_empty() && self.text[..span.start as usize].ends_with('\n') {
            self.forgiven = 0;
        }
        self.frames.push(Frame { kind: FrameKind::Open(delimiter), start: span.start, node: self.nodes.len() as u32 });
        self.open[closer_index(delimiter.closer())] += 1;
        self.push_node(delimiter.node_kind(), span);
    }

    fn close_bracket(&mut self, closer: u8, span: Span) {
        self.drop_pending_prefixes();
        match self.frames.last() {
            Some(&Frame { kind: FrameKind::Open(delimiter), .. }) if delimiter.closer() == closer => {
                self.close_innermost(span.end);
            }
            Some(&Frame { kind: FrameKind::Open(delimiter), start, .. }) => {
                self.mismatched(delimiter, start, closer, span);
            }
            // `drop_pending_prefixes` leaves a bracket on top, or nothing.
            _ => self.stray(closer, span),
        }
    }

    fn mismatched(&mut self, delimiter: Delimiter, start: u32, closer: u8, span: Span) {
        let opener = delimiter.opener();
        let open = Span { file: self.file, start, end: start + opener.len() as u32 };
        self.report(open, |_| codes::e0002::mismatched(open, opener, span, closer as char, delimiter.closer() as char));
        if self.open[closer_index(closer)] > 0 {
            while !matches!(self.frames.last(),
                Some(&Frame { kind: FrameKind::Open(d), .. }) if d.closer() == closer)
            {
                self.close_innermost(span.start);
                self.forgiven += 1;
            }
        }
        self.close_innermost(span.end);
    }

    /// Ends the innermost bracket, which is the last frame.
    fn close_innermost(&mut self, end: u32) {
        if let Some(Frame { kind: FrameKind::Open(delimiter), node, .. }) = self.frames.pop() {
            self.open[closer_index(delimiter.closer())] -= 1;
            self.end_node(node, end);
            self.datum_done(end);
        }
    }

    fn stray(&mut self, closer: u8, span: Span) {
        if self.forgiven > 0 {
            self.forgiven -= 1;
            return;
        }
        if self.last_stray.0 == span.start {
            self.last_stray.0 = span.end;
            let index = self.last_stray.1;
            if let Some(error) = self.errors.get_mut(index) {
                let whole = Span { end: span.end, ..error.labels[0].span };
                let first = self.text.as_bytes()[whole.start as usize] as char;
                *error = codes::e0003::stray(whole, first);
            }
            return;
        }
        self.last_stray = (span.end, self.errors.len());
        self.report(span, |_| codes::e0003::stray(span, closer as char));
    }

    /// Reports quotes and skips that still wait for their datum when a closer or the end of the text comes.
    fn drop_pending_prefixes(&mut self) {
        while let Some(&Frame { kind, start, node }) = self.frames.last() {
            let length = match kind {
                FrameKind::Open(_) => return,
                FrameKind::Quote => 1,
                FrameKind::Skip => 2,
            };
            self.frames.pop();
            let span = Span { file: self.file, start, end: start + length };
            if kind == FrameKind::Quote {
                self.end_node(node, span.end);
            }
            if !self.cut_off {
                self.report(span, |_| match kind {
                    FrameKind::Quote => codes::e0007::quote(span),
                    FrameKind::Skip | FrameKind::Open(_) => codes::e0007::skip(span),
                });
            }
            // A chain such as `''` or `#;'` misses one datum, and gets one message.
            while let Some(&Frame { kind: FrameKind::Quote | FrameKind::Skip, .. }) = self.frames.last() {
                if let Some(Frame { kind: FrameKind::Quote, node, .. }) = self.frames.pop() {
                    self.end_node(node, span.end);
                }
            }
        }
    }

    fn unclosed_string(&mut self, span: Span) {
        self.cut_off = true;
        let text = self.text;
        let nodes = &self.nodes;
        let spans_lines =
            |n: &&Node| n.kind == NodeKind::String && text[n.span.start as usize..n.span.end as usize].contains('\n');
        let suspect = nodes.iter().find(spans_lines).map(|n| Span { end: n.span.start + 1, ..n.span });
        self.report(span, |_| codes::e0004::unclosed(Span { end: span.start + 1, ..span }, suspect));
        self.leaf(NodeKind::Error, span);
    }

    /// Reports the brackets that the end of the text left open, outermost first: those that should have been closed at
    /// one place share a message.
    fn report_unclosed(&mut self, unclosed: &[(u32, Delimiter)]) {
        let openers: Vec<u32> = unclosed.iter().map(|&(start, _)| start).collect();
        let suspects = layout::suspects(self.text, &self.nodes, &openers);
        let mut first = 0;
        while first < unclosed.len() {
            let same = suspects[first..].iter().take_while(|&&s| s == suspects[first]).count();
            let group = &unclosed[first..first + same];
            let suspect = suspects[first].map(|at| self.span(at as usize, at as usize + 1));
            first += same;
            let open: Vec<(Span, &str)> = group
                .iter()
                .map(|&(start, d)| (self.span(start as usize, start as usize + d.opener().len()), d.opener()))
                .collect();
            let closers: String = group.iter().rev().map(|(_, d)| d.closer() as char).collect();
            self.report(open[0].0, |_| codes::e0001::unclosed(&open, &closers, suspect));
        }
    }

    /// Keeps a diagnostic, unless there are too many. `make` gets the text.
    fn report(&mut self, span: Span, make: impl FnOnce(&str) -> Diagnostic) {
        if self.errors.len() < MOST_ERRORS {
            self.errors.push(make(self.text));
        } else {
            self.overflow.get_or_insert(span);
        }
    }
}

fn closer_index(closer: u8) -> usize {
    match closer {
        b')' => 0,
        b']' => 1,
        _ => 2,
    }
}
