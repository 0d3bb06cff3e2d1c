//! The old space: chunks of a fixed size out of a reserved region, filled by bumping a pointer. Every object here
//! survived a minor collection. Marks are kept beside the chunks, one bit for each word, set at an object's header.

use super::space::{Reservation, give_back};
use cl_abi::layout::header_size;

/// Bytes of a chunk: the unit that is evacuated and given back. Small enough that a sparse one is cheap to copy, large
/// enough that the tail which the last object leaves unused (at most `LARGE`, 1/32 of it) does not matter.
pub const CHUNK: usize = 1 << 20;

/// Words of marks for one chunk.
const MARK_WORDS: usize = CHUNK / 8 / 64;

/// Index of a chunk, by address from the region's start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChunkId(pub u32);

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum State {
    /// Without objects; `resident`: its pages were not given back.
    Free {
        resident: bool,
    },
    Used,
    /// The running major collection moves its objects out.
    Evacuated,
}

struct Chunk {
    state: State,
    /// End of the objects. Of the chunk that is being filled, `OldSpace::next` is the truth.
    top: usize,
    /// Bytes of marked objects, while a major collection runs.
    live: usize,
}

/// Objects that were allocated one after the other, from `start` up to the chunk's end of objects.
struct Run {
    start: usize,
    chunk: ChunkId,
}

pub struct OldSpace {
    base: usize,
    size: usize,
    /// One bit for each word of the region.
    marks: Reservation,
    chunks: Vec<Chunk>,
    free: Vec<ChunkId>,
    /// The chunk that is being filled, its next free byte and its end.
    current: Option<ChunkId>,
    next: usize,
    end: usize,
    /// Chunks that hold objects.
    used: usize,
    /// What was filled since `begin_runs`.
    runs: Vec<Run>,
}

impl OldSpace {
    /// A space within reserved addresses; `marks` has one byte for each 64 of them.
    pub fn new(base: usize, size: usize, marks: Reservation) -> OldSpace {
        debug_assert!(marks.size() >= size / 64);
        OldSpace {
            base,
            size,
            marks,
            chunks: vec![],
            free: vec![],
            current: None,
            next: 0,
            end: 0,
            used: 0,
            runs: vec![],
        }
    }

    #[inline]
    pub fn contains(&self, address: usize) -> bool {
        address.wrapping_sub(self.base) < self.size
    }

    /// Bytes of all chunks that hold objects.
    pub fn bytes(&self) -> usize {
        self.used * CHUNK
    }

    /// Room for an object of `bytes` bytes, which must fit a chunk. `None` when the region is full.
    #[inline]
    pub fn alloc(&mut self, bytes: usize) -> Option<usize> {
        if self.end - self.next < bytes {
            self.next_chunk()?;
        }
        let at = self.next;
        self.next += bytes;
        Some(at)
    }

    #[cold]
    fn next_chunk(&mut self) -> Option<()> {
        self.close();
        let id = match self.free.pop() {
            Some(id) => id,
            None if (self.chunks.len() + 1) * CHUNK > self.size => return None,
            None => {
                self.chunks.push(Chunk { state: State::Free { resident: false }, top: 0, live: 0 });
                ChunkId(self.chunks.len() as u32 - 1)
            }
        };
        let start = self.start_of(id);
        let chunk = &mut self.chunks[id.0 as usize];
        chunk.state = State::Used;
        chunk.top = start;
        chunk.live = 0;
        self.used += 1;
        self.runs.push(Run { start, chunk: id });
        self.current = Some(id);
        self.next = start;
        self.end = start + CHUNK;
        Some(())
    }

    /// Ends filling the current chunk.
    fn close(&mut self) {
        if let Some(id) = self.current.take() {
            self.chunks[id.0 as usize].top = self.next;
        }
        (self.next, self.end) = (0, 0);
    }

