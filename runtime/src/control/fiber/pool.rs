//! Memory for the stacks of fibers: blocks of powers of two, carved from one reservation and kept in a list for each
//! size.
//!
//! ```text
//! reservation
//!  | slab, 64 KiB: 128 blocks of 512 bytes | slab: 16 blocks of 4 KiB | a block of 128 KiB | … | never used |
//! ```
//!
//! Blocks of up to 32 KiB come in slabs of one size; larger ones are on their own. There are no guard pages: the kernel
//! bounds the number of mappings, and compiled code checks its stack pointer.

use crate::control::report;
use crate::heap::space::{self, Reservation, give_back};

/// Bytes of the smallest block: what a fiber starts with, unless the program has large frames.
pub const SMALLEST: usize = 512;
/// Bytes of a slab, the unit in which small blocks are given back.
const SLAB: usize = 64 << 10;
/// Addresses that are reserved, at most and at least.
const RESERVED: usize = 256 << 30;
const RESERVED_MIN: usize = 16 << 20;
/// Bytes of stacks from which on pages are asked for ahead, and how many at once: 16 MiB, 1 MiB.
const TOUCH_FROM: usize = 16 << 20;
const TOUCH_STEP: usize = 1 << 20;
/// Bytes of free large blocks whose pages are kept for the next deep recursion: 64 MiB.
const KEPT: usize = 64 << 20;
/// Sizes up to 32 GiB: more than any bound of the stack that memory allows.
const CLASSES: usize = 26;

/// A stack's memory: `SMALLEST << class` bytes from `low` on. `low` 0: none.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub struct Block {
    pub low: usize,
    pub class: u8,
}

impl Block {
    pub fn bytes(self) -> usize {
        SMALLEST << self.class
    }
    pub fn high(self) -> usize {
        self.low + self.bytes()
    }
    /// The class of the smallest block that has `bytes` bytes.
    pub fn class_for(bytes: usize) -> u8 {
        bytes.div_ceil(SMALLEST).next_power_of_two().trailing_zeros() as u8
    }
}

#[derive(Default)]
struct Class {
    /// Free blocks, those whose pages the process holds.
    free: Vec<usize>,
    /// Free blocks whose pages were given back; only for large classes.
    idle: Vec<usize>,
}

#[derive(Default)]
pub struct Pool {
    memory: Option<Reservation>,
    /// Addresses from here on were never used.
    fresh: usize,
    /// Up to here pages were asked for.
    touched: usize,
    classes: [Class; CLASSES],
    /// Slabs without blocks, given back.
    slabs: Vec<usize>,
    /// Bytes of the blocks in use.
    used: usize,
    /// As they were at the last collection.
    used_before: usize,
    /// Bytes of the free large blocks whose pages the process holds.
    kept: usize,
}

impl Pool {
    /// Bytes of the blocks in use.
    pub fn used(&self) -> usize {
        self.used
    }

    /// By how many bytes the blocks in use have grown since this was last asked, or trimmed.
    pub fn since_last(&mut self) -> usize {
        let before = std::mem::replace(&mut self.used_before, self.used);
        self.used.saturating_sub(before)
    }

    /// A block. Ends the program when the addresses are used up.
    pub fn take(&mut self, class: u8) -> Block {
        let lists = &mut self.classes[class as usize];
        let bytes = SMALLEST << class;
        self.used += bytes;
        let low = if let Some(low) = lists.free.pop() {
            if bytes >= SLAB {
                self.kept -= bytes;
            }
            low
        } else {
            lists.idle.pop().unwrap_or_else(|| self.carve(class))
        };
        Block { low, class }
    }

    /// Frees a block.
    pub fn put(&mut self, block: Block) {
        let bytes = block.bytes();
        let lists = &mut self.classes[block.class as usize];
        self.used -= bytes;
        if bytes < SLAB {
            lists.free.push(block.low);
        } else if self.kept + bytes <= KEPT {
            self.kept += bytes;
            lists.free.push(block.low);
        } else {
            // A stack that grows leaves blocks behind that together are as large as it is.
            give_back(block.low, block.high());
            lists.idle.push(block.low);
        }
    }

    #[cold]
    fn carve(&mut self, class: u8) -> usize {
        let bytes = SMALLEST << class;
        if bytes >= SLAB {
            return self.addresses(bytes);
        }
        let slab = self.slabs.pop().unwrap_or_else(|| self.addresses(SLAB));
        // The lowest is taken next.
        self.classes[class as usize].free.extend((1..SLAB / bytes).rev().map(|i| slab + i * bytes));
        slab
    }

