//! The minor collection: copies what is reachable out of the nursery into the old space (Cheney, "A nonrecursive list
//! compacting algorithm", 1970). Everything that survives is promoted, so that afterwards no frame and no old object
//! refers to the nursery: that is what makes stack markers and an empty remembered set right.

use super::large::{LARGE, LargeSpace};
use super::old::{OldSpace, object_bytes};
use super::roots::{Reach, Roots};
use super::{Heap, fields};
use crate::Value;
use crate::control::fiber::Fiber;
use cl_abi::layout::*;

/// Promotes all survivors. The nursery is empty afterwards. Gives the number of bytes promoted.
pub(super) fn collect(heap: &mut Heap, roots: &mut Roots) -> usize {
    let (nursery_base, nursery_size) = (heap.nursery.base as u64, heap.nursery.size as u64);
    let mut copier = Copier {
        nursery_base,
        nursery_size,
        old: &mut heap.old,
        large: &mut heap.large,
        promoted: 0,
        scanned: (0, 0),
        fibers: vec![],
    };
    copier.old.begin_runs();
    let young_large = copier.large.take_young();
    let in_nursery = |v: Value| v.is_pointer() && v.0.wrapping_sub(nursery_base) < nursery_size;
    roots.visit(Reach::Young, &in_nursery, &mut |slot| copier.forward(slot));
    for worker in &mut roots.workers {
        worker.remembered.drain(..).for_each(|slot| copier.forward(slot));
    }
    young_large.into_iter().for_each(|object| copier.scan(object));
    copier.scan_copies();
    while let Some(fiber) = copier.fibers.pop() {
        Fiber::fetch_last(&copier.fibers);
        roots.visit_fiber(fiber, Reach::Young, &mut |slot| copier.forward(slot));
        copier.scan_copies();
    }
    let promoted = copier.promoted;
    heap.since_major += roots.after_minor(|object| {
        if !in_nursery(object) {
            // A reference that was forwarded already.
            return Some(object);
        }
        // SAFETY: the nursery still holds the object's header or its new address.
        let header = unsafe { *object.address() };
        (header & 1 == 0).then_some(Value(header | PTR_TAG))
    });
    promoted
}

struct Copier<'a> {
    nursery_base: u64,
    nursery_size: u64,
    old: &'a mut OldSpace,
    large: &'a mut LargeSpace,
    promoted: usize,
    /// The run that is being scanned, and up to where; 0: nothing was copied yet.
    scanned: (usize, usize),
    /// Fibers whose objects were promoted and whose references are still to be forwarded.
    fibers: Vec<*mut Fiber>,
}

impl Copier<'_> {
    /// If the slot refers to the nursery, moves the object and updates the slot.
    #[inline]
    fn forward(&mut self, slot: *mut u64) {
        // SAFETY: the slot is a root or a field of a live object.
        let word = unsafe { *slot };
        if word & TAG_MASK != PTR_TAG || word.wrapping_sub(self.nursery_base) >= self.nursery_size {
            return;
        }
        let object = (word - PTR_TAG) as *mut u64;
        // SAFETY: a reference is to an object's header, or to the new address that was written over it.
        let header = unsafe { *object };
        let moved = if header & 1 == 0 { header } else { self.promote(object, header) };
        // SAFETY: as above.
        unsafe { *slot = moved | PTR_TAG };
    }

    fn promote(&mut self, object: *mut u64, header: u64) -> u64 {
        if header_kind(header) >= Kind::Fiber as u8 {
            self.promote_fiber(object, header);
        }
        let bytes = object_bytes(header);
        let to = if bytes <= LARGE { self.old.alloc(bytes) } else { self.large.alloc(bytes).map(|p| p as usize) };
        let Some(to) = to else { super::out_of_addresses() };
        self.promoted += bytes;
        // SAFETY: `to` has room for the object, and does not overlap it.
        unsafe {
            copy_words(object, to as *mut u64, bytes / 8);
            *object = to as u64;
        }
        to as u64
    }

    /// Notes a fiber, whose stack must be scanned, too. Headers of no kind come here as well: a reference is wrong.
    #[cold]
    fn promote_fiber(&mut self, object: *mut u64, header: u64) {
        if header_kind(header) as usize >= KIND_COUNT {
            let word = object as u64 | PTR_TAG;
            super::verify::fail("refers to what has no header", word, std::ptr::null(), std::ptr::null());
        }
        if header_kind(header) == Kind::Fiber as u8 {
            // SAFETY: a fiber's first word is the address of its record.
            self.fibers.push(unsafe { *object.add(1) } as *mut Fiber);
        }
    }

    /// Forwards the fields of an object.
    #[inline]
    fn scan(&mut self, object: *mut u64) {
        for slot in fields(object) {
            self.forward(slot);
        }
    }

    /// Scans the objects from `from` up to `end`; gives `end`.
    fn scan_run(&mut self, from: usize, end: usize) -> usize {
        let mut at = from;
        while at < end {
            let object = at as *mut u64;
            // SAFETY: a run holds objects one after the other.
            at += object_bytes(unsafe { *object });
            self.scan(object);
        }
        at
    }

    /// Scans what was copied, until nothing is left that was not scanned.
    fn scan_copies(&mut self) {
        let (mut run, mut scanned) = self.scanned;
        if scanned == 0 {
            scanned = self.old.run(run).map_or(0, |(start, _)| start);
        }
        loop {
            while let Some((_, end)) = self.old.run(run) {
                if scanned < end {
                    scanned = self.scan_run(scanned, end);
                } else if let Some((start, _)) = self.old.run(run + 1) {
                    run += 1;
                    scanned = start;
                } else {
                    break;
                }
            }
            let young_large = self.large.take_young();
            if young_large.is_empty() {
                self.scanned = (run, scanned);
                return;
            }
            young_large.into_iter().for_each(|object| self.scan(object));
            if scanned == 0 {
                // Nothing had been copied before.
                scanned = self.old.run(run).map_or(0, |(start, _)| start);
            }
        }
    }
}

/// Copies an object. Most are tiny: the loop is faster than a call of `memcpy` for them.
///
/// # Safety
/// Both must have `words` words, and not overlap.
#[inline]
pub(super) unsafe fn copy_words(from: *const u64, to: *mut u64, words: usize) {
    // SAFETY: as the caller says.
    unsafe {
        match words {
            2 => *(to as *mut [u64; 2]) = *(from as *const [u64; 2]),
            3 => *(to as *mut [u64; 3]) = *(from as *const [u64; 3]),
            4 => *(to as *mut [u64; 4]) = *(from as *const [u64; 4]),
            _ => std::ptr::copy_nonoverlapping(from, to, words),
        }
    }
}
