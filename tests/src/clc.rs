//! Finds the `clc` under test: the one that `CLC` names, or else the release build of this workspace, brought up to
//! date first so that no suite ever tests a stale binary.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

/// The path of the compiler. Ends the process with a message if it cannot be built.
pub fn path() -> PathBuf {
    static PATH: OnceLock<PathBuf> = OnceLock::new();
    PATH.get_or_init(|| {
        let found = match std::env::var_os("CLC") {
            Some(given) => std::path::absolute(given).map_err(|error| format!("CLC: {error}")),
            None => build(),
        };
        found.unwrap_or_else(|why| {
            eprintln!("no clc to test: {why}");
            std::process::exit(101)
        })
    })
    .clone()
}

fn build() -> Result<PathBuf, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--quiet", "--release", "-p", "clc"])
        .current_dir(crate::repository())
        .status()
        .map_err(|error| format!("cannot start cargo: {error}"))?;
    if !status.success() {
        return Err("cargo build --release -p clc failed".to_string());
    }
    let path = target_folder()?.join("release").join(format!("clc{}", std::env::consts::EXE_SUFFIX));
    if path.exists() { Ok(path) } else { Err(format!("{} is not there after the build", path.display())) }
}

/// This test lies in `TARGET/PROFILE/deps/`.
fn target_folder() -> Result<PathBuf, String> {
    let exe = std::env::current_exe().map_err(|error| error.to_string())?;
    exe.ancestors().nth(3).map(PathBuf::from).ok_or_else(|| format!("{} is not in a target folder", exe.display()))
}
