//! Runs one file's tests in processes of their own: one, and after a crash another for the tests behind it.

use super::{FileOutcome, Outcome, TestFailure, worker};
use crate::report::Failure;
use serde_json::Value;
use std::fs::File;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

pub struct Settings<'a> {
    pub seed: u64,
    pub schedules: u32,
    pub filter: &'a str,
}

/// Runs a file.
pub fn file(file: &Path, settings: &Settings) -> Result<FileOutcome, Failure> {
    let mut outcome = FileOutcome { file: file.to_path_buf(), compile_error: None, tests: Vec::new() };
    let mut from = 0;
    loop {
        let run = process(file, from, settings).map_err(|error| {
            let message = format!("cannot run {}: {}", file.display(), crate::files::reason(&error));
            Failure::outside(message, "check the folder for temporary files, TMPDIR")
        })?;
        if !run.has("compiled") {
            outcome.compile_error = Some(run.output_text(0, None));
            return Ok(outcome);
        }
        match run.collect(file, &mut outcome.tests) {
            Some(crashed) => from = crashed + 1,
            None => return Ok(outcome),
        }
    }
}

/// What a process left behind.
struct Finished {
    status: ExitStatus,
    events: Vec<Value>,
    output: Vec<u8>,
}

fn process(file: &Path, from: u64, settings: &Settings) -> std::io::Result<Finished> {
    let folder = tempfile::tempdir()?;
    let (report, output) = (folder.path().join("report"), folder.path().join("output"));
    File::create(&report)?;
    let captured = File::options().create(true).append(true).open(&output)?;
    let status = Command::new(std::env::current_exe()?)
        .arg("test-file")
        .arg(file)
        .env(worker::REPORT, &report)
        .env(worker::OUTPUT, &output)
        .env(worker::SEED, settings.seed.to_string())
        .env(worker::SCHEDULES, settings.schedules.to_string())
        .env(worker::FILTER, settings.filter)
        .env(worker::FROM, from.to_string())
        .stdin(Stdio::null())
        .stdout(captured.try_clone()?)
        .stderr(captured)
        .status()?;
    let lines = std::fs::read_to_string(&report)?;
    // A line that a crash cut off says nothing.
    let events = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    Ok(Finished { status, events, output: std::fs::read(&output)? })
}

fn text(event: &Value, key: &str) -> String {
    event[key].as_str().unwrap_or("").to_string()
}

impl Finished {
    fn has(&self, event: &str) -> bool {
        self.events.iter().any(|e| e["event"] == event)
    }

    fn output_text(&self, from: usize, to: Option<usize>) -> String {
        let end = to.unwrap_or(self.output.len()).min(self.output.len());
        String::from_utf8_lossy(&self.output[from.min(end)..end]).into_owned()
    }

    /// Adds the tests that ran; the number of one in which the process ended.
    fn collect(&self, file: &Path, tests: &mut Vec<Outcome>) -> Option<u64> {
        let mut started: Option<&Value> = None;
        let mut end_of_output = 0;
        for event in &self.events {
            let output = event["output"].as_u64().unwrap_or(0) as usize;
            match (event["event"].as_str(), started) {
                (Some("start"), _) => started = Some(event),
                (Some("end"), Some(start)) => {
                    let from = start["output"].as_u64().unwrap_or(0) as usize;
                    tests.push(Outcome {
                        name: text(start, "name"),
                        place: text(start, "place"),
                        seconds: event["seconds"].as_f64().unwrap_or(0.0),
                        failure: failure(&event["error"]),
                        output: self.output_text(from, Some(output)),
                    });
                    started = None;
                }
                _ => {}
            }
            end_of_output = output;
        }
        let (name, place) = match started {
            Some(start) => (text(start, "name"), text(start, "place")),
            // The top level failed, or ended the program, before any test.
            None if !self.has("plan") && !self.status.success() => {
                ("(top level)".to_string(), file.display().to_string())
            }
            None => return None,
        };
        tests.push(Outcome {
            name,
            place,
            seconds: 0.0,
            failure: Some(TestFailure { kind: "crash".into(), message: self.end(), ..TestFailure::default() }),
            output: self.output_text(end_of_output, None),
        });
        started.and_then(|start| start["index"].as_u64())
    }

    /// How the process ended, in words.
    fn end(&self) -> String {
        use std::os::unix::process::ExitStatusExt;
        match (self.status.code(), self.status.signal()) {
            (Some(code), _) => format!("it ended the program with exit status {code}"),
            (None, Some(signal)) => format!("the program was ended by signal {signal}"),
            (None, None) => "the program ended".to_string(),
        }
    }
}

/// The failure in an "end" event.
fn failure(error: &Value) -> Option<TestFailure> {
    if error.is_null() {
        return None;
    }
    let part = |key: &str| error[key].as_str().map(str::to_string);
    let places = error["trace"].as_array().into_iter().flatten().filter_map(|entry| place_of(entry.as_str()?));
    Some(TestFailure {
        kind: text(error, "type"),
        message: text(error, "message"),
        place: places.filter(|place| !place.starts_with("std/")).map(str::to_string).next(),
        expected: part("expected"),
        actual: part("actual"),
    })
}

/// The place in an entry of a trace, `name (file:line:column)`.
fn place_of(entry: &str) -> Option<&str> {
    let start = entry.rfind(" (")? + 2;
    entry[start..].strip_suffix(')')
}
