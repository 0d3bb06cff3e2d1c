//! Who waits for the clock: goroutines by the time at which they are to go on, those of the same time in the order in which they
//! came.

use crate::control::fiber::Fiber;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Nanoseconds since the clock was first looked at, and a number that makes it unique.
pub type Key = (u64, u64);

#[derive(Default)]
pub struct Timers {
    waiting: BTreeMap<Key, *mut Fiber>,
    count: u64,
    start: Option<Instant>,
    /// The time, while it is virtual: it passes only when everything waits.
    stopped_at: Option<u64>,
    /// When it became virtual.
    virtual_since: u64,
    /// How far virtual time got ahead of the clock.
    ahead: u64,
}

impl Timers {
    pub fn new(is_virtual: bool) -> Timers {
        Timers { stopped_at: is_virtual.then_some(0), ..Timers::default() }
    }

    /// Nanoseconds since the clock was first looked at.
    pub fn now(&mut self) -> u64 {
        match self.stopped_at {
            Some(time) => time,
            None => self.start.get_or_insert_with(Instant::now).elapsed().as_nanos() as u64 + self.ahead,
        }
    }

    /// Seconds since time became virtual, if it is.
    pub fn virtual_seconds(&self) -> Option<f64> {
        self.stopped_at.map(|time| (time - self.virtual_since) as f64 / 1e9)
    }

    /// Makes time virtual, or real again. It never goes back.
    pub fn set_virtual(&mut self, is_virtual: bool) {
        if is_virtual == self.stopped_at.is_some() {
            return;
        }
        let now = self.now();
        self.virtual_since = now;
        self.stopped_at = is_virtual.then_some(now);
        if !is_virtual {
            self.ahead = 0;
            self.ahead = now.saturating_sub(self.now());
        }
    }

    /// A goroutine is to go on in so many seconds, which may be infinite.
    pub fn add(&mut self, seconds: f64, goroutine: *mut Fiber) -> Key {
        self.count += 1;
        // The conversion saturates: what is too long is for ever.
        let key = (self.now().saturating_add((seconds.max(0.0) * 1e9) as u64), self.count);
        self.waiting.insert(key, goroutine);
        key
    }

    pub fn remove(&mut self, key: Key) {
        self.waiting.remove(&key);
    }

    /// The earliest time that somebody waits for.
    pub fn first(&self) -> Option<u64> {
        self.waiting.first_key_value().map(|(key, _)| key.0)
    }

    /// Takes one whose time has come.
    pub fn pop_due(&mut self) -> Option<*mut Fiber> {
        let first = self.first()?;
        if first > self.now() {
            return None;
        }
        self.waiting.pop_first().map(|(_, goroutine)| goroutine)
    }

    /// How long to wait until a time. A clock that stands still is set to it.
    pub fn left_until(&mut self, time: u64) -> Duration {
        if self.stopped_at.is_some() {
            self.stopped_at = Some(time);
        }
        Duration::from_nanos(time.saturating_sub(self.now()))
    }

    pub fn fibers(&self) -> impl Iterator<Item = &*mut Fiber> {
        self.waiting.values()
    }
}
