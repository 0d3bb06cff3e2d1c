//! Lays pieces out. A list that fits on the rest of its line is written there; the others are *open*: a frame on an explicit
//! stack, whose items are placed one after the other.

use super::WIDTH;
use super::pieces::{Break, Kind, Piece, nodes};
use super::style::{Indent, Pairs};
use crate::NodeKind;

/// Text so far, and the lists that are open.
struct Writer<'p, 't> {
    pieces: &'p [Piece<'t>],
    out: String,
    /// Characters on the last line.
    column: u32,
    /// Lines before it.
    line: u32,
    /// The last piece was a comment that only a new line ends.
    in_comment: bool,
    frames: Vec<Frame>,
}

/// A list that takes several lines.
struct Frame {
    list: usize,
    /// The next piece to place.
    next: usize,
    /// Line and column of the opener.
    line: u32,
    open: u32,
    /// Column of lines that begin in the list.
    indent: u32,
    /// How many items were placed, without comments.
    position: u32,
    /// How many closers follow the list's own on its last line.
    closers: u32,
    /// Each item gets its own line: nothing is kept of how the user wrote it.
    spread: bool,
    /// The items do not fit beside the head.
    below_head: bool,
    /// The line where the last item started, if that is a list.
    list_at: Option<u32>,
    after_keyword: bool,
}

/// The text of pieces that are measured and have their styles.
pub fn write(pieces: &[Piece]) -> String {
    let mut writer = Writer { pieces, out: String::new(), column: 0, line: 0, in_comment: false, frames: Vec::new() };
    writer.open(0, 0);
    while let Some(frame) = writer.frames.last_mut() {
        let next = frame.next;
        if next == pieces[frame.list].end {
            writer.close();
        } else {
            frame.next = pieces[next].end;
            writer.place(next);
        }
    }
    if !writer.out.is_empty() {
        writer.out.push('\n');
    }
    writer.out
}

impl Writer<'_, '_> {
    /// Starts a list that takes several lines.
    fn open(&mut self, list: usize, closers: u32) {
        let piece = &self.pieces[list];
        let (line, open) = (self.line, self.column);
        self.put(piece.text);
        let indent = match piece.style.indent {
            Indent::Two | Indent::First => open + 2,
            Indent::Open => self.column,
        };
        let spread = piece.style.is_free() && !piece.tall && !self.is_row(list);
        let mut frame = Frame {
            list,
            next: list + 1,
            line,
            open,
            indent,
            position: 0,
            closers,
            spread,
            below_head: false,
            list_at: None,
            after_keyword: false,
        };
        frame.below_head = spread && piece.style.indent == Indent::First && self.goes_below_head(&frame);
        self.frames.push(frame);
    }

    /// Ends the innermost open list.
    fn close(&mut self) {
        if let Some(frame) = self.frames.pop() {
            let closer = self.pieces[frame.list].closer();
            if self.in_comment && !closer.is_empty() {
                self.new_line(frame.indent, false);
            }
            self.put(closer);
        }
    }

    /// Writes the next piece of the innermost open list.
    fn place(&mut self, index: usize) {
        let piece = &self.pieces[index];
        let Some(mut frame) = self.frames.pop() else { return };
        let list = &self.pieces[frame.list];
        let is_first = index == frame.list + 1;
        let is_last = piece.end == list.end;
        let closers = if is_last { frame.closers + list.closer().len() as u32 } else { 0 };
        if self.in_comment || self.breaks_before(&frame, index) {
            self.new_line(frame.indent, piece.breaks > 1);
        } else if !is_first {
            let spaces = if piece.kind == Kind::LineComment { piece.spaces.clamp(1, WIDTH) } else { 1 };
            self.out.extend(std::iter::repeat_n(' ', spaces as usize));
            self.column += spaces;
        }
        if piece.is_node() {
            if frame.position == 1 && list.style.indent == Indent::First && frame.line == self.line {
                frame.indent = self.column;
            }
            frame.position += 1;
            frame.after_keyword = piece.kind == Kind::Node(NodeKind::Keyword);
        }
        frame.list_at = piece.is_list().then_some(self.line);
        self.frames.push(frame);
        if !piece.is_list() {
            self.put(piece.text);
            self.in_comment = piece.kind == Kind::LineComment;
        } else if !piece.tall && self.fits(self.column, piece, closers) {
            self.put_on_line(index);
        } else {
            self.open(index, closers);
        }
    }

