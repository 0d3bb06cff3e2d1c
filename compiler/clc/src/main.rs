//! `clc`, the command line of the compiler: the only crate that parses arguments, reads source files, shows diagnostics
//! and chooses exit statuses. Each command has a file; the stages of the compiler are called from `driver`.

mod args;
mod build;
mod check;
mod depfile;
mod doc;
mod driver;
mod effects;
mod explain;
mod files;
mod fix;
mod fmt;
mod graph;
mod linker;
mod lint;
mod new;
mod output;
mod project;
mod read;
mod report;
mod run;
mod stage;
mod test;

use args::Command;
use report::Failure;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = args::parse();
    let status = stage::on_large_stack(|| dispatch(&cli.command));
    ExitCode::from(status.unwrap_or_else(|failure| report::failure(&failure)))
}

/// Does what was asked; gives the exit status.
fn dispatch(command: &Command) -> Result<u8, Failure> {
    match command {
        Command::Build(args) => build::run(args).map(|()| 0),
        Command::Run(args) => run::run(args),
        Command::Check(args) => check::run(args).map(|()| 0),
        Command::Lint(args) => lint::run(args),
        Command::Fmt(args) => fmt::run(args),
        Command::Test(args) => test::run(args),
        Command::TestFile(args) => test::worker::run(&args.file),
        Command::New(args) => new::run(&args.name).map(|()| 0),
        Command::Effects(args) => effects::run(args).map(|()| 0),
        Command::Graph(args) => graph::run(args).map(|()| 0),
        Command::Explain(args) => explain::run(args.code.as_deref()).map(|()| 0),
        Command::Read(args) => read::run(args).map(|()| 0),
        Command::Doc(args) => doc::run(args).map(|()| 0),
    }
}
