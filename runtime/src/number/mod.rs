//! Numbers, and what goes across all kinds: equality, hashing, order.

pub mod arith;
pub mod big;
pub mod bits;
pub mod digits;
pub mod entries;
pub mod equal;
pub mod hash;
pub mod limbs;
pub mod math;
pub mod order;

#[cfg(test)]
mod tests;
