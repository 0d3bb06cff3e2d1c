//! From trees to the resolved tree: modules, macros, special forms, names.

pub mod hir;
