//! Builds the runtime archive that `clc` carries in itself: the runtime as a static library, optimised as a whole, in a
//! target folder of its own (the outer build holds the lock of the usual one).

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    // Read when this runs: a build script that was compiled for a copy of this folder still builds the right runtime.
    let here = env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let root = Path::new(&here).join("../..");
    println!("cargo:rerun-if-changed={}", root.join("runtime").display());
    println!("cargo:rerun-if-changed={}", root.join("Cargo.toml").display());
    let target = out.join("runtime-target");
    let mut cargo = Command::new(env::var_os("CARGO").expect("cargo sets CARGO"));
    cargo
        .current_dir(&root)
        .args(["rustc", "--package", "cl_runtime", "--lib", "--crate-type", "staticlib", "--profile", "archive"])
        .arg("--target-dir")
        .arg(&target)
        // Flags and wrappers of the outer build are about the compiler, not about users' programs.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("RUSTC_WORKSPACE_WRAPPER");
    let status = cargo.status().expect("cargo runs");
    assert!(status.success(), "the runtime archive did not build");
    let archive = out.join("libcl_runtime.a");
    std::fs::copy(target.join("archive/libcl_runtime.a"), &archive).expect("the archive was just built");
    // The Rust library's own objects come with debug information: a third of the archive, which each link would read.
    // Without binutils the archive is only larger.
    let _ = Command::new("strip").arg("--strip-debug").arg(&archive).status();
}
