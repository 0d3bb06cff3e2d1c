//! `clc fmt`: lays source files out anew, or tells which ones it would.

use crate::args::Fmt;
use crate::report::{self, Failure};
use crate::{files, output, project};
use cl_syntax::format::{format, same_program};
use cl_text::{SourceMap, source};
use std::io::Read;

/// Gives the exit status.
pub fn run(args: &Fmt) -> Result<u8, Failure> {
    if args.stdin {
        return standard_input(args);
    }
    let (mut changed, mut failed) = (false, false);
    for path in files::expand(&project::paths(&args.files, args.common.format)?)? {
        let mut sources = SourceMap::default();
        let result = files::source(&path, &mut sources).map_err(|d| vec![d]);
        match result.and_then(|file| Ok((file, format(sources.text(file), file)?))) {
            Err(diagnostics) => {
                report::diagnostics(args.common.format, &sources, &diagnostics);
                failed = true;
            }
            Ok((file, new)) if new == sources.text(file) => {}
            Ok((file, new)) => {
                changed = true;
                check(sources.text(file), &new)?;
                if args.check {
                    report::print(&format!("{}\n", path.display()))?;
                } else {
                    output::replace(&path, &new)?;
                    report::print(&format!("formatted {}\n", path.display()))?;
                }
            }
        }
    }
    if failed { Err(Failure::Program) } else { Ok(u8::from(args.check && changed)) }
}

fn standard_input(args: &Fmt) -> Result<u8, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(u64::from(u32::MAX)).read_to_end(&mut bytes).map_err(|error| {
        let message = format!("cannot read standard input: {}", files::reason(&error));
        Failure::outside(message, "check where the input comes from")
    })?;
    let mut sources = SourceMap::default();
    let old = source::decode("<stdin>", bytes).map_err(|d| vec![d]);
    let new = old.and_then(|text| {
        let file = sources.add("<stdin>".to_owned(), text);
        Ok((file, format(sources.text(file), file)?))
    });
    match new {
        Err(diagnostics) => {
            report::diagnostics(args.common.format, &sources, &diagnostics);
            Err(Failure::Program)
        }
        Ok((file, new)) => {
            check(sources.text(file), &new)?;
            if !args.check {
                report::print(&new)?;
            }
            Ok(u8::from(args.check && new != sources.text(file)))
        }
    }
}

/// A formatter that changes a program must not get at the user's files.
fn check(old: &str, new: &str) -> Result<(), Failure> {
    if same_program(old, new) {
        return Ok(());
    }
    Err(Failure::Bug { stage: "format", message: "the formatted text is another program".to_owned() })
}
