//! What the collector did so far.

/// Counts since the program's start.
#[derive(Clone, Copy, Default, Debug)]
pub struct Stats {
    pub minor_collections: u64,
    pub major_collections: u64,
    /// Bytes that the nursery gave out before the last collection, and bytes of those that survived.
    pub allocated_bytes: u64,
    pub promoted_bytes: u64,
    /// Bytes that the old space and the large objects held after the last major collection.
    pub live_bytes: u64,
    /// Time spent collecting.
    pub nanoseconds: u64,
}

impl crate::Context {
    pub fn gc_stats(&self) -> Stats {
        self.shared.heap().stats
    }
}
