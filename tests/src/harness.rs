//! Runs trials in parallel and reports them in cargo's style, with one difference: a trial may report several tests
//! (a program on several engines), and a skip is an outcome that is counted, not a test that silently did not run.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

pub enum Outcome {
    Passed,
    /// What was wrong.
    Failed(String),
    /// Why it is not expected to work, or was not run.
    Skipped(String),
}

impl From<Result<(), String>> for Outcome {
    fn from(result: Result<(), String>) -> Outcome {
        match result {
            Ok(()) => Outcome::Passed,
            Err(why) => Outcome::Failed(why),
        }
    }
}

/// The full name of a test and how it went.
pub type Report = (String, Outcome);

type Job = Box<dyn Fn() -> Vec<Report> + Send + Sync>;

pub struct Trial {
    name: String,
    job: Job,
}

impl Trial {
    /// A trial that reports one test, under its own name.
    pub fn one(name: impl Into<String>, job: impl Fn() -> Outcome + Send + Sync + 'static) -> Trial {
        let name = name.into();
        let test = name.clone();
        Trial { name, job: Box::new(move || vec![(test.clone(), job())]) }
    }

    /// A trial that reports any number of tests. Filters apply to the trial's name.
    pub fn many(name: impl Into<String>, job: impl Fn() -> Vec<Report> + Send + Sync + 'static) -> Trial {
        Trial { name: name.into(), job: Box::new(job) }
    }
}

/// The command line: parts of names to run, `--skip PART`, `--exact`, `--list`, `--test-threads N`. Others are ignored.
struct Options {
    filters: Vec<String>,
    skipped: Vec<String>,
    exact: bool,
    list: bool,
    threads: usize,
}

impl Options {
    fn read(args: impl Iterator<Item = String>) -> Options {
        let mut options = Options { filters: Vec::new(), skipped: Vec::new(), exact: false, list: false, threads: 2 };
        let mut args = args;
        while let Some(arg) = args.next() {
            match arg.as_str() {
                "--exact" => options.exact = true,
                "--list" => options.list = true,
                "--skip" => options.skipped.extend(args.next()),
                "--test-threads" => options.threads = args.next().and_then(|n| n.parse().ok()).unwrap_or(2).max(1),
                // Those of cargo's harness that take a value.
                "--format" | "--color" | "--logfile" | "-Z" => drop(args.next()),
                _ if arg.starts_with('-') => {}
                _ => options.filters.push(arg),
            }
        }
        options
    }

    fn wants(&self, name: &str) -> bool {
        let hit = |filter: &String| if self.exact { name == filter } else { name.contains(filter.as_str()) };
        (self.filters.is_empty() || self.filters.iter().any(hit)) && !self.skipped.iter().any(hit)
    }
}

#[derive(Default)]
struct Tally {
    passed: usize,
    skipped: usize,
    failures: Vec<(String, String)>,
}

impl Tally {
    fn add(&mut self, (name, outcome): Report) {
        match outcome {
            Outcome::Passed => {
                println!("test {name} ... ok");
                self.passed += 1;
            }
            Outcome::Skipped(why) => {
                println!("test {name} ... ignored, {why}");
                self.skipped += 1;
            }
            Outcome::Failed(why) => {
                println!("test {name} ... FAILED");
                self.failures.push((name, why));
            }
        }
    }
}

/// Runs the trials that the command line asks for. The status says whether all passed.
pub fn run(trials: Vec<Trial>) -> ExitCode {
    let options = Options::read(std::env::args().skip(1));
    let all = trials.len();
    let trials: Vec<Trial> = trials.into_iter().filter(|trial| options.wants(&trial.name)).collect();
    if options.list {
        trials.iter().for_each(|trial| println!("{}: test", trial.name));
        return ExitCode::SUCCESS;
    }
    println!("\nrunning {} tests", trials.len());
    let start = Instant::now();
    let tally = run_parallel(&trials, options.threads);
    conclude(tally, all - trials.len(), start)
}

fn run_parallel(trials: &[Trial], threads: usize) -> Tally {
    let next = AtomicUsize::new(0);
    let tally = Mutex::new(Tally::default());
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(trial) = trials.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let reports = catch_unwind(AssertUnwindSafe(|| (trial.job)())).unwrap_or_else(|_| {
                        vec![(trial.name.clone(), Outcome::Failed("the test itself panicked".into()))]
                    });
                    let mut tally = tally.lock().expect("nothing panics while it holds the tally");
                    reports.into_iter().for_each(|report| tally.add(report));
                }
            });
        }
    });
    tally.into_inner().expect("nothing panics while it holds the tally")
}

fn conclude(mut tally: Tally, filtered: usize, start: Instant) -> ExitCode {
    tally.failures.sort();
    if !tally.failures.is_empty() {
        println!("\nfailures:\n");
        tally.failures.iter().for_each(|(name, why)| println!("---- {name} ----\n{why}\n"));
        println!("failures:");
        tally.failures.iter().for_each(|(name, _)| println!("    {name}"));
    }
    println!(
        "\ntest result: {}. {} passed; {} failed; {} ignored; 0 measured; {filtered} filtered out; finished in {:.2}s\n",
        if tally.failures.is_empty() { "ok" } else { "FAILED" },
        tally.passed,
        tally.failures.len(),
        tally.skipped,
        start.elapsed().as_secs_f64()
    );
    if tally.failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(101) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(args: &[&str]) -> Options {
        Options::read(args.iter().map(|arg| arg.to_string()))
    }

    #[test]
    fn names_are_filtered_by_their_parts() {
        let options = options(&["lists", "--nocapture", "--test-threads", "1", "--skip", "big"]);
        assert!(options.wants("conformance/lists/basics"));
        assert!(!options.wants("conformance/lists/big"));
        assert!(!options.wants("conformance/dicts/basics"));
        assert_eq!(options.threads, 1);
    }

    #[test]
    fn exact_means_the_whole_name() {
        assert!(!options(&["--exact", "lists"]).wants("lists/big"));
        assert!(options(&["--exact", "lists/big"]).wants("lists/big"));
    }

    #[test]
    fn a_panic_in_a_trial_is_its_failure() {
        let tally =
            run_parallel(&[Trial::one("bad", || panic!("on purpose")), Trial::one("good", || Outcome::Passed)], 2);
        assert_eq!((tally.passed, tally.failures.len()), (1, 1));
    }
}