    fn addresses(&mut self, bytes: usize) -> usize {
        if self.memory.is_none() {
            self.memory = Reservation::up_to(RESERVED, RESERVED_MIN);
            self.fresh = self.memory.as_ref().map_or(0, Reservation::base);
        }
        let end = self.memory.as_ref().map_or(0, Reservation::end);
        if end - self.fresh < bytes {
            report::fatal("out-of-memory", "no address space is left for the stacks of fibers");
        }
        let start = self.fresh;
        self.fresh += bytes;
        self.touch_ahead(start);
        start
    }

    /// Once there are many stacks, the pages of the next ones are asked for together: one fault for each would take a third of the
    /// time of a program that makes many.
    fn touch_ahead(&mut self, start: usize) {
        let base = self.memory.as_ref().map_or(0, Reservation::base);
        if start - base >= TOUCH_FROM && start >= self.touched {
            self.touched = start + TOUCH_STEP;
            space::touch(start, self.touched);
        }
    }

    /// Gives the pages of free blocks back to the system: large blocks, and slabs of which no block is in use.
    pub fn trim(&mut self) {
        let base = self.memory.as_ref().map_or(0, Reservation::base);
        self.kept = 0;
        self.used_before = self.used;
        for (class, lists) in self.classes.iter_mut().enumerate() {
            let bytes = SMALLEST << class;
            if bytes >= SLAB {
                lists.free.iter().for_each(|&low| give_back(low, low + bytes));
                lists.idle.append(&mut lists.free);
            } else {
                let whole = take_slabs(&mut lists.free, base, SLAB / bytes);
                whole.iter().for_each(|&slab| give_back(slab, slab + SLAB));
                self.slabs.extend(whole);
            }
        }
    }
}

/// Takes the blocks of slabs that are wholly free out of a list; gives these slabs. The list is sorted, the lowest last.
fn take_slabs(free: &mut Vec<usize>, base: usize, per_slab: usize) -> Vec<usize> {
    let slab_of = |low: usize| base + (low - base) / SLAB * SLAB;
    free.sort_unstable_by(|a, b| b.cmp(a));
    let mut whole = vec![];
    let mut kept = vec![];
    for blocks in free.chunk_by(|a, b| slab_of(*a) == slab_of(*b)) {
        if blocks.len() == per_slab {
            whole.push(slab_of(blocks[0]));
        } else {
            kept.extend_from_slice(blocks);
        }
    }
    *free = kept;
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_do_not_overlap_and_are_used_again() {
        let mut pool = Pool::default();
        let mut blocks: Vec<Block> = (0..500).map(|i| pool.take((i % 9) as u8)).collect();
        blocks.sort_by_key(|b| b.low);
        assert!(blocks.windows(2).all(|w| w[0].high() <= w[1].low));
        let last = blocks.pop().unwrap();
        pool.put(last);
        assert_eq!(pool.take(last.class), last);
    }

    #[test]
    fn slabs_that_are_wholly_free_serve_any_size() {
        let mut pool = Pool::default();
        let blocks: Vec<Block> = (0..2 * SLAB / SMALLEST + 2).map(|_| pool.take(0)).collect();
        blocks[..blocks.len() - 1].iter().for_each(|&b| pool.put(b));
        pool.trim();
        assert_eq!(pool.slabs.len(), 2);
        assert_eq!(pool.used(), SMALLEST);
        let end = pool.fresh;
        for _ in 0..4 {
            pool.take(5);
        }
        assert_eq!(pool.fresh, end);
    }

    #[test]
    fn large_blocks_are_given_back_and_taken_again() {
        let mut pool = Pool::default();
        let block = pool.take(Block::class_for(1 << 20));
        // SAFETY: the block is ours.
        unsafe { *(block.low as *mut u64) = 7 };
        pool.put(block);
        pool.trim();
        assert_eq!(pool.take(block.class), block);
        // SAFETY: as above.
        assert_eq!(unsafe { *(block.low as *const u64) }, 0);
    }

    #[test]
    fn the_class_is_the_smallest_that_fits() {
        assert_eq!([1, 512, 513, 2048].map(Block::class_for), [0, 0, 1, 2]);
    }
}
