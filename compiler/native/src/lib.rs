//! Two thin drivers over `clif`: an object file linked into an executable, and code in memory that runs at once. With the
//! command line the only crate that touches files, and only to link.

mod aot;
mod host;
mod jit;

pub use aot::{LinkError, link, object};
pub use cl_clif::Error;
pub use host::{check_target, host, is_host};
pub use jit::run;

use cl_core::ir::Program;
use cl_opt::Kinds;
use cl_text::SourceMap;
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};

/// A flat program with what code generation needs to know of it.
#[derive(Clone, Copy)]
pub struct Input<'a> {
    pub program: &'a Program,
    pub kinds: &'a Kinds,
    pub sources: &'a SourceMap,
    /// Take time for good code.
    pub optimise: bool,
}

/// Text to emit in place of an executable.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Listing {
    /// Cranelift IR.
    Clif,
    /// Machine code.
    Asm,
}

/// The text of what code generation makes.
pub fn listing(input: Input<'_>, triple: Option<&str>, listing: Listing) -> Result<String, Error> {
    aot::compile(input, triple, listing == Listing::Clif, listing == Listing::Asm).map(|(_, text)| text)
}

/// The version of the code generator, for `--version`.
pub const CRANELIFT_VERSION: &str = cranelift_codegen::VERSION;

/// Cranelift for a target (this machine when `None`).
fn target(triple: Option<&str>, optimise: bool) -> Result<OwnedTargetIsa, String> {
    let mut flags = settings::builder();
    let mut set = |name, value| flags.set(name, value).map_err(|e| format!("{name}: {e}"));
    set("opt_level", if optimise { "speed" } else { "none" })?;
    set("preserve_frame_pointers", "true")?;
    set("unwind_info", "false")?;
    set("enable_probestack", "false")?;
    // Holds the context.
    set("enable_pinned_reg", "true")?;
    set("is_pic", "false")?;
    // Functions begin at the start of a fetch block.
    set("log2_min_function_alignment", "5")?;
    set("enable_verifier", if cfg!(debug_assertions) { "true" } else { "false" })?;
    if !optimise {
        set("regalloc_algorithm", "single_pass")?;
    }
    let flags = settings::Flags::new(flags);
    let builder = match triple {
        None => cranelift_native::builder().map_err(str::to_string)?,
        Some(text) => {
            let triple = text.parse().map_err(|e| format!("{text}: {e}"))?;
            isa::lookup(triple).map_err(|e| format!("{text}: {e}"))?
        }
    };
    builder.finish(flags).map_err(|e| e.to_string())
}
