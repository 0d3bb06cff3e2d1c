//! Warnings over the resolved tree: matches that leave values out, arms that nothing reaches. What only the walk over
//! syntax knows (which matches the user wrote) comes from the resolver.

pub mod coverage;
