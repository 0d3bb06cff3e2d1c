//! The garbage-collected heap.

pub mod context;
pub mod space;

use space::Reservation;

/// Reserved for the nursery: how much a single primitive can allocate before the next safepoint, at most.
const NURSERY_RESERVED: usize = 64 << 30;

pub struct Heap {
    nursery: Reservation,
    remembered: Vec<*mut u64>,
}

impl Heap {
    fn new() -> Heap {
        let nursery = Reservation::up_to(NURSERY_RESERVED, 64 << 20).expect("address space for the heap");
        Heap { nursery, remembered: Vec::new() }
    }
}
