//! When to collect what, how much the nursery holds, and how much of the old space may fill up.

use super::nursery::Limit;
use super::roots::Roots;
use super::shared::Shared;
use super::*;
use crate::Context;
use std::time::Instant;

impl Context {
    /// Makes the collection that is wanted, at a safepoint: a minor one, and a major one if the old space calls for it. Or
    /// waits until another worker has made it.
    pub(crate) fn collect(&mut self) {
        let shared = self.shared.clone();
        let me: *mut Context = self;
        let mut this = Some(self);
        shared.world.stop(
            me,
            || shared.collection_is_wanted(),
            |workers| {
                let contexts = workers.iter().map(|&worker| match worker == me {
                    true => this.take().expect("a worker is in the list once"),
                    // SAFETY: the other workers are stopped: they wait inside of a call, and use their contexts only when the
                    // world goes on.
                    false => unsafe { &mut *worker },
                });
                collect(&shared, contexts.collect());
            },
        );
    }

    /// A minor collection, or what else is wanted, whether it is due or not.
    #[cfg(test)]
    pub(crate) fn collect_now(&mut self) {
        self.request_minor_collection();
        self.collect();
    }

    /// Fresh bytes for compiled code, after a collection if one is due.
    pub(crate) fn alloc_slow(&mut self, bytes: usize) -> usize {
        if self.collection_is_due() {
            self.collect();
        } else if !self.make_buffer(bytes, Limit::Soft) {
            self.want(Wanted::Minor);
            self.collect();
        }
        self.bump(bytes)
    }

    /// Whether a safepoint has a collection to do.
    pub(crate) fn collection_is_due(&self) -> bool {
        self.shared.collection_is_wanted() || self.shared.world.is_stopping()
    }

    /// Asks for a collection at the next safepoint.
    pub(crate) fn request_minor_collection(&mut self) {
        self.want(Wanted::Minor);
    }

    /// Asks for a full collection at the next safepoint.
    pub fn request_full_collection(&mut self) {
        self.shared.heap().asked = true;
        self.want(Wanted::Major);
    }

    /// Whether full collections are made when they are due.
    pub fn gc_enabled(&self) -> bool {
        self.shared.heap().enabled
    }

    pub fn set_gc_enabled(&mut self, enabled: bool) {
        self.shared.heap().enabled = enabled;
    }

    /// The least number of bytes that are promoted before a full collection is due.
    pub fn gc_threshold(&self) -> usize {
        self.shared.heap().threshold
    }

    pub fn set_gc_threshold(&mut self, bytes: usize) {
        let mut heap = self.shared.heap();
        heap.threshold = bytes;
        let live = heap.stats.live_bytes as usize;
        heap.major_after = heap.next_major(live);
    }
}

/// A whole collection, while all workers are stopped.
fn collect(shared: &Shared, workers: Vec<&mut Context>) {
    let start = Instant::now();
    let mut guard = shared.heap();
    let heap = &mut *guard;
    for worker in &workers {
        heap.nursery.take_back(worker.alloc_ptr as usize, worker.buffer_end);
    }
    let used = heap.nursery.used();
    let mut roots = Roots::new(shared, workers);
    let promoted = minor::collect(heap, &mut roots);
    heap.since_major += promoted;
    heap.stats.minor_collections += 1;
    heap.stats.promoted_bytes += promoted as u64;
    heap.stats.allocated_bytes += used as u64;
    if heap.wants_major(shared.wanted()) {
        major::collect(heap, &mut roots);
        shared.stack().give_back(roots.newest_of_main());
        heap.after_major(roots.stack_bytes());
    }
    if heap.mode.verify {
        verify::check(heap, &mut roots);
    }
    heap.nursery.reset(used, promoted, heap.mode);
    heap.stats.nanoseconds += start.elapsed().as_nanos() as u64;
    let (fresh, is_full) = (heap.nursery.start, heap.is_full);
    drop(guard);
    shared.forget_wanted();
    for worker in &mut roots.workers {
        (worker.alloc_ptr, worker.buffer_end) = (fresh as u64, fresh);
        worker.set_limits();
    }
    if is_full {
        roots.workers[0].out_of_memory();
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
    fn wants_major(&mut self, wanted: Wanted) -> bool {
        if self.mode.stress && self.stats.minor_collections.is_multiple_of(STRESS_MAJOR_EVERY) {
            return true;
        }
        let full = self.old_bytes() > MAJOR_MIN && self.old_bytes() > self.max();
        let due = wanted == Wanted::Major || self.since_major > self.major_after;
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
}
