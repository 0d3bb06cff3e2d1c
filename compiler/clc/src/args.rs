//! The command line: what can be asked for, and the help that teaches it. No work is done here.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;

#[derive(Parser)]
#[command(name = "clc", version = version(), about = "The ClaudeLang compiler", long_about = LONG_ABOUT, after_help = EXAMPLES)]
#[command(arg_required_else_help = true, disable_help_subcommand = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

const LONG_ABOUT: &str = "The ClaudeLang compiler: makes native executables of .cl programs, runs them, and explains what is wrong with them.";

const EXAMPLES: &str = "\
Examples:
  clc run hello.cl                 compile in memory and run
  clc run stats.cl data.csv -n 3   arguments after the file go to the program
  clc build main.cl -o app         make the executable ./app
  clc check main.cl                report errors and warnings, make nothing
  clc explain E0101                what an error code means, with an example
  clc doc map                      what a function of the library does
  clc new word-count               make a project; in it, commands need no file

A program that does not compile is never run: clc reports all its errors and exits with status 2.
`clc COMMAND --help` tells more about each command.";

#[derive(Subcommand)]
pub enum Command {
    /// Compile a program to a native executable
    #[command(after_help = BUILD_EXAMPLES)]
    Build(Build),
    /// Compile a program in memory and run it
    #[command(after_help = RUN_EXAMPLES)]
    Run(Run),
    /// Report errors and warnings without making anything
    #[command(after_help = CHECK_EXAMPLES)]
    Check(Check),
    /// Report errors, warnings and matters of style
    #[command(after_help = LINT_HELP)]
    Lint(Lint),
    /// Lay out source files anew
    #[command(after_help = FMT_HELP)]
    Fmt(Fmt),
    /// Run the tests of files and folders
    #[command(after_help = TEST_HELP)]
    Test(Test),
    /// Runs the tests of one file for `clc test`
    #[command(hide = true)]
    TestFile(TestFile),
    /// Make a folder with a new project
    #[command(after_help = NEW_HELP)]
    New(New),
    /// Show what each function of a program may do
    #[command(after_help = EFFECTS_HELP)]
    Effects(Effects),
    /// Print the program as a graph: what is computed, from what, and who calls whom
    #[command(after_help = GRAPH_HELP)]
    Graph(Graph),
    /// Explain an error or warning code
    #[command(after_help = "Examples:\n  clc explain E0101\n  clc explain        list all codes")]
    Explain(Explain),
    /// Show what the library, the language and modules say of themselves
    #[command(after_help = DOC_EXAMPLES)]
    Doc(Doc),
    /// Print how the reader sees a file: its tree
    #[command(after_help = READ_HELP)]
    Read(Read),
}

const BUILD_EXAMPLES: &str = "\
Examples:
  clc build main.cl                   makes ./main
  clc build main.cl -o bin/app -O2    names the executable
  clc build main.cl -o app -MD        also writes app.d, which make and ninja can read
  clc build main.cl --emit clif       prints the Cranelift code
  clc build main.cl --emit obj -o m.o writes an object file and does not link

Imports are looked up next to the importing file, in the project's folder (the nearest one above with a clc.toml, else
that of FILE), in its modules/ folder, and in the folders of the environment variable CL_PATH.";

const RUN_EXAMPLES: &str = "\
Examples:
  clc run hello.cl
  clc run -O0 hello.cl             starts sooner, runs slower
  clc run stats.cl --limit 3 a b   options after FILE belong to the program
  clc run . a b                    the project of the current folder, with arguments

The exit status is the program's: the Int that `main` returns, 1 after an error that nothing handled. It is 2 if the
program does not compile; then nothing has run.";

const CHECK_EXAMPLES: &str = "\
Examples:
  clc check main.cl
  clc check main.cl --format json   one JSON object a line, on standard error
  clc check main.cl --fix           mends what is certain, older spellings for example

The exit status is 0 if the program compiles (warnings or not), else 2.";

