//! Schedules by chance: `CL_SCHEDULE=SEED` makes the scheduler choose who goes on by random numbers, and take turns after random
//! numbers of safepoints. The same seed gives the same schedule, so a test that fails under it can be run again. Time is virtual
//! then: it passes only when everything waits.

use crate::heap::config;

pub struct Chance {
    /// SplitMix64 (Steele, Lea, Flood 2014).
    state: u64,
    /// Safepoints until the next turn.
    steps: u64,
}

impl Chance {
    pub fn from_env() -> Option<Chance> {
        std::str::from_utf8(config::variable(c"CL_SCHEDULE")?).ok()?.parse().ok().map(Chance::seeded)
    }

    pub fn seeded(seed: u64) -> Chance {
        Chance { state: seed, steps: 0 }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.state ^ self.state >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ z >> 31
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    /// A safepoint: whether another goroutine is to run. Turns last from a few safepoints to thousands: races between short
    /// pieces of code show with short turns, those between long ones with long turns.
    pub fn step(&mut self) -> bool {
        if self.steps > 0 {
            self.steps -= 1;
            return false;
        }
        let scale = 1 << self.below(13);
        self.steps = self.below(scale) as u64;
        true
    }
}