    fn breaks_before(&self, frame: &Frame, index: usize) -> bool {
        let piece = &self.pieces[index];
        if self.out.is_empty() {
            return false;
        }
        if piece.kept_break() {
            return true;
        }
        let after_tall_list = frame.list_at.is_some_and(|line| line != self.line);
        let too_wide = self.column.saturating_add(1).saturating_add(self.group_width(frame, index)) > WIDTH;
        let next_line_is_better = too_wide && frame.indent <= self.column;
        match piece.before {
            Break::Never => false,
            Break::Always => true,
            Break::Soft => after_tall_list || next_line_is_better,
            Break::Whole => after_tall_list || next_line_is_better || (piece.is_form() && (piece.tall || too_wide)),
            Break::Free if piece.kind == Kind::LineComment => false,
            Break::Free if frame.position == 1 && self.pieces[frame.list].style.indent == Indent::First => {
                frame.below_head
            }
            Break::Free if self.continues_group(frame) => false,
            Break::Free => after_tall_list || next_line_is_better || frame.spread,
        }
    }

    /// Does the next item belong to the one before it?
    fn continues_group(&self, frame: &Frame) -> bool {
        match self.pieces[frame.list].style.pairs {
            Pairs::None => false,
            Pairs::Keywords => frame.after_keyword,
            Pairs::All => !frame.position.is_multiple_of(2),
        }
    }

    /// The characters of an item that cannot be broken yet, and of one that belongs to it; 0 if it takes several lines anyhow.
    fn group_width(&self, frame: &Frame, index: usize) -> u32 {
        let (piece, list) = (&self.pieces[index], &self.pieces[frame.list]);
        let starts_pair = match list.style.pairs {
            Pairs::None => false,
            Pairs::Keywords => piece.kind == Kind::Node(NodeKind::Keyword),
            Pairs::All => frame.position.is_multiple_of(2),
        };
        if piece.tall {
            return 0;
        }
        let (mut width, mut end) = (piece.width, piece.end);
        if starts_pair && end < list.end && !self.pieces[end].tall {
            width = width.saturating_add(1).saturating_add(self.pieces[end].width);
            end = self.pieces[end].end;
        }
        let closers = if end == list.end { frame.closers + list.closer().len() as u32 } else { 0 };
        width.saturating_add(closers)
    }

    /// Are the items (after the head) atoms, or many and small? Such lists are filled line by line.
    fn is_row(&self, list: usize) -> bool {
        /// In characters.
        const SMALL: u32 = 30;
        const MANY: usize = 5;
        let items = || nodes(self.pieces, list).skip(1).map(|item| &self.pieces[item]);
        items().all(|item| !item.is_list())
            || (items().all(|item| item.width <= SMALL) && items().nth(MANY - 1).is_some())
    }

    /// Would some item be too wide beside the head of a call, and none below it?
    fn goes_below_head(&self, frame: &Frame) -> bool {
        let mut items = nodes(self.pieces, frame.list);
        let Some(head) = items.next() else { return false };
        let beside = self.column + self.pieces[head].width + 1;
        let widest = items.map(|item| self.pieces[item].width).max().unwrap_or(0).saturating_add(frame.closers + 1);
        beside.saturating_add(widest) > WIDTH && (frame.open + 2).saturating_add(widest) <= WIDTH
    }

    fn fits(&self, column: u32, piece: &Piece, closers: u32) -> bool {
        column.saturating_add(piece.width).saturating_add(closers) <= WIDTH
    }

    /// Writes a piece and all that is in it on the current line.
    fn put_on_line(&mut self, index: usize) {
        let mut open: Vec<usize> = Vec::new();
        let end = self.pieces[index].end;
        for inner in index..end {
            while let Some(&list) = open.last()
                && self.pieces[list].end <= inner
            {
                self.put(self.pieces[list].closer());
                open.pop();
            }
            if open.last().is_some_and(|&list| inner > list + 1) {
                self.put(" ");
            }
            self.put(self.pieces[inner].text);
            if self.pieces[inner].is_list() {
                open.push(inner);
            }
        }
        while let Some(list) = open.pop() {
            self.put(self.pieces[list].closer());
        }
    }

    fn new_line(&mut self, indent: u32, blank: bool) {
        self.out.push_str(if blank { "\n\n" } else { "\n" });
        self.line += 1;
        // Deep nesting must not make the text quadratic.
        self.column = indent.min(WIDTH);
        self.out.extend(std::iter::repeat_n(' ', self.column as usize));
        self.in_comment = false;
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
        match text.rfind('\n') {
            None => self.column += text.chars().count() as u32,
            Some(last) => {
                self.line += text.matches('\n').count() as u32;
                self.column = text[last + 1..].chars().count() as u32;
            }
        }
    }
}
