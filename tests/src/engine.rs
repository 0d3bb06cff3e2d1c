//! The ways to run a program. All of them must do the same, byte for byte.

use crate::corpus::Case;
use crate::process::{End, Finished, Run};
use std::path::{Path, PathBuf};
use std::time::Duration;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// `clc build`, then the executable.
    Aot,
    /// `clc run`.
    Jit,
    /// The executable, the heap checked after each collection.
    AotVerify,
    /// The executable, with a collection at every allocation and freed memory poisoned.
    AotStress,
    JitStress,
}

pub const ENGINES: [Engine; 5] = [Engine::Aot, Engine::Jit, Engine::AotVerify, Engine::AotStress, Engine::JitStress];

impl Engine {
    pub fn name(self) -> &'static str {
        match self {
            Engine::Aot => "aot",
            Engine::Jit => "jit",
            Engine::AotVerify => "aot-verify",
            Engine::AotStress => "aot-stress",
            Engine::JitStress => "jit-stress",
        }
    }

    pub fn is_stress(self) -> bool {
        matches!(self, Engine::AotStress | Engine::JitStress)
    }

    fn is_aot(self) -> bool {
        matches!(self, Engine::Aot | Engine::AotVerify | Engine::AotStress)
    }

    fn collector(self) -> Option<&'static str> {
        match self {
            Engine::Aot | Engine::Jit => None,
            Engine::AotVerify => Some("verify"),
            Engine::AotStress | Engine::JitStress => Some("stress"),
        }
    }

    /// Collecting at every allocation makes a program a few hundred times slower.
    fn limit(self) -> Duration {
        Duration::from_secs(if self.is_stress() { 120 } else { 60 })
    }
}

/// A case with its executable, which the AOT engines share.
pub struct Prepared<'a> {
    case: &'a Case,
    clc: &'a Path,
    executable: PathBuf,
    build: Result<Finished, String>,
}

/// Builds the case's executable into `folder`.
pub fn prepare<'a>(clc: &'a Path, case: &'a Case, folder: &Path) -> Prepared<'a> {
    let executable = folder.join(case.name.replace('/', "-"));
    let build = Run::new(clc)
        .args(["build", &case.file, "-o"])
        .arg(&executable)
        .folder(&case.folder)
        .limit(Duration::from_secs(60))
        .finish();
    Prepared { case, clc, executable, build }
}

impl Prepared<'_> {
    /// What the program did. A build that fails is the program's whole run, as with `clc run`: status 2, no output.
    pub fn run(&self, engine: Engine) -> Result<Finished, String> {
        let run = if engine.is_aot() {
            match &self.build {
                Ok(done) if done.end == End::Exit(0) => Run::new(&self.executable),
                Ok(done) => {
                    return Ok(Finished { end: done.end, stdout: done.stdout.clone(), stderr: done.stderr.clone() });
                }
                Err(why) => return Err(why.clone()),
            }
        } else {
            Run::new(self.clc).args(["run", &self.case.file])
        };
        let run = match engine.collector() {
            Some(mode) => run.env("CL_GC", mode),
            None => run,
        };
        let case = self.case;
        run.args(&case.args).folder(&case.folder).input(case.input.clone()).limit(engine.limit()).finish()
    }
}

impl Drop for Prepared<'_> {
    fn drop(&mut self) {
        // Hundreds of executables would fill a small disk; one that was never made is not there to remove.
        drop(std::fs::remove_file(&self.executable));
    }
}