const LINT_HELP: &str = "\
Examples:
  clc lint                      all files of the project
  clc lint main.cl lib          a file, and the .cl files in a folder
  clc lint --fix main.cl        makes the edits that are certain
  clc lint --format json        one JSON object a line, on standard error

Beside the warnings of `clc check`, it tells of forms that a shorter one would say. A warning has a name, by which a comment
silences it: `; allow: NAME`. The exit status is 0 if nothing is found, 1 after warnings, 2 after errors.";

const FMT_HELP: &str = "\
Examples:
  clc fmt                       formats all .cl files of the project
  clc fmt main.cl lib           formats a file, and all .cl files in a folder
  clc fmt --check .             lists the files that it would change
  clc fmt --stdin < in.cl       for editors: standard input to standard output

Only spaces, indentation and line breaks change, never what the program means. A file that cannot be read is left alone.
The exit status is 1 if --check found files to change, 2 after an error, else 0.";

const DOC_EXAMPLES: &str = "\
Examples:
  clc doc                       list the pages
  clc doc map                   a function: how it is called, examples, types, effects
  clc doc match                 a form of the language
  clc doc lists std/heap        the names of a page
  clc doc shapes.cl             the definitions of a module of yours
  clc doc map --format json     for tools; without names, the whole library
  clc doc --html site *.cl      a site with search, of your files and the library

A definition is documented by a String at the start of its body, anything else by the comment above it; lines of the
shape `(f x) => value` are examples, and `; ---- title` starts a section. Of a file that checks without errors the
inferred types and effects of its functions are shown.";

const TEST_HELP: &str = "\
Examples:
  clc test                          the tests of the project
  clc test tests/parser.cl          of one file
  clc test --filter 'empty list'    those with this text in their names
  clc test --format junit > report.xml

