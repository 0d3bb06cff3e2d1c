//! A child process with input, a time limit and captured output.

use std::ffi::OsStr;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// What to run and how.
pub struct Run {
    program: PathBuf,
    args: Vec<std::ffi::OsString>,
    folder: PathBuf,
    env: Vec<(&'static str, String)>,
    input: Vec<u8>,
    limit: Duration,
}

/// How a process ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum End {
    Exit(i32),
    /// Killed by a signal: a crash.
    Signal(i32),
    /// Killed by us at the time limit.
    Timeout,
}

pub struct Finished {
    pub end: End,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Run {
    /// Runs in the current folder, with empty input and a limit of 20 seconds, unless told otherwise.
    pub fn new(program: impl AsRef<Path>) -> Run {
        Run {
            program: program.as_ref().to_path_buf(),
            args: Vec::new(),
            folder: PathBuf::from("."),
            env: Vec::new(),
            input: Vec::new(),
            limit: Duration::from_secs(20),
        }
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Run {
        self.args.push(arg.as_ref().to_os_string());
        self
    }

    pub fn args<S: AsRef<OsStr>>(self, args: impl IntoIterator<Item = S>) -> Run {
        args.into_iter().fold(self, Run::arg)
    }

    pub fn folder(mut self, folder: &Path) -> Run {
        self.folder = folder.to_path_buf();
        self
    }

    pub fn env(mut self, name: &'static str, value: &str) -> Run {
        self.env.push((name, value.to_string()));
        self
    }

    pub fn input(mut self, input: Vec<u8>) -> Run {
        self.input = input;
        self
    }

    pub fn limit(mut self, limit: Duration) -> Run {
        self.limit = limit;
        self
    }

    /// Runs to the end or to the limit. `Err`: the program could not be started.
    pub fn finish(self) -> Result<Finished, String> {
        let mut child = Command::new(&self.program)
            .args(&self.args)
            .current_dir(&self.folder)
            .envs(self.env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start {}: {error}", self.program.display()))?;
        let mut stdin = child.stdin.take().expect("stdin is piped");
        let input = self.input;
        // A program that does not read its input closes the pipe: that is no failure.
        let writer = thread::spawn(move || drop(stdin.write_all(&input)));
        let stdout = capture(child.stdout.take().expect("stdout is piped"));
        let stderr = capture(child.stderr.take().expect("stderr is piped"));
        let end = wait(&mut child, self.limit);
        drop(writer.join());
        let stdout = stdout.join().expect("reading does not panic");
        let stderr = stderr.join().expect("reading does not panic");
        Ok(Finished { end, stdout, stderr: String::from_utf8_lossy(&stderr).into_owned() })
    }
}

fn capture(mut from: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        drop(from.read_to_end(&mut bytes));
        bytes
    })
}

fn wait(child: &mut Child, limit: Duration) -> End {
    let start = Instant::now();
    let mut pause = Duration::from_micros(500);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return end_of(status),
            Ok(None) if start.elapsed() > limit => {
                drop(child.kill());
                drop(child.wait());
                return End::Timeout;
            }
            Ok(None) => thread::sleep(pause),
            Err(error) => panic!("waiting for a child process: {error}"),
        }
        pause = (pause * 3 / 2).min(Duration::from_millis(20));
    }
}

#[cfg(unix)]
fn end_of(status: ExitStatus) -> End {
    use std::os::unix::process::ExitStatusExt;
    match (status.code(), status.signal()) {
        (Some(code), _) => End::Exit(code),
        (None, signal) => End::Signal(signal.unwrap_or(0)),
    }
}

#[cfg(not(unix))]
fn end_of(status: ExitStatus) -> End {
    End::Exit(status.code().unwrap_or(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Run {
        Run::new("sh").arg("-c").arg(script)
    }

    #[test]
    fn output_status_and_input_pass_through() {
        let done = shell("cat; echo problem >&2; exit 3").input(b"text".to_vec()).finish().unwrap();
        assert_eq!((done.end, done.stdout, done.stderr), (End::Exit(3), b"text".to_vec(), "problem\n".to_string()));
    }

    #[test]
    fn a_signal_is_not_an_exit_status() {
        assert_eq!(shell("kill -SEGV $$").finish().unwrap().end, End::Signal(11));
    }

    #[test]
    fn the_limit_ends_a_program_that_does_not_end() {
        let done = shell("exec sleep 60").limit(Duration::from_millis(50)).finish().unwrap();
        assert_eq!(done.end, End::Timeout);
    }

    #[test]
    fn a_missing_program_is_an_error() {
        assert!(Run::new("no-such-program-here").finish().is_err());
    }
}