    fn start_of(&self, id: ChunkId) -> usize {
        self.base + id.0 as usize * CHUNK
    }
    fn chunk_of(&self, address: usize) -> usize {
        debug_assert!(self.contains(address));
        (address - self.base) / CHUNK
    }
    fn top_of(&self, id: ChunkId) -> usize {
        if self.current == Some(id) { self.next } else { self.chunks[id.0 as usize].top }
    }

    /// Starts to note which chunks are filled: a copying collector scans what it allocates from here on.
    pub fn begin_runs(&mut self) {
        self.runs.clear();
        if let Some(chunk) = self.current {
            self.runs.push(Run { start: self.next, chunk });
        }
    }
    /// The `i`th run since `begin_runs`, and where it ends as yet.
    #[inline]
    pub fn run(&self, i: usize) -> Option<(usize, usize)> {
        self.runs.get(i).map(|r| (r.start, self.top_of(r.chunk)))
    }

    /// Whether an object may stand here: used to check references.
    pub fn is_allocated(&self, address: usize, bytes: usize) -> bool {
        let id = ChunkId(self.chunk_of(address) as u32);
        match self.chunks.get(id.0 as usize) {
            Some(c) => c.state == State::Used && address + bytes <= self.top_of(id),
            None => false,
        }
    }

    #[inline]
    fn mark_word(&self, address: usize) -> (*mut u64, u64) {
        let bit = (address - self.base) / 8;
        let word = self.marks.base() + bit / 64 * 8;
        (word as *mut u64, 1 << (bit % 64))
    }

    /// Marks the object at an address; false if it was marked already.
    #[inline]
    pub fn mark(&mut self, address: usize, bytes: usize) -> bool {
        let (word, bit) = self.mark_word(address);
        // SAFETY: the marks cover the whole region.
        unsafe {
            if *word & bit != 0 {
                return false;
            }
            *word |= bit;
        }
        let chunk = self.chunk_of(address);
        self.chunks[chunk].live += bytes;
        true
    }

    /// Whether the object at an address is marked.
    pub fn is_marked(&self, address: usize) -> bool {
        let (word, bit) = self.mark_word(address);
        // SAFETY: the marks cover the whole region.
        unsafe { *word & bit != 0 }
    }

    /// Forgets all marks. Free chunks have none.
    pub fn clear_marks(&mut self) {
        for i in 0..self.chunks.len() {
            if self.chunks[i].state == State::Used {
                self.clear_marks_of(ChunkId(i as u32));
            }
        }
    }

    fn clear_marks_of(&mut self, id: ChunkId) {
        self.chunks[id.0 as usize].live = 0;
        let marks = self.marks.base() + id.0 as usize * MARK_WORDS * 8;
        // SAFETY: these are the chunk's marks.
        unsafe { std::ptr::write_bytes(marks as *mut u64, 0, MARK_WORDS) };
    }

    /// Bytes of marked objects.
    pub fn live(&self) -> usize {
        self.chunks.iter().filter(|c| c.state == State::Used).map(|c| c.live).sum()
    }

    /// Frees the chunks without a marked object.
    pub fn free_empty(&mut self) {
        for i in 0..self.chunks.len() {
            if self.chunks[i].state == State::Used && self.chunks[i].live == 0 {
                self.free_chunk(ChunkId(i as u32));
            }
        }
    }

    fn free_chunk(&mut self, id: ChunkId) {
        if self.current == Some(id) {
            self.close();
        }
        self.chunks[id.0 as usize].state = State::Free { resident: true };
        self.used -= 1;
        self.free.push(id);
    }

