//! Every program of the corpora on every engine, against its expected output.
//!
//! `cargo test -p cl_tests --test corpus -- conformance/lists` runs a part; `CL_ENGINES=aot,jit` restricts the engines;
//! `CLC=path` tests another compiler.

use cl_tests::corpus::{self, Case};
use cl_tests::engine::{self, ENGINES, Engine, Prepared};
use cl_tests::harness::{self, Outcome, Report, Trial};
use cl_tests::process::End;
use cl_tests::skips::{self, Kind, Skip};
use cl_tests::{clc, repository};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The corpora, each a folder with the folder that its cases' names start from.
const CORPORA: [(&str, &str); 3] = [("tests", "conformance"), ("tests", "programs"), ("", "examples")];

/// What takes longer is noted, so that skips.txt can name it.
const SLOW: Duration = Duration::from_secs(10);

struct Suite {
    clc: PathBuf,
    folder: PathBuf,
    engines: Vec<Engine>,
    skips: Vec<Skip>,
    /// `BLESS=1`: write what programs print to their `.out` files.
    bless: bool,
}

fn main() -> ExitCode {
    match trials() {
        Ok(trials) => harness::run(trials),
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(101)
        }
    }
}

fn trials() -> Result<Vec<Trial>, String> {
    let mut cases = Vec::new();
    for (root, name) in CORPORA {
        cases.extend(corpus::find(&repository().join(root), name)?);
    }
    let skips = repository().join("tests/skips.txt");
    let text = std::fs::read_to_string(&skips).map_err(|error| format!("{}: {error}", skips.display()))?;
    let suite = Suite {
        clc: clc::path(),
        folder: temporary_folder()?,
        engines: engines()?,
        skips: skips::parse(&text)?,
        bless: std::env::var_os("BLESS").is_some(),
    };
    let names: Vec<String> = cases.iter().map(|case| case.name.clone()).collect();
    let unused: Vec<String> = skips::unused(&suite.skips, &names).into_iter().map(String::from).collect();
    let suite = Arc::new(suite);
    let mut trials: Vec<Trial> = cases.into_iter().map(|case| trial(suite.clone(), case)).collect();
    trials.push(Trial::one("every line of skips.txt names a case", move || match unused.as_slice() {
        [] => Outcome::Passed,
        names => Outcome::Failed(format!("no such case: {}", names.join(", "))),
    }));
    Ok(trials)
}

/// Where the executables are made; cargo names a folder for it.
fn temporary_folder() -> Result<PathBuf, String> {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("corpus-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    Ok(folder)
}

/// Those that `CL_ENGINES` names; without it all.
fn engines() -> Result<Vec<Engine>, String> {
    let Ok(names) = std::env::var("CL_ENGINES") else { return Ok(ENGINES.to_vec()) };
    let find = |name: &str| ENGINES.into_iter().find(|engine| engine.name() == name);
    names.split(',').map(|name| find(name).ok_or_else(|| format!("CL_ENGINES: no engine {name}"))).collect()
}

fn trial(suite: Arc<Suite>, case: Case) -> Trial {
    Trial::many(case.name.clone(), move || {
        let prepared = engine::prepare(&suite.clc, &case, &suite.folder);
        // One engine is enough to bless; the others are held to it afterwards.
        let engines = if suite.bless { &suite.engines[..1] } else { &suite.engines };
        engines.iter().map(|&engine| report(&suite, &case, &prepared, engine)).collect()
    })
}

fn report(suite: &Suite, case: &Case, prepared: &Prepared, engine: Engine) -> Report {
    let name = format!("{} [{}]", case.name, engine.name());
    if suite.bless && case.is_blessable() {
        return (name, bless(case, prepared, engine).into());
    }
    let start = Instant::now();
    let skip = skips::find(&suite.skips, &case.name, engine);
    let outcome = match skip {
        None => run(case, prepared, engine).0.into(),
        Some(Skip { kind: Kind::TooSlow, reason, .. }) => Outcome::Skipped(reason.clone()),
        Some(Skip { kind: Kind::ExpectedToFail, reason, .. }) => match run(case, prepared, engine) {
            (_, Some(crash)) => Outcome::Failed(format!("skipped ({reason}), but it may not crash: {crash}")),
            (Ok(()), None) => Outcome::Failed("it passes: remove it from skips.txt".to_string()),
            (Err(_), None) => Outcome::Skipped(reason.clone()),
        },
    };
    if start.elapsed() > SLOW {
        println!("note: {name} took {:.0} s", start.elapsed().as_secs_f64());
    }
    (name, outcome)
}

fn bless(case: &Case, prepared: &Prepared, engine: Engine) -> Result<(), String> {
    let done = prepared.run(engine)?;
    let path = case.folder.join(&case.file).with_extension("out");
    std::fs::write(&path, &done.stdout).map_err(|error| format!("{}: {error}", path.display()))
}

/// The verdict and, where the compiler or the program crashed, how.
fn run(case: &Case, prepared: &Prepared, engine: Engine) -> (Result<(), String>, Option<String>) {
    match prepared.run(engine) {
        Err(why) => (Err(why.clone()), Some(why)),
        Ok(done) => {
            let crash = match done.end {
                // What a Rust panic exits with.
                End::Exit(101) | End::Signal(_) => {
                    Some(format!("{:?}\n{}", done.end, corpus::shorten(&done.stderr, 600)))
                }
                End::Exit(_) | End::Timeout => None,
            };
            (case.judge(&done), crash)
        }
    }
}
