//! When to collect what, how much the nursery holds, and how much of the old space may fill up.

use super::space::give_back;
use super::*;
use crate::Context;
use std::time::Instant;

impl Context {
    /// A whole collection, at a safepoint: a minor one, and a major one if the old space calls for it.
    pub(crate) fn collect(&mut self) {
        let start = Instant::now();
        let used = self.alloc_ptr as usize - self.heap.nursery.start;
        let (heap, stack, mut roots) = self.split();
        let promoted = minor::collect(heap, &mut roots);
        heap.since_major += promoted;
        heap.stats.minor_collections += 1;
        heap.stats.promoted_bytes += promoted as u64;
        heap.stats.allocated_bytes += used as u64;
        if heap.wants_major() {
            major::collect(heap, &mut roots);
            stack.give_back(roots.newest_of_main());
            heap.after_major(roots.fibers.bytes());
        }
        if heap.mode.verify {
            verify::check(heap, &mut roots);
        }
        heap.reset_nursery(used, promoted);
        heap.wanted = Wanted::Nothing;
        heap.stats.nanoseconds += start.elapsed().as_nanos() as u64;
        self.alloc_ptr = self.heap.nursery.start as u64;
        self.set_limits();
        if self.heap.is_full {
            self.out_of_memory();
        }
    }

    /// Fresh bytes for compiled code, after a collection if one is due.
    pub(crate) fn alloc_slow(&mut self, bytes: usize) -> usize {
        let used = self.alloc_ptr as usize + bytes - self.heap.nursery.start;
        if self.heap.mode.stress || self.heap.wanted != Wanted::Nothing || used > self.heap.nursery.soft {
            self.collect();
        }
        self.bump(bytes)
    }

    /// Whether a safepoint has a collection to do.
    pub(crate) fn collection_is_due(&self) -> bool {
        self.heap.mode.stress || self.heap.wanted != Wanted::Nothing
    }

    /// Asks for a collection at the next safepoint.
    pub(crate) fn request_minor_collection(&mut self) {
        self.want(Wanted::Minor);
    }

    /// Asks for a full collection at the next safepoint.
    pub fn request_full_collection(&mut self) {
        self.heap.asked = true;
        self.want(Wanted::Major);
    }

    /// Whether full collections are made when they are due.
    pub fn gc_enabled(&self) -> bool {
        self.heap.enabled
    }

    pub fn set_gc_enabled(&mut self, enabled: bool) {
        self.heap.enabled = enabled;
    }

    /// The least number of bytes that are promoted before a full collection is due.
    pub fn gc_threshold(&self) -> usize {
        self.heap.threshold
    }

    pub fn set_gc_threshold(&mut self, bytes: usize) {
        self.heap.threshold = bytes;
        self.heap.major_after = self.heap.next_major(self.heap.stats.live_bytes as usize);
    }
}

/// `bytes` fresh bytes (a multiple of 8): their raw address. They are to be filled before the next safepoint. May
/// collect: compiled code calls it by its cold stub.
#[unsafe(no_mangle)]
pub extern "C" fn cl_alloc_slow(ctx: &mut Context, bytes: usize) -> usize {
    ctx.alloc_slow(bytes)
}

/// The heap is full when less than this part (1/64) of its bound is free after a major collection: going on would mean to
/// collect all the time.
const ROOM_SHARE: usize = 64;

/// Under stress every so many collections are major ones.
const STRESS_MAJOR_EVERY: u64 = 16;

impl Heap {
    fn wants_major(&mut self) -> bool {
        if self.mode.stress && self.stats.minor_collections.is_multiple_of(STRESS_MAJOR_EVERY) {
            return true;
        }
        let full = self.old_bytes() > MAJOR_MIN && self.old_bytes() > self.max();
        let due = self.wanted == Wanted::Major || self.since_major > self.major_after;
        self.asked || full || due && self.enabled
    }

    /// The next major collection comes when as much was promoted as lives now, so that marking costs a bounded share of
    /// the promoting; near the heap's bound it comes earlier.
    /// `stacks`: bytes of the stacks of fibers.
    fn after_major(&mut self, stacks: usize) {
        let live = self.old_bytes() + stacks;
        let room = self.max().saturating_sub(live);
        self.since_major = 0;
        self.asked = false;
        self.major_after = self.next_major(live);
        self.is_full = room < self.max() / ROOM_SHARE;
        self.stats.major_collections += 1;
        self.stats.live_bytes = live as u64;
        // What the next cycle will fill anyway stays resident: a page costs about as much to fault in as to copy.
        self.old.give_back(self.major_after);
    }

    /// How much may be promoted while `live` bytes live.
    fn next_major(&mut self, live: usize) -> usize {
        let room = self.max().saturating_sub(live);
        live.max(self.threshold).min(room)
    }

    /// Empties the nursery, chooses its size for the next round, and gives back what a primitive used beyond it.
    fn reset_nursery(&mut self, used: usize, promoted: usize) {
        let n = &mut self.nursery;
        if self.mode.stress {
            poison(n.start, used);
            let half = n.size / 2;
            n.start = if n.start == n.base { n.base + half } else { n.base };
            n.end = n.start + half;
        }
        if used > n.soft.max(NURSERY_MAX) {
            give_back(n.start + n.soft, n.start + used);
        }
        let largest = NURSERY_MAX.min(n.size / 4);
        if promoted > n.soft / GROW_SHARE {
            n.soft = (n.soft * 2).min(largest);
        } else if promoted < n.soft / SHRINK_SHARE && used >= n.soft {
            let smaller = (n.soft / 2).max(NURSERY_MIN.min(largest));
            give_back(n.start + smaller, n.start + n.soft);
            n.soft = smaller;
        }
    }
}

fn poison(start: usize, bytes: usize) {
    // SAFETY: these bytes of the nursery were vacated.
    unsafe { std::slice::from_raw_parts_mut(start as *mut u64, bytes / 8).fill(POISON) }
}
