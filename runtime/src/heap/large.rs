//! Large objects: each has its own pages and never moves. They are old from birth; a minor collection scans those that
//! were made since the last one.
//!
//! ```text
//! page boundary                                  page boundary
//! | index in the table | header | payload … | rest |
//! ```

use super::space::{PAGE, give_back};
use std::collections::{BTreeMap, BTreeSet};

/// An object of more bytes is a large one: 32 KiB. Copying it would cost more than the page or two that are wasted.
pub const LARGE: usize = 32 << 10;

struct Large {
    /// Address of the block; 0 for an entry that is not in use.
    block: usize,
    /// Whole pages.
    bytes: usize,
    marked: bool,
}

pub struct LargeSpace {
    base: usize,
    size: usize,
    table: Vec<Large>,
    unused_entries: Vec<u32>,
    /// Objects since the last minor collection.
    young: Vec<*mut u64>,
    runs: FreeRuns,
    /// Bytes of all blocks.
    bytes: usize,
}

impl LargeSpace {
    /// A space within reserved addresses.
    pub fn new(base: usize, size: usize) -> LargeSpace {
        let runs = FreeRuns { fresh: base, end: base + size, ..FreeRuns::default() };
        LargeSpace { base, size, table: vec![], unused_entries: vec![], young: vec![], runs, bytes: 0 }
    }

    #[inline]
    pub fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.size
    }
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Room for an object of `bytes` bytes. `None` when no run of addresses is free.
    pub fn alloc(&mut self, bytes: usize) -> Option<*mut u64> {
        let bytes = (bytes + 8).next_multiple_of(PAGE);
        let block = self.runs.take(bytes)?;
        let entry = Large { block, bytes, marked: false };
        let index = match self.unused_entries.pop() {
            Some(i) => {
                self.table[i as usize] = entry;
                i
            }
            None => {
                self.table.push(entry);
                self.table.len() as u32 - 1
            }
        };
        self.bytes += bytes;
        // SAFETY: the block is reserved and unused.
        let object = unsafe {
            *(block as *mut u64) = index as u64;
            (block as *mut u64).add(1)
        };
        self.young.push(object);
        Some(object)
    }

    /// The objects since the last call.
    pub fn take_young(&mut self) -> Vec<*mut u64> {
        std::mem::take(&mut self.young)
    }

    /// The entry of an object, if the address is one's.
    fn entry(&mut self, object: *mut u64) -> Option<&mut Large> {
        // SAFETY: the word before a large object is its index.
        let index = unsafe { *object.sub(1) } as usize;
        self.table.get_mut(index).filter(|l| l.block + 8 == object as usize)
    }
    /// Whether a large object of `bytes` bytes stands here: used to check references.
    pub fn is_allocated(&mut self, object: *mut u64, bytes: usize) -> bool {
        self.entry(object).is_some_and(|l| bytes + 8 <= l.bytes)
    }

    /// Marks an object; false if it was marked already.
    pub fn mark(&mut self, object: *mut u64) -> bool {
        let entry = self.entry(object).expect("a reference into the large space is to an object's header");
        !std::mem::replace(&mut entry.marked, true)
    }
    pub fn clear_marks(&mut self) {
        self.table.iter_mut().for_each(|l| l.marked = false);
    }
    /// The marked objects.
    pub fn marked(&self) -> Vec<*mut u64> {
        self.table.iter().filter(|l| l.block != 0 && l.marked).map(|l| (l.block + 8) as *mut u64).collect()
    }

    /// Frees what is not marked, and gives its pages back.
    pub fn sweep(&mut self) {
        for (i, l) in self.table.iter_mut().enumerate() {
            if l.block != 0 && !l.marked {
                give_back(l.block, l.block + l.bytes);
                self.runs.put(l.block, l.bytes);
                self.bytes -= l.bytes;
                l.block = 0;
                self.unused_entries.push(i as u32);
            }
        }
    }
}

/// Runs of free addresses: best fit, neighbours are joined.
#[derive(Default)]
struct FreeRuns {
    by_address: BTreeMap<usize, usize>,
    by_size: BTreeSet<(usize, usize)>,
    /// Addresses from here to `end` were never used.
    fresh: usize,
    end: usize,
}

impl FreeRuns {
    fn take(&mut self, bytes: usize) -> Option<usize> {
        let Some(&(size, start)) = self.by_size.range((bytes, 0)..).next() else {
            let start = self.fresh;
            self.fresh = start.checked_add(bytes).filter(|&e| e <= self.end)?;
            return Some(start);
        };
        self.remove(start, size);
        if size > bytes {
            self.insert(start + bytes, size - bytes);
        }
        Some(start)
    }

    fn put(&mut self, mut start: usize, mut bytes: usize) {
        if let Some((&before, &size)) = self.by_address.range(..start).next_back()
            && before + size == start
        {
            self.remove(before, size);
            (start, bytes) = (before, bytes + size);
        }
        if let Some(&size) = self.by_address.get(&(start + bytes)) {
            self.remove(start + bytes, size);
            bytes += size;
        }
        if start + bytes == self.fresh {
            self.fresh = start;
        } else {
            self.insert(start, bytes);
        }
    }

    fn insert(&mut self, start: usize, size: usize) {
        self.by_address.insert(start, size);
        self.by_size.insert((size, start));
    }
    fn remove(&mut self, start: usize, size: usize) {
        self.by_address.remove(&start);
        self.by_size.remove(&(size, start));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn freed_runs_are_joined_and_used_again() {
        let mut runs = FreeRuns { fresh: 0x10000, end: 0x20000, ..FreeRuns::default() };
        let blocks: Vec<usize> = (0..4).map(|_| runs.take(0x4000).unwrap()).collect();
        assert_eq!(runs.take(0x1000), None);
        runs.put(blocks[0], 0x4000);
        runs.put(blocks[2], 0x4000);
        assert_eq!(runs.take(0x5000), None);
        runs.put(blocks[1], 0x4000);
        assert_eq!(runs.take(0xc000), Some(blocks[0]));
        runs.put(blocks[3], 0x4000);
        assert_eq!((runs.fresh, runs.by_address.len()), (blocks[3], 0));
    }
}
