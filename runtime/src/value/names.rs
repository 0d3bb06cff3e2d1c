//! The names of symbols and keywords: a table that starts with the program's own and grows by what the program makes at
//! run time.

use crate::Context;
use cl_abi::tables::Text;
use std::collections::BTreeMap;

/// Names by index, and back. The index by name is built at the first `intern`.
#[derive(Default)]
pub struct Names {
    program: &'static [Text],
    added: Vec<Box<str>>,
    index: BTreeMap<Box<str>, u32>,
}

impl Names {
    /// A table that starts with the names of a program.
    pub fn of_program(program: &'static [Text]) -> Names {
        Names { program, ..Names::default() }
    }

    fn get(&self, i: usize) -> &str {
        match self.program.get(i) {
            // SAFETY: the compiler wrote UTF-8 text that lives as long as the program.
            Some(t) => unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(t.data, t.len)) },
            None => &self.added[i - self.program.len()],
        }
    }
}

impl Context {
    /// The index of a name, for `Value::symbol` and `Value::keyword`.
    pub fn intern(&mut self, name: &str) -> u32 {
        let names = &mut self.names;
        if names.index.is_empty() {
            for i in 0..names.program.len() {
                let name = names.get(i).into();
                names.index.insert(name, i as u32);
            }
        }
        if let Some(&i) = names.index.get(name) {
            return i;
        }
        let i = (names.program.len() + names.added.len()) as u32;
        names.added.push(name.into());
        names.index.insert(name.into(), i);
        i
    }

    /// The name of an index that `intern` or the compiler gave.
    pub fn name(&self, index: u32) -> &str {
        self.names.get(index as usize)
    }
}
