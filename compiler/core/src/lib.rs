//! Core, the typed tree that all back ends and the optimiser see; its verifier and printer; lowering to it.

pub mod ir;
