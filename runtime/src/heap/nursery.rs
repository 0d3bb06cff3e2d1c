//! The region that new objects come from. Each worker fills a part of it, its *buffer*, by bumping a pointer; here are the
//! parts given out.
//!
//! ```text
//!  start                         next                    start + soft                    end
//!   | buffer | buffer | buffer … | not given out yet      | only for primitives that     |
//!   |                            |                        | need more                    |
//! ```
//!
//! An only worker's buffer is all that is left up to the soft limit; where there are several, each takes 256 KiB at a time.

use super::config::Mode;
use super::space::give_back;
use super::{NURSERY_MAX, NURSERY_MIN, POISON};

/// Bytes of a buffer where there are several workers, and of what an only one takes beyond the soft limit: 256 KiB. What is
/// left of it at a collection, and when the next one is taken, is lost, so it is small against the soft limit; taking one
/// costs a lock, so it is large against that.
const BUFFER: usize = 256 << 10;

/// Buffers that each of several workers is to get between two collections, at least.
const BUFFERS_EACH: usize = 4;

/// The nursery doubles when more than this part of it survives (1/8), and halves when less than 1/64 does.
const GROW_SHARE: usize = 8;
const SHRINK_SHARE: usize = 64;

pub(super) struct Nursery {
    pub base: usize,
    pub size: usize,
    /// Under stress the halves of the region take turns. Else this is the whole region.
    pub start: usize,
    pub end: usize,
    /// Bytes that are filled before a collection.
    pub soft: usize,
    /// What was not given out yet.
    next: usize,
    /// Bytes of a buffer.
    buffer: usize,
    /// How many workers fill it.
    workers: usize,
}

/// How far a buffer may reach.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Soft,
    End,
}

impl Nursery {
    pub fn new(base: usize, size: usize, mode: Mode) -> Nursery {
        let end = base + if mode.stress { size / 2 } else { size };
        let soft = NURSERY_MIN.min(size / 2);
        Nursery { base, size, start: base, end, soft, next: base, buffer: usize::MAX, workers: 1 }
    }

    /// One more worker fills the nursery.
    pub fn add_worker(&mut self) {
        self.workers += 1;
        self.buffer = BUFFER;
        self.soft = self.soft.max(self.bounds().0);
    }

    /// The least and the greatest number of bytes that are filled before a collection.
    fn bounds(&self) -> (usize, usize) {
        let least = if self.workers > 1 { self.workers * BUFFERS_EACH * BUFFER } else { 0 };
        let (least, most) = (least.max(NURSERY_MIN), (2 * least).max(NURSERY_MAX));
        (least.min(self.size / 4), most.min(self.size / 4))
    }

    /// Bytes that were given out, and not taken back.
    pub fn used(&self) -> usize {
        self.next - self.start
    }

    /// Room for `bytes` bytes, for a worker whose buffer is `(at, end)` from its first free byte on: a buffer, which is the
    /// same one made longer if what follows is free.
    pub fn take(&mut self, bytes: usize, (at, end): (usize, usize), limit: Limit) -> Option<(usize, usize)> {
        let start = if end == self.next { at } else { self.next };
        let least = start + bytes - self.next;
        let soft_end = self.start + self.soft;
        let (most, usual) = match limit {
            Limit::Soft => (soft_end.saturating_sub(self.next), self.buffer),
            Limit::End => (self.end - self.next, BUFFER),
        };
        if least > most {
            return None;
        }
        self.next += usual.clamp(least, most);
        Some((start, self.next))
    }

    /// Takes what is left of a worker's buffer back, if it is the last one that was given out.
    pub fn take_back(&mut self, at: usize, end: usize) {
        if end == self.next {
            self.next = at;
        }
    }

    /// Empties the nursery, of which so much was used and so much promoted. Chooses its size for the next round, and gives
    /// back what primitives used beyond it.
    pub fn reset(&mut self, used: usize, promoted: usize, mode: Mode) {
        if mode.stress {
            poison(self.start, used);
            let half = self.size / 2;
            self.start = if self.start == self.base { self.base + half } else { self.base };
            self.end = self.start + half;
        }
        self.next = self.start;
        let (least, most) = self.bounds();
        if used > self.soft.max(most) {
            give_back(self.start + self.soft, self.start + used);
        }
        if promoted > self.soft / GROW_SHARE {
            self.soft = (self.soft * 2).min(most);
        } else if promoted < self.soft / SHRINK_SHARE && used >= self.soft {
            let smaller = (self.soft / 2).max(least);
            give_back(self.start + smaller, self.start + self.soft);
            self.soft = smaller;
        }
    }
}

fn poison(start: usize, bytes: usize) {
    // SAFETY: these bytes of the nursery were vacated.
    unsafe { std::slice::from_raw_parts_mut(start as *mut u64, bytes / 8).fill(POISON) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: usize = 1 << 30;
    const SIZE: usize = 64 << 20;

    #[test]
    fn an_only_worker_gets_all_and_goes_on_in_place() {
        let mut n = Nursery::new(BASE, SIZE, Mode::default());
        assert_eq!(n.take(24, (BASE, BASE), Limit::Soft), Some((BASE, BASE + NURSERY_MIN)));
        let buffer = (BASE + NURSERY_MIN - 16, BASE + NURSERY_MIN);
        assert_eq!(n.take(24, buffer, Limit::Soft), None);
        assert_eq!(n.take(24, buffer, Limit::End), Some((buffer.0, buffer.1 + BUFFER)));
        n.take_back(buffer.0 + 24, buffer.1 + BUFFER);
        assert_eq!(n.used(), NURSERY_MIN + 8);
    }

    #[test]
    fn buffers_of_several_workers_do_not_overlap_and_keep_to_the_soft_limit() {
        for workers in [2, 4, 10] {
            let mut n = Nursery::new(BASE, SIZE, Mode::default());
            (1..workers).for_each(|_| n.add_worker());
            let mut buffers = vec![(BASE, BASE); workers];
            let mut ends = vec![BASE];
            for i in 0.. {
                let Some((at, end)) = n.take(40, buffers[i % workers], Limit::Soft) else { break };
                assert_eq!(at, *ends.last().expect("not empty"));
                assert!(end - at >= 40 && end <= BASE + n.soft);
                buffers[i % workers] = (end - 8, end);
                ends.push(end);
            }
            assert_eq!(ends.len(), 1 + (NURSERY_MIN / BUFFER).max(BUFFERS_EACH * workers));
            assert_eq!(n.take(SIZE, buffers[0], Limit::End), None);
        }
    }
}
