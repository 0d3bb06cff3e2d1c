//! Code in memory that runs at once.

use crate::{Input, target};
use cl_abi::tables::Program;
use cl_clif::{Error, Options};
use cranelift_jit::{JITBuilder, JITModule};
use std::ffi::OsString;

/// Compiles and runs a program in this process; returns its exit status. `args` are the program's arguments.
pub fn run(input: Input<'_>, args: Vec<OsString>) -> Result<i32, Error> {
    let internal = |message: String| Error { function: "the program".into(), message };
    let isa = target(None, input.optimise).map_err(internal)?;
    let mut builder = JITBuilder::with_isa(isa, cranelift_module::default_libcall_names());
    builder.symbols(cl_runtime::primitives::symbols().into_iter().map(|(name, address)| (name, address as *const u8)));
    // Only the C `main` of an executable calls this; the JIT links all code that it is given.
    builder.symbol("cl_main", cl_runtime::control::entry::cl_main as *const u8);
    let mut module = JITModule::new(builder);
    let compiled = cl_clif::compile(&mut module, input.program, input.kinds, input.sources, Options::default())?;
    module.finalize_definitions().map_err(|e| internal(e.to_string()))?;
    let (tables, _) = module.get_finalized_data(compiled.tables);
    // SAFETY: `compile` has written a `Program` there, aligned to 8 bytes; the module, and with it code and data, lives
    // until the end of this function.
    let program = unsafe { &*tables.cast::<Program>() };
    let args = args.into_iter().map(std::os::unix::ffi::OsStringExt::into_vec);
    let status = cl_runtime::control::entry::run(program, args);
    drop(module);
    Ok(status)
}
