//! `clc build`: an executable, or what `--emit` asks for.

use crate::args::{Build, Emit};
use crate::driver::{self, Front};
use crate::output;
use crate::project::{self, Root};
use crate::report::{self, Failure};
use crate::stage::Stages;
use crate::{depfile, linker};
use cl_native::{Input, Listing};
use std::path::{Path, PathBuf};

pub fn run(args: &Build) -> Result<(), Failure> {
    let stages = Stages { verbose: args.verbose };
    let root = project::root(args.file.as_deref(), args.common.format)?;
    let target = args.out.clone().filter(|_| args.emit.is_none()).unwrap_or_else(|| default_name(&root, args.emit));
    if args.out.as_deref().unwrap_or(&target) == root.file && root.file.is_file() {
        let message = format!("the result would overwrite the source {}", root.file.display());
        return Err(Failure::outside(message, "name another file with -o OUT"));
    }
    linker::can_compile(args.target.as_deref())?;
    if args.emit.is_none() {
        linker::can_link(args.target.as_deref())?;
    }
    let front = driver::front_end(stages, &root.file, args.level, &args.meaning, args.common.format)?;
    match args.emit {
        None => executable(args, &front, stages, &target)?,
        Some(emit) => emitted(args, &front, stages, emit, &target)?,
    }
    if args.depend.is_some() {
        let made = args.out.as_deref().unwrap_or(&target);
        output::write(&output::with_suffix(made, "d"), depfile::rule(made, &front.files).as_bytes())?;
    }
    Ok(())
}

fn executable(args: &Build, front: &Front, stages: Stages, out: &Path) -> Result<(), Failure> {
    let object = object(args, front, stages)?;
    output::place(out, |path| {
        stages.run("link", || cl_native::link(&object, path, args.verbose)).map_err(|e| linker::failure(e, out))
    })
}

fn emitted(args: &Build, front: &Front, stages: Stages, emit: Emit, target: &Path) -> Result<(), Failure> {
    let text = match emit {
        Emit::Obj => {
            let object = object(args, front, stages)?;
            return output::write(args.out.as_deref().unwrap_or(target), &object);
        }
        Emit::Asm => listing(args, front, stages, Listing::Asm)?,
        Emit::Clif => listing(args, front, stages, Listing::Clif)?,
        Emit::Core => cl_core::print(&front.flat.program),
        Emit::Dep => depfile::rule(target, &front.files),
    };
    match &args.out {
        Some(out) => output::write(out, text.as_bytes()),
        None => report::print(&text),
    }
}

fn object(args: &Build, front: &Front, stages: Stages) -> Result<Vec<u8>, Failure> {
    let made = stages.run("code", || cl_native::object(input(args, front), args.target.as_deref()));
    made.map_err(|e| driver::code_failure(&e))
}

fn listing(args: &Build, front: &Front, stages: Stages, kind: Listing) -> Result<String, Failure> {
    let made = stages.run("code", || cl_native::listing(input(args, front), args.target.as_deref(), kind));
    made.map_err(|e| driver::code_failure(&e))
}

fn input<'a>(args: &Build, front: &'a Front) -> Input<'a> {
    front.input(args.level)
}

/// The result's name where none is given: the project's, or FILE's without `.cl`, in the current folder.
fn default_name(root: &Root, emit: Option<Emit>) -> PathBuf {
    let stem = match &root.name {
        Some(name) => PathBuf::from(name),
        None => PathBuf::from(root.file.file_stem().unwrap_or(root.file.as_os_str())),
    };
    match emit {
        Some(Emit::Obj) => output::with_suffix(&stem, "o"),
        None | Some(Emit::Asm | Emit::Clif | Emit::Core | Emit::Dep) => stem,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_named_for_the_source_or_the_project() {
        let name = |file: &str, emit| default_name(&Root { file: file.into(), name: None }, emit);
        assert_eq!(name("a/main.cl", None), Path::new("main"));
        assert_eq!(name("a/main.cl", Some(Emit::Obj)), Path::new("main.o"));
        assert_eq!(name("main", Some(Emit::Dep)), Path::new("main"));
    }
}
