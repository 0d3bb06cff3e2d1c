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
    command.args(["-no-pie", "-static-libgcc", "-o"]).arg(output).arg(object).arg(archive);
    command.args(["-Wl,--gc-sections", "-Wl,--build-id=none", "-Wl,--as-needed", "-lm"]);
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
