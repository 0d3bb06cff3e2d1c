//! `clc test`: finds the files with tests, has a process of its own run each (so that a crash, `exit` or endless
//! recursion costs one test), and reports.

mod find;
mod report;
mod run;
pub mod worker;

use crate::args::{Test, TestFormat};
use crate::report::Failure;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What became of a test.
pub struct Outcome {
    pub name: String,
    /// Of the form: `file:line:column`.
    pub place: String,
    pub seconds: f64,
    /// Why it failed; `None` if it passed.
    pub failure: Option<TestFailure>,
    /// What it printed, to standard output and standard error.
    pub output: String,
}

#[derive(Default)]
pub struct TestFailure {
    /// The error's type; `crash` if the process ended.
    pub kind: String,
    pub message: String,
    /// Where the error was raised, outside of the library: `file:line:column`.
    pub place: Option<String>,
    /// Of an assertion, in source form.
    pub expected: Option<String>,
    pub actual: Option<String>,
}

/// What became of a file.
pub struct FileOutcome {
    pub file: PathBuf,
    /// The diagnostics, if it does not compile.
    pub compile_error: Option<String>,
    pub tests: Vec<Outcome>,
}

/// The results of all files, in their order.
pub struct Results {
    pub files: Vec<FileOutcome>,
    pub seed: u64,
    pub seconds: f64,
}

impl Results {
    fn status(&self) -> u8 {
        if self.files.iter().any(|f| f.compile_error.is_some()) {
            2
        } else {
            self.files.iter().flat_map(|f| &f.tests).any(|t| t.failure.is_some()) as u8
        }
    }
}

/// Runs the tests; gives the exit status.
pub fn run(args: &Test) -> Result<u8, Failure> {
    let start = Instant::now();
    let files = find::files(&args.files)?;
    // Few digits, so that a person can type them again.
    let seed = args.seed.unwrap_or_else(|| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        u64::from(now.subsec_nanos()) / 1000
    });
    let files = run_all(&files, &run::Settings { seed, schedules: args.schedules, filter: &args.filter })?;
    let results = Results { files, seed, seconds: start.elapsed().as_secs_f64() };
    crate::report::print(&match args.format {
        TestFormat::Text => report::text(&results),
        TestFormat::Json => report::json(&results),
        TestFormat::Junit => report::junit(&results),
    })?;
    Ok(results.status())
}

/// Runs the files, as many at once as there are cores.
fn run_all(files: &[PathBuf], settings: &run::Settings) -> Result<Vec<FileOutcome>, Failure> {
    let cores = std::thread::available_parallelism().map_or(1, |n| n.get());
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..cores.min(files.len()) {
            scope.spawn(|| {
                loop {
                    let i = next.fetch_add(1, Ordering::Relaxed);
                    let Some(file) = files.get(i) else { return };
                    let outcome = run::file(file, settings);
                    done.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).push((i, outcome));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(|poisoned| poisoned.into_inner());
    done.sort_by_key(|(i, _)| *i);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}