Tests are the forms (test \"name\" …) and (property \"name\" ((x generator) …) …) of std/test. Without FILES, those below the folder
tests/ of the project are run (the nearest folder above with a clc.toml, else the present one), or all of the project's if
it has no such folder. Of a folder, files that do not mention std/test are left alone. Each file is a program of its own.

The exit status is 0 if all tests passed, 1 if one failed, 2 if a file does not compile.";

const NEW_HELP: &str = "\
Example:
  clc new word-count && cd word-count && clc run

The folder gets clc.toml, main.cl, tests/main_test.cl, Makefile, .gitignore and README.md. In a project, `clc build`, `run`,
`check`, `test`, `fmt` and `lint` need no FILE; `clc run . ARGS` passes arguments to the program.";

const EFFECTS_HELP: &str = "\
Examples:
  clc effects main.cl                 each function's effects, by kind
  clc effects main.cl --format json   one JSON object a line, the program first

`error` stands for raises, not for failures of checks. A function that is passed functions also does what these do.
Bound what a program may do by --allow on check, build and run.";

const GRAPH_HELP: &str = "\
Examples:
  clc graph main.cl                                      nodes and edges as JSON
  clc graph main.cl --format dot | dot -Tsvg > main.svg  a drawing

Nodes have kind, name, place, type and effects; edges are data (operand of), binding (name of) and call.";

const READ_HELP: &str = "\
Examples:
  clc read main.cl
  clc read --reference main.cl

Each line shows one node: its kind, its position and, for leaves, its text. Errors go to standard error.
--reference reads by the published grammar (grammar.pest) instead of the fast reader; the two agree on every text.";

/// What all commands that compile take.
#[derive(Args)]
pub struct Common {
    /// How diagnostics are written, on standard error
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
}

/// What all commands take that compile a whole program.
#[derive(Args)]
pub struct Meaning {
    /// Whether the contracts of functions are checked when the program runs
    #[arg(long, value_enum, default_value_t = Switch::On, value_name = "SWITCH")]
    pub contracts: Switch,
    #[command(flatten)]
    pub bound: Bound,
}

/// What a program may do.
#[derive(Args)]
pub struct Bound {
    /// Refuse a program that may do anything outside of itself but this: kinds (io), operations (io:print) and the groups
    /// console, file-read, file-write, env, process
    #[arg(long, value_delimiter = ',', value_name = "EFFECTS")]
    pub allow: Option<Vec<String>>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Switch {
    #[default]
    On,
    Off,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people: the source with what is wrong with it
    Text,
    /// For tools: one JSON object a line
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Level {
    /// Compile fast
    #[value(name = "0")]
    Fast,
    /// Make fast code
    #[value(name = "2")]
    Full,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Emit {
    /// An object file, not linked
    Obj,
    /// Machine code as text
    Asm,
    /// Cranelift's code as text
    Clif,
    /// The optimised Core program as text
    Core,
    /// A Makefile rule that names every file that was read
    Dep,
}

#[derive(Args)]
pub struct Build {
    /// The root file of the program, or a project's folder; without it, the project of the current folder
    pub file: Option<PathBuf>,
    /// Where to write the result; without it, the project's name, or FILE's without .cl (text is printed)
    #[arg(short, value_name = "OUT")]
    pub out: Option<PathBuf>,
    /// Optimisation level
    #[arg(short = 'O', value_enum, default_value_t = Level::Full, value_name = "LEVEL")]
    pub level: Level,
    /// Write this instead of an executable
    #[arg(long, value_enum, value_name = "WHAT")]
    pub emit: Option<Emit>,
    /// -MD: also write OUT.d, a Makefile rule that names every file that was read
    #[arg(short = 'M', value_parser = ["D"], value_name = "D")]
    pub depend: Option<String>,
    /// The machine to make code for, such as aarch64-unknown-linux-gnu
    #[arg(long, value_name = "TRIPLE")]
    pub target: Option<String>,
    /// Say what is done and how long it takes
    #[arg(short, long)]
    pub verbose: bool,
    #[command(flatten)]
    pub meaning: Meaning,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Run {
    /// Run on the in-memory compiler (this is the default)
    #[arg(long)]
    pub jit: bool,
    /// Optimisation level
    #[arg(short = 'O', value_enum, default_value_t = Level::Full, value_name = "LEVEL")]
    pub level: Level,
    #[command(flatten)]
    pub meaning: Meaning,
    #[command(flatten)]
    pub common: Common,
    /// The root file of the program, or a project's folder; without it, the project of the current folder
    pub file: Option<PathBuf>,
    /// Arguments for the program: everything after FILE
    #[arg(value_name = "ARGS")]
    pub args: Vec<OsString>,
}

#[derive(Args)]
pub struct Check {
    /// The root file of the program, or a project's folder; without it, the project of the current folder
    pub file: Option<PathBuf>,
    /// Also report each annotation whose check remains at run time
    #[arg(long)]
    pub strict: bool,
    /// Make the edits that mend what is found, where one is certain, and report the rest
    #[arg(long)]
    pub fix: bool,
    #[command(flatten)]
    pub meaning: Meaning,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Lint {
    /// Files and folders, each file a program of its own; without them, the project of the current folder
    pub files: Vec<PathBuf>,
    /// Make the edits that mend what is found, where one is certain, and report the rest
    #[arg(long)]
    pub fix: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Fmt {
    /// Files and folders to format; without them, the project of the current folder
    #[arg(conflicts_with = "stdin")]
    pub files: Vec<PathBuf>,
    /// Change nothing; list the files that would change
    #[arg(long)]
    pub check: bool,
    /// Format standard input to standard output
    #[arg(long)]
    pub stdin: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Test {
    /// Files, and folders whose files are looked for
    pub files: Vec<PathBuf>,
    /// Only tests with this text in their names
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    pub filter: String,
    /// How results are written, on standard output
    #[arg(long, value_enum, default_value_t = TestFormat::Text, value_name = "FORMAT")]
    pub format: TestFormat,
    /// Draw the same random values, and take the same schedules, as the run that showed this seed
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Run each test under so many schedules of its goroutines, chosen by chance
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub schedules: u32,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TestFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
    /// JUnit's XML
    Junit,
}

#[derive(Args)]
pub struct TestFile {
    pub file: PathBuf,
}

#[derive(Args)]
pub struct New {
    /// The folder to make; its name is the project's
    pub name: PathBuf,
}

#[derive(Args)]
pub struct Effects {
    /// The root file of the program, or a project's folder; without it, the project of the current folder
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Args)]
pub struct Graph {
    /// The root file of the program, or a project's folder; without it, the project of the current folder
    pub file: Option<PathBuf>,
    /// How the graph is written, on standard output
    #[arg(long, value_enum, default_value_t = GraphFormat::Json, value_name = "FORMAT")]
    pub format: GraphFormat,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum GraphFormat {
    /// One JSON document: nodes and edges
    Json,
    /// For Graphviz
    Dot,
}

#[derive(Args)]
pub struct Explain {
    /// A code such as E0101; without it, all codes are listed
    pub code: Option<String>,
}

#[derive(Args)]
pub struct Doc {
    /// Names of the library or the language, pages, files that end in .cl
    #[arg(value_name = "NAME")]
    pub names: Vec<String>,
    /// Write HTML pages into this folder
    #[arg(long, value_name = "OUT")]
    pub html: Option<PathBuf>,
    /// How the documentation and diagnostics are written
    #[arg(long, value_enum, default_value_t = Format::Text, value_name = "FORMAT")]
    pub format: Format,
}

#[derive(Args)]
pub struct Read {
    /// The file to read
    pub file: PathBuf,
    /// Read by the published grammar
    #[arg(long)]
    pub reference: bool,
    #[command(flatten)]
    pub common: Common,
}

/// Parses the command line; ends the process where it only asks for help or makes no sense.
pub fn parse() -> Cli {
    Cli::parse_from(end_options_at_program(std::env::args_os().collect()))
}

/// For `clc run`, puts `--` after FILE, so that everything after it belongs to the program, whatever it looks like.
fn end_options_at_program(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_none_or(|command| command != "run") {
        return args;
    }
    let mut at = 2;
    while let Some(arg) = args.get(at) {
        if arg == "--" {
            return args;
        }
        if arg == "-O" || arg == "--format" || arg == "--contracts" || arg == "--allow" {
            at += 1;
        } else if arg.len() < 2 || arg.as_encoded_bytes()[0] != b'-' {
            args.insert(at + 1, "--".into());
            return args;
        }
        at += 1;
    }
    args
}

/// The compiler's version with the code generator's, which bug reports need.
fn version() -> String {
    format!("{} (Cranelift {})", env!("CARGO_PKG_VERSION"), cl_native::CRANELIFT_VERSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn program_args(line: &str) -> Option<Vec<String>> {
        let words = line.split(' ').map(OsString::from).collect();
        match Cli::try_parse_from(end_options_at_program(words)).ok()?.command {
            Command::Run(run) => Some(run.args.iter().map(|a| a.to_string_lossy().into_owned()).collect()),
            _ => None,
        }
    }

    #[test]
    fn everything_after_the_file_belongs_to_the_program() {
        let args = Some(vec!["-O2".to_owned(), "--help".to_owned(), "--".to_owned(), "x".to_owned()]);
        for options in
            ["", "-O0 ", "-O 0 --jit ", "--format json ", "--contracts off ", "--allow io,time ", "--format=json -- "]
        {
            assert_eq!(program_args(&format!("clc run {options}m.cl -O2 --help -- x")), args, "{options}");
        }
        assert_eq!(program_args("clc run m.cl"), Some(vec![]));
        assert_eq!(program_args("clc run -x m.cl"), None);
        assert_eq!(program_args("clc run"), Some(vec![]));
    }

    #[test]
    fn the_declaration_of_the_command_line_is_consistent() {
        use clap::CommandFactory;
        Cli::command().debug_assert();
    }
}
