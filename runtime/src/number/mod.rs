//! Numbers, and what goes across all kinds: equality, hashing, order.

pub mod entries;
pub mod equal;
pub mod hash;
pub mod limbs;
