//! Flat Core to Cranelift, written once over `cranelift_module::Module`: the object-file and the in-memory driver in
//! `native` both call [`compile`]. The only crate that makes Cranelift IR. It reports nothing to the user: what goes wrong
//! here is a compiler bug.

mod call;
mod data;
mod epilogue;
mod function;
mod liveness;
mod prim;
mod program;
mod rhs;
mod runtime;
mod safepoint;
mod state;
mod stubs;
mod tables;
mod versions;

use cl_core::ir::Program;
use cl_opt::Kinds;
use cl_text::SourceMap;
use cranelift_module::{DataId, FuncId, Module};

/// What to make beside code.
#[derive(Clone, Copy, Default)]
pub struct Options {
    /// Runtime functions are within 32 bits of the code (linked into one executable).
    pub near_runtime: bool,
    /// Keep the text of the Cranelift IR.
    pub clif: bool,
    /// Keep the text of the machine code.
    pub asm: bool,
}

/// What was compiled.
pub struct Compiled {
    /// The C `main`, which calls the runtime's `cl_main`.
    pub main: FuncId,
    /// The program tables, `cl_abi::tables::Program`.
    pub tables: DataId,
    /// Text that [`Options`] asked for.
    pub text: String,
}

/// A stage failed on a program that passed all checks: a bug of the compiler.
#[derive(Debug)]
pub struct Error {
    /// The function that was being compiled.
    pub function: String,
    pub message: String,
}

/// Compiles a flat program into the module.
pub fn compile<M: Module>(
    module: &mut M,
    program: &Program,
    kinds: &Kinds,
    sources: &SourceMap,
    options: Options,
) -> Result<Compiled, Error> {
    program::ProgramCompiler::new(module, program, kinds, sources, options).compile()
}
