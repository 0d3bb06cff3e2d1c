//! Tests of the whole: what `clc` and the programs that it makes do, seen from outside. Nothing here links the
//! compiler, so a suite cannot pass by agreeing with the compiler's own mistakes.
//!
//! - [`harness`]: runs trials in parallel and reports them in cargo's style
//! - [`process`]: a child process with input, a time limit and captured output
//! - [`clc`]: finds or builds the `clc` under test
//! - [`corpus`]: programs with expected output, as they lie on disk
//! - [`engine`]: the ways to run a program
//! - [`library`]: the library as `clc doc` tells it, and the index made from it
//! - [`skips`]: the list of what is not expected to work yet
//! - [`types`]: the types that `clc doc` shows, and values of them

pub mod clc;
pub mod corpus;
pub mod engine;
pub mod harness;
pub mod library;
pub mod process;
pub mod skips;
pub mod types;

use std::path::{Path, PathBuf};

/// The root folder of the repository.
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the tests are a folder of the repository").to_path_buf()
}
