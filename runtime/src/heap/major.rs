//! The major collection: marks what is reachable in the old space, frees what is not, and moves the objects of sparse
//! chunks elsewhere (mark, evacuate, update references: as in Immix and its kin, but by whole chunks). Runs right after a
//! minor collection, so the nursery is empty.

use super::minor::copy_words;
use super::old::object_bytes;
use super::roots::{Reach, Roots};
use super::{FIRST_VALUE, Heap, fields};
use crate::control::fiber::Fiber;
use crate::control::sched::channel;
use cl_abi::layout::*;

/// Collects the old generation.
pub(super) fn collect(heap: &mut Heap, roots: &mut Roots) {
    mark(heap, roots);
    let old = &heap.old;
    roots.after_mark(|object| old.is_marked(object.address() as usize));
    heap.large.sweep();
    heap.old.free_empty();
    let budget = heap.max() / EVACUATION_SHARE;
    let chosen = heap.old.choose_evacuated(budget);
    if chosen.is_empty() {
        return;
    }
    for &chunk in &chosen {
        for object in heap.old.marked(chunk) {
            evacuate(heap, object);
        }
    }
    roots.visit(Reach::All, &|_| false, &mut |slot| update(heap, slot));
    roots.visit_all_fibers(&mut |slot| update(heap, slot));
    update_objects(heap);
    heap.old.free_evacuated(&chosen);
}

/// Objects and their copies exist at the same time: the copies may take this part (1/8) of the heap's bound.
const EVACUATION_SHARE: usize = 8;

/// Marks all that is reachable from the roots.
pub(super) fn mark(heap: &mut Heap, roots: &mut Roots) {
    heap.old.clear_marks();
    heap.large.clear_marks();
    let mut marker = Marker { heap, stack: vec![], fibers: vec![] };
    roots.visit(Reach::All, &|_| false, &mut |slot| {
        marker.mark(slot);
        marker.drain();
    });
    while let Some(fiber) = marker.fibers.pop() {
        Fiber::fetch_last(&marker.fibers);
        roots.visit_fiber(fiber, Reach::All, &mut |slot| {
            marker.mark(slot);
            marker.drain();
        });
    }
}

/// An object whose fields from `next` on are still to be marked.
struct Task {
    object: *mut u64,
    next: usize,
}

/// Fields of one object that are marked in one go: bounds the growth of the mark stack by large arrays.
const FIELDS_AT_ONCE: usize = 128;

struct Marker<'a> {
    heap: &'a mut Heap,
    stack: Vec<Task>,
    /// Fibers whose objects were marked and whose references are still to be.
    fibers: Vec<*mut Fiber>,
}

impl Marker<'_> {
    #[inline]
    fn mark(&mut self, slot: *mut u64) {
        // SAFETY: the slot is a root or a field of a live object.
        let word = unsafe { *slot };
        if word & TAG_MASK != PTR_TAG {
            return;
        }
        let object = (word - PTR_TAG) as *mut u64;
        let marked = if self.heap.old.contains(object as usize) {
            // SAFETY: a reference is to an object's header.
            self.heap.old.mark(object as usize, object_bytes(unsafe { *object }))
        } else {
            self.heap.large.contains(object as usize) && self.heap.large.mark(object)
        };
        if !marked {
            return;
        }
        // SAFETY: as above.
        let kind = header_kind(unsafe { *object });
        if FIRST_VALUE[kind as usize] != usize::MAX {
            self.stack.push(Task { object, next: 0 });
            if kind == Kind::Channel as u8 {
                channel::visit_waiting(object, &mut |slot| self.mark(slot));
            }
        } else if kind == Kind::Fiber as u8 {
            // SAFETY: a fiber's first word is the address of its record.
            self.fibers.push(unsafe { *object.add(1) } as *mut Fiber);
        }
    }

    /// Marks until the stack is empty. Of a batch the last field is pushed first, so that a list's heads are done with
    /// before its tail is, and the stack stays short.
    fn drain(&mut self) {
        while let Some(Task { object, next }) = self.stack.pop() {
            let slots = fields(object);
            let rest = slots.len().saturating_sub(next);
            if rest > FIELDS_AT_ONCE {
                self.stack.push(Task { object, next: next + FIELDS_AT_ONCE });
            }
            slots.skip(next).take(FIELDS_AT_ONCE).rev().for_each(|slot| self.mark(slot));
        }
    }
}

/// Copies an object out of its chunk, leaving the new address behind.
fn evacuate(heap: &mut Heap, object: *mut u64) {
    // SAFETY: a marked object begins with its header; the copy has room for it.
    unsafe {
        let bytes = object_bytes(*object);
        let Some(to) = heap.old.alloc(bytes) else { super::out_of_addresses() };
        copy_words(object, to as *mut u64, bytes / 8);
        *object = to as u64;
        heap.old.mark(to, bytes);
    }
}

/// If a slot refers to an object that moved, makes it refer to the copy.
#[inline]
fn update(heap: &Heap, slot: *mut u64) {
    // SAFETY: the slot is a root or a field of a live object.
    let word = unsafe { *slot };
    let object = word.wrapping_sub(PTR_TAG) as usize;
    if word & TAG_MASK == PTR_TAG && heap.old.contains(object) && heap.old.is_evacuated(object) {
        // SAFETY: a live object of an evacuated chunk has its new address in place of the header.
        unsafe { *slot = *(object as *const u64) | PTR_TAG };
    }
}

/// Updates the fields of all live objects.
fn update_objects(heap: &Heap) {
    for chunk in heap.old.used_chunks() {
        for object in heap.old.marked(chunk) {
            fields(object).for_each(|slot| update(heap, slot));
        }
    }
    for object in heap.large.marked() {
        fields(object).for_each(|slot| update(heap, slot));
    }
}
