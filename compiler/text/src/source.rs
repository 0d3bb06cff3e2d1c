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
    is_library: bool,
    line_starts: Vec<u32>,
}

impl SourceMap {
    /// Adds a file of the user's; `name` is what diagnostics call it.
    pub fn add(&mut self, name: String, text: String) -> FileId {
        self.add_file(name, text, false)
    }

    /// Adds a file of the library that is part of the compiler.
    pub fn add_library(&mut self, name: String, text: String) -> FileId {
        self.add_file(name, text, true)
    }

    fn add_file(&mut self, name: String, text: String, is_library: bool) -> FileId {
        let line_starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i as u32 + 1))
            .collect();
        self.files.push(File { name, text, is_library, line_starts });
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

    /// The files that are the user's, in the order in which they were added.
    pub fn user_files(&self) -> impl Iterator<Item = FileId> + '_ {
        (0..self.files.len() as u32).map(FileId).filter(|file| !self.files[file.0 as usize].is_library)
    }

    /// The line of a byte position, from 0; for a position beyond the end, the last line.
    pub fn line_index(&self, file: FileId, offset: u32) -> usize {
        self.files[file.0 as usize].line_starts.partition_point(|&s| s <= offset) - 1
    }

    /// The bytes of a line (from 0) with its newline; empty for a line beyond the last.
    pub fn line_range(&self, file: FileId, line: usize) -> std::ops::Range<usize> {
        let file = &self.files[file.0 as usize];
        let start_of = |line: usize| file.line_starts.get(line).map_or(file.text.len(), |&s| s as usize);
        start_of(line)..start_of(line + 1)
    }

    /// Line and column of a byte position, both from 1; columns count Unicode scalar values. Takes time in the length of
    /// the line.
    pub fn position(&self, file: FileId, offset: u32) -> (u32, u32) {
        let line = self.line_index(file, offset);
        let text = self.text(file);
        let start = self.line_range(file, line).start;
        let end = (offset as usize).min(text.len());
        // Each character has one byte that is no continuation byte; so a position inside one does no harm.
        let column = text.as_bytes()[start..end].iter().filter(|&&b| b & 0xc0 != 0x80).count();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_lines_and_characters_from_one() {
        let mut sources = SourceMap::default();
        let file = sources.add("a".to_owned(), "é(\n\nx".to_owned());
        assert_eq!(sources.position(file, 0), (1, 1));
        assert_eq!(sources.position(file, 2), (1, 2));
        assert_eq!(sources.position(file, 4), (2, 1));
        assert_eq!(sources.position(file, 5), (3, 1));
        assert_eq!(sources.position(file, 99), (3, 2));
    }

    #[test]
    fn bytes_that_are_not_utf8_are_located() {
        assert_eq!(decode("f", "é".into()).as_deref(), Ok("é"));
        let error = decode("f.cl", b"ab\n\xc3\xa9\xff".to_vec()).unwrap_err();
        assert_eq!(error.code, "E0009");
        assert!(error.message.contains("f.cl:2:2") && error.message.contains("0xff at offset 5"), "{}", error.message);
    }
}
