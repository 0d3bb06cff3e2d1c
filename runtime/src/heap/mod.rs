//! The garbage-collected heap: precise, generational, moving. Objects are born in the nursery, a contiguous region that
//! is filled by bumping a pointer; a minor collection promotes the survivors to the old space; a major collection marks
//! the old space and evacuates sparse chunks. `docs/design/heap.md` has the pictures and the reasons.
//!
//! Nothing here runs but at safepoints of compiled code. Between them the nursery grows as far as a primitive needs.

pub(crate) mod collect;
pub mod config;
pub mod context;
mod large;
mod major;
mod minor;
mod nursery;
mod old;
pub mod roots;
pub(crate) mod shared;
pub mod space;
mod stats;
#[cfg(test)]
mod tests;
mod verify;
#[cfg(test)]
pub(crate) mod worker_tests;
mod world;

pub use large::LARGE;
pub use stats::Stats;

use cl_abi::layout::*;
use config::Mode;
use large::LargeSpace;
use nursery::Nursery;
use old::OldSpace;
use space::Reservation;

/// Address space for the nursery, at most: what one primitive can allocate before the next safepoint. The chunks of the
/// old space get eight times as much, the large objects too.
const NURSERY_RESERVED: usize = 64 << 30;
/// Where the kernel does not allow even this, no program can run.
const NURSERY_RESERVED_MIN: usize = 4 << 20;
const OLD_SHARE: usize = 8;

/// Bytes of the nursery that are filled before a collection: 4 MiB at first, about what the second-level cache and its
/// neighbour hold. A program whose objects survive gets more, up to 32 MiB: fewer collections give objects more time to die.
const NURSERY_MIN: usize = 4 << 20;
const NURSERY_MAX: usize = 32 << 20;

/// Bytes that must be promoted, at least, before a major collection: below this, marking is not worth its fixed costs.
const MAJOR_MIN: usize = 32 << 20;

/// Slots that are remembered before a collection is asked for: 64 K, half a megabyte.
const REMEMBERED_MAX: usize = 64 << 10;

/// What vacated memory is filled with under `CL_GC=stress`: as a reference it is an address that faults, as a header it is
/// of no kind.
const POISON: u64 = 0xdead_beef_dead_beef & !TAG_MASK | PTR_TAG;
const _: () = assert!(POISON >> 47 != 0 && POISON >> 47 != 0x1_ffff && header_kind(POISON) as usize >= KIND_COUNT);

#[repr(u8)]
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Wanted {
    Nothing,
    Minor,
    Major,
}

pub struct Heap {
    /// Nursery, old space and large objects, in this order.
    _space: Reservation,
    nursery: Nursery,
    old: OldSpace,
    large: LargeSpace,
    mode: Mode,
    /// Bound of the old space in bytes; 0: not computed yet.
    max: usize,
    /// The last major collection left too little room.
    is_full: bool,
    /// Bytes that got into the old space since the last major collection, and how many may.
    since_major: usize,
    major_after: usize,
    /// The least value of `major_after`, where there is room.
    threshold: usize,
    /// Full collections are made when due; else only when asked for, or when memory runs short.
    enabled: bool,
    asked: bool,
    stats: Stats,
}

impl Heap {
    fn new(mode: Mode) -> Heap {
        let (space, marks, unit) = reserve();
        let old = space.base() + unit;
        Heap {
            nursery: Nursery::new(space.base(), unit, mode),
            old: OldSpace::new(old, OLD_SHARE * unit, marks),
            large: LargeSpace::new(old + OLD_SHARE * unit, OLD_SHARE * unit),
            mode,
            max: 0,
            is_full: false,
            since_major: 0,
            major_after: MAJOR_MIN,
            threshold: MAJOR_MIN,
            enabled: true,
            asked: false,
            stats: Stats::default(),
            _space: space,
        }
    }

    /// First address and size of the nursery, and where it is filled next.
    fn nursery_addresses(&self) -> (usize, usize, usize) {
        (self.nursery.base, self.nursery.size, self.nursery.start)
    }

    /// A large object, and whether it makes a major collection due. `None` when no addresses are left.
    fn alloc_large(&mut self, bytes: usize) -> (Option<*mut u64>, bool) {
        self.since_major += bytes;
        (self.large.alloc(bytes), self.since_major > self.major_after)
    }

    /// Bytes that the old generation holds, garbage included.
    fn old_bytes(&self) -> usize {
        self.old.bytes() + self.large.bytes()
    }

    fn max(&mut self) -> usize {
        if self.max == 0 {
            self.max = config::heap_max();
        }
        self.max
    }
}

/// The largest reservation that the kernel grants: the space, the marks of its chunks, and the nursery's share.
fn reserve() -> (Reservation, Reservation, usize) {
    let mut unit = NURSERY_RESERVED;
    while unit >= NURSERY_RESERVED_MIN {
        let space = Reservation::new((1 + 2 * OLD_SHARE) * unit);
        let marks = Reservation::new(OLD_SHARE * unit / 64);
        if let (Some(space), Some(marks)) = (space, marks) {
            return (space, marks, unit);
        }
        unit /= 2;
    }
    out_of_addresses()
}

/// The first payload word of each kind that is a value, as far beyond the end as any object's size where there is none.
const FIRST_VALUE: [usize; 128] = {
    let mut table = [usize::MAX; 128];
    let mut kind = 0;
    while kind < KIND_COUNT {
        if let Some(first) = RAW_PREFIX[kind] {
            table[kind] = first;
        }
        kind += 1;
    }
    table
};

/// The slots of an object that hold values.
#[inline]
fn fields(object: *mut u64) -> impl DoubleEndedIterator<Item = *mut u64> + ExactSizeIterator {
    // SAFETY: this is an object, which begins with its header.
    let header = unsafe { *object };
    let size = header_size(header);
    let first = FIRST_VALUE[header_kind(header) as usize].min(size);
    // SAFETY: the object has these payload words.
    (first..size).map(move |i| unsafe { object.add(1 + i) })
}

/// Ends the program: the kernel does not give addresses, or the reserved ones are used up.
#[cold]
fn out_of_addresses() -> ! {
    crate::control::report::fatal("out-of-memory", "no address space is left for the heap")
}