    /// Chooses the chunks whose objects are to move: the sparsest of those with less than [`SPARSE`] live bytes, as long as
    /// no more than `budget` bytes have to be copied. None are chosen when moving would gain too little. The marks must be
    /// complete.
    pub fn choose_evacuated(&mut self, budget: usize) -> Vec<ChunkId> {
        let live_of = |id: &ChunkId| self.chunks[id.0 as usize].live;
        let mut chosen: Vec<ChunkId> = self.used_chunks().filter(|id| live_of(id) < SPARSE).collect();
        chosen.sort_by_key(live_of);
        let (mut copied, mut gain) = (0, 0);
        let affordable = chosen.iter().take_while(|id| {
            copied += live_of(id);
            copied <= budget
        });
        let count = affordable.inspect(|id| gain += CHUNK - live_of(id)).count();
        if gain < MIN_GAIN.max(self.live() / MIN_GAIN_SHARE) {
            return vec![];
        }
        chosen.truncate(count);
        for &id in &chosen {
            if self.current == Some(id) {
                self.close();
            }
            self.chunks[id.0 as usize].state = State::Evacuated;
        }
        chosen
    }

    #[inline]
    pub fn is_evacuated(&self, address: usize) -> bool {
        self.chunks[self.chunk_of(address)].state == State::Evacuated
    }

    /// Frees chunks whose objects have moved.
    pub fn free_evacuated(&mut self, chosen: &[ChunkId]) {
        for &id in chosen {
            self.clear_marks_of(id);
            self.free_chunk(id);
        }
    }

    /// Gives the pages of free chunks back, but for `keep` bytes that will soon be filled again.
    pub fn give_back(&mut self, keep: usize) {
        let mut kept = 0;
        // The free list is used from its end.
        for i in (0..self.free.len()).rev() {
            let id = self.free[i];
            let start = self.start_of(id);
            let chunk = &mut self.chunks[id.0 as usize];
            if chunk.state != (State::Free { resident: true }) {
                continue;
            }
            if kept + CHUNK <= keep {
                kept += CHUNK;
                continue;
            }
            chunk.state = State::Free { resident: false };
            give_back(start, start + CHUNK);
        }
        // Resident chunks are used first.
        let chunks = &self.chunks;
        self.free.sort_by_key(|id| chunks[id.0 as usize].state == State::Free { resident: true });
    }

    /// All chunks that hold objects and are not being evacuated.
    pub fn used_chunks(&self) -> impl Iterator<Item = ChunkId> {
        (0..self.chunks.len() as u32).map(ChunkId).filter(|id| self.chunks[id.0 as usize].state == State::Used)
    }

    /// The marked objects of a chunk, by address.
    pub fn marked(&self, id: ChunkId) -> Marked {
        Marked { marks: self.marks.base() + id.0 as usize * MARK_WORDS * 8, chunk: self.start_of(id), word: 0, bits: 0 }
    }
}

/// A chunk with fewer live bytes is evacuated: 60 %. The space held is then at most 1/0.6 of what is live.
const SPARSE: usize = CHUNK / 10 * 6;
/// Evacuation costs a pass over all live objects, so it must gain some bytes, and a share (1/8) of what is live.
const MIN_GAIN: usize = 4 << 20;
const MIN_GAIN_SHARE: usize = 8;

/// Iterates over the set marks of a chunk. Holds addresses, not borrows: the caller moves objects meanwhile.
pub struct Marked {
    marks: usize,
    chunk: usize,
    /// Index of the next word of marks to look at.
    word: usize,
    /// What is left of the word before it.
    bits: u64,
}

impl Iterator for Marked {
    type Item = *mut u64;

    #[inline]
    fn next(&mut self) -> Option<*mut u64> {
        while self.bits == 0 {
            if self.word == MARK_WORDS {
                return None;
            }
            // SAFETY: these are the chunk's marks.
            self.bits = unsafe { *(self.marks as *const u64).add(self.word) };
            self.word += 1;
        }
        let bit = self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        Some((self.chunk + ((self.word - 1) * 64 + bit) * 8) as *mut u64)
    }
}

/// Bytes of an object with this header.
#[inline]
pub fn object_bytes(header: u64) -> usize {
    8 + 8 * header_size(header)
}
