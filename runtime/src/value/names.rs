//! The names of symbols and keywords: a table that starts with the program's own and grows by what the program makes at
//! run time.

use crate::Context;
use crate::heap::shared::lock;
use cl_abi::tables::Text;
use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock};

/// Names by index, and back. They live as long as the process.
#[derive(Default)]
pub struct Names {
    program: &'static [Text],
    /// Those that the program made, by index: chunk `i` has room for `FIRST << i`. Reading takes no lock.
    added: [OnceLock<Box<[OnceLock<&'static str>]>>; CHUNKS],
    index: Mutex<Index>,
}

/// The index by name, built at the first `intern`.
#[derive(Default)]
struct Index {
    by_name: BTreeMap<&'static str, u32>,
    /// Names, also those of the program; 0: not built yet.
    count: usize,
}

/// Names of the first chunk; a power of two.
const FIRST: usize = 64;
/// Enough for all indices.
const CHUNKS: usize = 26;

impl Names {
    /// A table that starts with the names of a program.
    pub fn of_program(program: &'static [Text]) -> Names {
        Names { program, ..Names::default() }
    }

    fn get(&self, i: usize) -> &'static str {
        match self.program.get(i) {
            // SAFETY: the compiler wrote UTF-8 text that lives as long as the program.
            Some(t) => unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(t.data, t.len)) },
            None => self.added(i - self.program.len()).get().expect("the index of a name"),
        }
    }

    /// The place of the `i`th name that was added.
    fn added(&self, i: usize) -> &OnceLock<&'static str> {
        let chunk = (i / FIRST + 1).ilog2() as usize;
        let start = (FIRST << chunk) - FIRST;
        let new = || std::iter::repeat_with(OnceLock::new).take(FIRST << chunk).collect();
        &self.added[chunk].get_or_init(new)[i - start]
    }

    /// The index of a name, and its text.
    fn intern(&self, name: &str) -> (u32, &'static str) {
        let mut index = lock(&self.index);
        if index.count == 0 {
            index.by_name.extend((0..self.program.len()).map(|i| (self.get(i), i as u32)));
            index.count = self.program.len();
        }
        if let Some((&text, &i)) = index.by_name.get_key_value(name) {
            return (i, text);
        }
        let text: &'static str = Box::leak(name.into());
        let i = index.count;
        self.added(i - self.program.len()).get_or_init(|| text);
        index.by_name.insert(text, i as u32);
        index.count += 1;
        (i as u32, text)
    }
}

impl Context {
    /// The index of a name, for `Value::symbol` and `Value::keyword`.
    pub fn intern(&mut self, name: &str) -> u32 {
        if let Some(&i) = self.known_names.get(name) {
            return i;
        }
        let (i, text) = self.shared.names.intern(name);
        self.known_names.insert(text, i);
        i
    }

    /// The name of an index that `intern` or the compiler gave.
    pub fn name(&self, index: u32) -> &'static str {
        self.shared.names.get(index as usize)
    }
}
