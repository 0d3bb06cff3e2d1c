//! `clc build -MD` under make and ninja, on the project in `examples/make`: what changed is built again, nothing else.

use cl_tests::harness::{self, Outcome, Trial};
use cl_tests::process::{End, Finished, Run};
use cl_tests::{clc, repository};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    harness::run(vec![
        Trial::one("make rebuilds only what changed", || with_tool("make", "change", rebuilds_only_what_changed)),
        Trial::one("ninja rebuilds only what changed", || with_tool("ninja", "change", rebuilds_only_what_changed)),
        Trial::one("make goes on when an imported file is gone", || {
            with_tool("make", "removal", survives_a_removed_import)
        }),
        Trial::one("ninja goes on when an imported file is gone", || {
            with_tool("ninja", "removal", survives_a_removed_import)
        }),
    ])
}

fn with_tool(tool: &'static str, name: &str, test: fn(&Project) -> Result<(), String>) -> Outcome {
    if Run::new(tool).arg("--version").finish().is_err() {
        return Outcome::Skipped(format!("{tool} is not installed"));
    }
    Project::new(tool, name).and_then(|project| test(&project)).into()
}

/// A copy of the example.
struct Project {
    tool: &'static str,
    folder: PathBuf,
}

impl Project {
    fn new(tool: &'static str, name: &str) -> Result<Project, String> {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("{tool}-{name}"));
        // What an earlier run left.
        drop(fs::remove_dir_all(&folder));
        let from = repository().join("examples/make");
        for file in ["Makefile", "build.ninja", "report.cl", "banner.cl", "lib/table.cl", "lib/text.cl"] {
            copy(&from.join(file), &folder.join(file))?;
        }
        Ok(Project { tool, folder })
    }

    /// Runs the tool; what it said it did.
    fn build(&self) -> Result<String, String> {
        // File times may be as coarse as the kernel's tick.
        std::thread::sleep(Duration::from_millis(30));
        let clc = clc::path();
        let done = Run::new(self.tool).folder(&self.folder).env("CLC", &clc.to_string_lossy()).finish()?;
        expect_success(self.tool, &done)?;
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }

    /// The programs that a build made anew, sorted.
    fn rebuilt(&self) -> Result<Vec<&'static str>, String> {
        let said = self.build()?;
        Ok(["banner", "report"].into_iter().filter(|program| said.contains(&format!("{program}.cl"))).collect())
    }

    fn expect_rebuilt(&self, after: &str, expected: &[&str]) -> Result<(), String> {
        let found = self.rebuilt()?;
        if found == expected {
            Ok(())
        } else {
            Err(format!("after {after}: expected {expected:?} to be rebuilt, got {found:?}"))
        }
    }

    fn edit(&self, file: &str, change: impl Fn(String) -> String) -> Result<(), String> {
        let path = self.folder.join(file);
        let text = fs::read_to_string(&path).map_err(|error| format!("{file}: {error}"))?;
        fs::write(&path, change(text)).map_err(|error| format!("{file}: {error}"))
    }

    fn output(&self, program: &str) -> Result<String, String> {
        let done = Run::new(self.folder.join("build").join(program)).finish()?;
        expect_success(program, &done)?;
        Ok(String::from_utf8_lossy(&done.stdout).into_owned())
    }
}

fn copy(from: &Path, to: &Path) -> Result<(), String> {
    let parent = to.parent().ok_or("a file lies in a folder")?;
    fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
    fs::copy(from, to).map(drop).map_err(|error| format!("{}: {error}", from.display()))
}

fn expect_success(what: &str, done: &Finished) -> Result<(), String> {
    match done.end {
        End::Exit(0) => Ok(()),
        end => Err(format!("{what}: {end:?}\n{}{}", String::from_utf8_lossy(&done.stdout), done.stderr)),
    }
}

fn rebuilds_only_what_changed(project: &Project) -> Result<(), String> {
    project.expect_rebuilt("the first build", &["banner", "report"])?;
    let first = project.output("report")?;
    if !first.contains("Jupiter") {
        return Err(format!("report printed {first:?}"));
    }
    project.expect_rebuilt("no change", &[])?;
    project.edit("lib/table.cl", |text| text.replace("\"table\" 24", "\"moons\" 24"))?;
    project.expect_rebuilt("a change of lib/table.cl", &["report"])?;
    if !project.output("report")?.contains("moons\n") {
        return Err("the change of lib/table.cl is not in the program".to_string());
    }
    project.edit("lib/text.cl", |text| text + "; a comment\n")?;
    project.expect_rebuilt("a change of lib/text.cl", &["banner", "report"])?;
    project.edit("banner.cl", |text| text.replace("ClaudeLang", "changed"))?;
    project.expect_rebuilt("a change of banner.cl", &["banner"])?;
    if !project.output("banner")?.contains("changed") {
        return Err("the change of banner.cl is not in the program".to_string());
    }
    project.expect_rebuilt("no change", &[])
}

/// A module that is no longer imported may be deleted: its name still stands in the old depfile.
fn survives_a_removed_import(project: &Project) -> Result<(), String> {
    project.build()?;
    project.edit("report.cl", |_| "(print \"on its own\")\n".to_string())?;
    fs::remove_file(project.folder.join("lib/table.cl")).map_err(|error| error.to_string())?;
    project.expect_rebuilt("lib/table.cl was removed", &["report"])?;
    let output = project.output("report")?;
    if output == "on its own\n" { Ok(()) } else { Err(format!("report printed {output:?}")) }
}
