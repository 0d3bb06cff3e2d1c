//! Warnings over the resolved tree: matches that leave values out, arms that nothing reaches, values that are dropped. What
//! only the walk over syntax knows (which matches and expressions the user wrote) comes from the resolver.

pub mod coverage;
pub mod discarded;
