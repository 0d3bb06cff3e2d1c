//! Source files and positions in them.

use crate::{Diagnostic, codes};

/// A source file of a [`SourceMap`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct FileId(pub u32);

/// Bytes `start..end` of a file.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

/// The files of one compilation, with line indices.
#[derive(Default)]
pub struct SourceMap {
    files: Vec<File>,
}

struct File {
    name: String,
    text: String,
    line_starts: Vec<u32>,
}

impl SourceMap {
    /// Adds a file; `name` is what diagnostics call it.
    pub fn add(&mut self, name: String, text: String) -> FileId {
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1))
            .collect();
        self.files.push(File { name, text, line_starts });
        FileId(self.files.len() as u32 - 1)
    }

    pub fn name(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].name
    }

    pub fn text(&self, file: FileId) -> &str {
        &self.files[file.0 as usize].text
    }

    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Line and column of a byte position, both from 1; columns count Unicode scalar values.
    pub fn position(&self, file: FileId, offset: u32) -> (u32, u32) {
        let f = &self.files[file.0 as usize];
        let line = f.line_starts.partition_point(|&s| s <= offset) - 1;
        let start = f.line_starts[line] as usize;
        let column = f.text.get(start..offset as usize).map_or(0, |t| t.chars().count());
        (line as u32 + 1, column as u32 + 1)
    }
}

/// The text of a source file from its bytes; `name` is what diagnostics call the file.
///
/// Source files are UTF-8 and smaller than 4 GiB; a byte order mark at the start is kept (readers skip it).
pub fn decode(name: &str, bytes: Vec<u8>) -> Result<String, Diagnostic> {
    if bytes.len() >= u32::MAX as usize {
        return Err(codes::e0011::too_large(name, bytes.len() as u64));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = &bytes[..offset];
        let line = before.iter().filter(|&&b| b == b'\n').count() as u32 + 1;
        let line_start = before.iter().rposition(|&b| b == b'\n').map_or(0, |i| i + 1);
        // Each character has one byte that is no continuation byte.
        let column = before[line_start..].iter().filter(|&&b| b & 0xc0 != 0x80).count() as u32 + 1;
        codes::e0009::not_utf8(name, offset, bytes[offset], (line, column))
    })
}
