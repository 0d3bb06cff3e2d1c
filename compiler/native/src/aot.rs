//! Object file and link.

use crate::{Input, target};
use cl_clif::{Error, Options};
use cranelift_object::{ObjectBuilder, ObjectModule};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The runtime that every program is linked with, built by `build.rs`.
static ARCHIVE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/libcl_runtime.a"));

/// Why there is no executable.
#[derive(Debug)]
pub enum LinkError {
    /// No C compiler was found under this name.
    NoLinker(String),
    /// The linker ended with an error; its message.
    Failed(String),
    /// A file could not be written.
    Io(PathBuf, io::Error),
}

/// Compiles to an object file. `triple`: the target, this machine when `None`.
pub fn object(input: Input<'_>, triple: Option<&str>) -> Result<Vec<u8>, Error> {
    let (module, _) = compile(input, triple, false, false)?;
    module.finish().emit().map_err(|e| internal(e.to_string()))
}

pub(crate) fn compile(
    input: Input<'_>,
    triple: Option<&str>,
    clif: bool,
    asm: bool,
) -> Result<(ObjectModule, String), Error> {
    let isa = target(triple, input.optimise).map_err(internal)?;
    let names = cranelift_module::default_libcall_names();
    let builder = ObjectBuilder::new(isa, "program", names).map_err(|e| internal(e.to_string()))?;
    let mut module = ObjectModule::new(builder);
    let options = Options { near_runtime: true, clif, asm };
    let compiled = cl_clif::compile(&mut module, input.program, input.kinds, input.sources, options)?;
    Ok((module, compiled.text))
}

fn internal(message: String) -> Error {
    Error { function: "the program".into(), message }
}

/// Links an object file of [`object`] with the runtime into an executable at `output`. `verbose`: shows the
/// linker's command on standard error. The C compiler is `cc`, or what the environment variable `CC` names.
pub fn link(object: &[u8], output: &Path, verbose: bool) -> Result<(), LinkError> {
    let folder = tempfile::tempdir().map_err(|e| LinkError::Io(std::env::temp_dir(), e))?;
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).map_err(|e| LinkError::Io(path.clone(), e)).map(|()| path)
    };
    let object = write("program.o", object)?;
    let archive = write("libcl_runtime.a", ARCHIVE)?;
    let linker = std::env::var("CC").unwrap_or_else(|_| "cc".into());
    let mut command = Command::new(&linker);
    // The C library is the system's: linked statically it alone is larger than a whole small program may be.
    command.args(["-no-pie", "-static-libgcc", "-s", "-o"]).arg(output).arg(object).arg(archive);
    command.args(["-Wl,--gc-sections", "-Wl,--build-id=none", "-Wl,--as-needed", "-lm"]);
    replace_handlers(&mut command);
    if verbose {
        eprintln!("{command:?}");
    }
    let result = match command.output() {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(LinkError::NoLinker(linker)),
        Err(e) => return Err(LinkError::Io(linker.into(), e)),
        Ok(result) => result,
    };
    if result.status.success() {
        Ok(())
    } else {
        Err(LinkError::Failed(String::from_utf8_lossy(&result.stderr).into_owned()))
    }
}

/// Has the linker put the runtime's own handlers of Rust panics and failed allocations in the place of std's, which would
/// bring along all that prints Rust backtraces: 200 KB. std's have mangled names with a hash in them, found in the archive.
fn replace_handlers(command: &mut Command) {
    for (name, ours) in [("rust_begin_unwind", "cl_panic"), ("__rust_alloc_error_handler", "cl_alloc_error")] {
        if let Some(symbol) = mangled(name) {
            command.arg(format!("-Wl,--wrap={symbol}")).arg(format!("-Wl,--defsym=__wrap_{symbol}={ours}"));
        }
    }
}

/// The mangled symbol of std's function of this name: `_RNv…_7___rustc<length><name>`.
fn mangled(name: &str) -> Option<String> {
    let separator = if name.starts_with('_') { "_" } else { "" };
    let tail = format!("_7___rustc{}{separator}{name}", name.len());
    let at = ARCHIVE.windows(tail.len()).position(|w| w == tail.as_bytes())?;
    let start = ARCHIVE[..at].iter().rposition(|b| !b.is_ascii_alphanumeric() && *b != b'_').map_or(0, |i| i + 1);
    std::str::from_utf8(&ARCHIVE[start..at + tail.len()]).ok().map(str::to_string)
}
