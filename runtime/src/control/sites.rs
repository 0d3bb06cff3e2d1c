//! Finding a program's functions and call sites by code address. The indexes are built at the first use: a program that
//! neither collects nor raises pays nothing for them.

use cl_abi::tables::{Function, Inlined, Program, Site, Text};
use std::slice;
use std::sync::OnceLock;

/// What stands at a return address.
#[derive(Clone, Copy)]
struct Entry {
    /// The return address; 0: no entry.
    pc: usize,
    site: &'static Site,
}

/// The indexes of one program.
#[derive(Default)]
pub struct Sites {
    program: Option<&'static Program>,
    /// Sites by return address: open addressing, linear probing, at most half full.
    table: OnceLock<Vec<Option<Entry>>>,
    /// Functions by ascending code address.
    functions: OnceLock<Vec<&'static Function>>,
}

impl Sites {
    pub fn of_program(program: &'static Program) -> Sites {
        Sites { program: Some(program), ..Sites::default() }
    }

    /// The site with this return address.
    #[inline]
    pub fn site(&self, pc: usize) -> Option<&'static Site> {
        let table = self.table.get_or_init(|| self.build_table());
        let mask = table.len() - 1;
        let mut i = hash(pc) & mask;
        while let Some(entry) = table[i] {
            if entry.pc == pc {
                return Some(entry.site);
            }
            i = (i + 1) & mask;
        }
        None
    }

    #[cold]
    fn build_table(&self) -> Vec<Option<Entry>> {
        let functions = self.program.map_or(&[][..], functions_of);
        let count: usize = functions.iter().map(|f| f.site_count as usize).sum();
        let mut table = vec![None; (2 * count + 2).next_power_of_two()];
        let mask = table.len() - 1;
        for f in functions {
            for site in self.program.map_or(&[][..], |p| sites_of(p, f)) {
                let pc = f.code + site.return_offset as usize;
                let mut i = hash(pc) & mask;
                while table[i].is_some() {
                    i = (i + 1) & mask;
                }
                table[i] = Some(Entry { pc, site });
            }
        }
        table
    }

    /// The offsets of a site's roots from its frame's stack pointer.
    #[inline]
    pub fn roots(&self, site: &Site) -> &'static [u32] {
        // SAFETY: the site's roots are part of its program's table.
        self.program.map_or(&[], |p| table(unsafe { p.roots.add(site.first_root as usize) }, site.root_count as usize))
    }

    /// The function whose code contains this address.
    pub fn function(&self, pc: usize) -> Option<&'static Function> {
        let functions = self.functions.get_or_init(|| {
            let mut functions: Vec<_> = self.program.map_or(&[][..], functions_of).iter().collect();
            functions.sort_by_key(|f| f.code);
            functions
        });
        let after = functions.partition_point(|f| f.code <= pc);
        let f = functions[..after].last()?;
        (pc - f.code <= f.code_len as usize).then_some(f)
    }

    /// The inlined call of a `Site::inlined`.
    pub fn inlined(&self, index: u32) -> Option<Inlined> {
        let index = index.checked_sub(1)?;
        // SAFETY: the compiler writes an entry for each index that a site or an entry names.
        Some(unsafe { *self.program?.inlined.add(index as usize) })
    }

    /// The name of a source file.
    pub fn file(&self, file: u32) -> &'static str {
        let Some(p) = self.program else { return "" };
        if file as usize >= p.file_count {
            return "";
        }
        // SAFETY: the table has `file_count` entries.
        text(unsafe { *p.files.add(file as usize) })
    }
}

/// Return addresses are dense in their low bits; Fibonacci hashing spreads them.
#[inline]
fn hash(pc: usize) -> usize {
    pc.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32
}

fn functions_of(p: &'static Program) -> &'static [Function] {
    table(p.functions, p.function_count)
}

fn sites_of(p: &'static Program, f: &Function) -> &'static [Site] {
    // SAFETY: the function's sites are part of the program's table.
    table(unsafe { p.sites.add(f.first_site as usize) }, f.site_count as usize)
}

/// A table that the compiler wrote. An empty one may have any address.
pub fn table<T>(data: *const T, count: usize) -> &'static [T] {
    if count == 0 {
        return &[];
    }
    // SAFETY: the compiler writes `count` entries, which live as long as the program.
    unsafe { slice::from_raw_parts(data, count) }
}

/// A text that the compiler wrote.
pub fn text(t: Text) -> &'static str {
    // SAFETY: the compiler writes UTF-8.
    unsafe { std::str::from_utf8_unchecked(table(t.data, t.len)) }
}
