//! `CL_GC=verify`: follows every reference after a collection and checks what it hits. A failure is a bug of the
//! collector or of the compiler's stack maps, never of the program.

use super::old::object_bytes;
use super::roots::{Reach, Roots};
use super::{Heap, fields};
use crate::control::fiber::Fiber;
use crate::control::sched::channel;
use cl_abi::layout::*;

/// Walks everything that is reachable, right after a collection. Ends the program at a reference that is wrong.
pub(super) fn check(heap: &mut Heap, roots: &mut Roots) {
    heap.old.clear_marks();
    heap.large.clear_marks();
    let mut fibers: Vec<*mut Fiber> = vec![];
    roots.visit(Reach::All, &|_| false, &mut |slot| check_from(heap, slot, &mut fibers));
    while let Some(fiber) = fibers.pop() {
        roots.visit_fiber(fiber, Reach::All, &mut |slot| check_from(heap, slot, &mut fibers));
    }
}

/// Checks everything that is reachable from a slot but not through a fiber; those are added to `fibers`.
fn check_from(heap: &mut Heap, slot: *mut u64, fibers: &mut Vec<*mut Fiber>) {
    let mut stack: Vec<*mut u64> = vec![];
    check_slot(heap, slot, std::ptr::null(), &mut stack);
    while let Some(object) = stack.pop() {
        // SAFETY: the object was checked; a fiber's first word is the address of its record.
        unsafe {
            if header_kind(*object) == Kind::Fiber as u8 {
                fibers.push(*object.add(1) as *mut Fiber);
            } else if header_kind(*object) == Kind::Channel as u8 {
                channel::visit_waiting(object, &mut |slot| check_slot(heap, slot, object, &mut stack));
            }
        }
        for field in fields(object) {
            check_slot(heap, field, object, &mut stack);
        }
    }
}

/// Checks one reference; an object seen for the first time is put on the stack.
fn check_slot(heap: &mut Heap, slot: *mut u64, owner: *const u64, stack: &mut Vec<*mut u64>) {
    // SAFETY: the slot is a root or a field of an object that was checked.
    let word = unsafe { *slot };
    if word & TAG_MASK == IMM_TAG || word & 1 == 0 {
        return;
    }
    if word & TAG_MASK != PTR_TAG {
        fail("is no value", word, slot, owner);
    }
    let object = (word - PTR_TAG) as *mut u64;
    let address = object as usize;
    if address.wrapping_sub(heap.nursery.base) < heap.nursery.size {
        fail("refers to the nursery", word, slot, owner);
    }
    let (old, large) = (heap.old.contains(address), heap.large.contains(address));
    if old && !heap.old.is_allocated(address, 8) || large && !heap.large.is_allocated(object, 8) {
        fail("refers to no object", word, slot, owner);
    }
    // SAFETY: the address is in use, or the reference is to static data.
    let header = unsafe { *object };
    let kind = header_kind(header) as usize;
    if header & 1 == 0 || kind == 0 || kind >= KIND_COUNT {
        fail("refers to what has no header", word, slot, owner);
    }
    let bytes = object_bytes(header);
    if old && !heap.old.is_allocated(address, bytes) || large && !heap.large.is_allocated(object, bytes) {
        fail("refers to an object that is too long", word, slot, owner);
    }
    if old && heap.old.mark(address, bytes) || large && heap.large.mark(object) {
        stack.push(object);
    }
}

/// Reports a reference that is wrong, with its slot and the object that holds it as far as they are known.
#[cold]
pub(super) fn fail(what: &str, word: u64, slot: *const u64, owner: *const u64) -> ! {
    let message = format!("the reference {word:#x} (slot {slot:p}, holder {owner:p}, zero for roots) {what}");
    crate::control::report::fatal("heap-corruption", &message)
}
