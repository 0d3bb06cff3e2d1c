//! What a program can do is known before it runs. Programs of tests/attacks try to get round a bound and are refused, harmless ones are not;
//! and for each program of the corpora that writes, `clc effects` says that it does.
//!
//! An attack's first line is `; --allow LIST`, its second `; refused: OPERATION` or `; accepted`. Files `lib_*.cl` are imported.

use cl_tests::corpus::{self, Case};
use cl_tests::harness::{self, Trial};
use cl_tests::process::{End, Finished, Run};
use cl_tests::{clc, repository};
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

fn main() -> ExitCode {
    let mut trials: Vec<Trial> = attacks().into_iter().map(attack).collect();
    for (root, name) in [("tests", "conformance"), ("tests", "programs"), ("", "examples")] {
        match corpus::find(&repository().join(root), name) {
            Ok(cases) => trials.extend(cases.into_iter().filter(writes).map(writer)),
            Err(why) => trials.push(Trial::one(name, move || Err(why.clone()).into())),
        }
    }
    harness::run(trials)
}

fn clc_in(folder: &Path, args: &[&str]) -> Result<Finished, String> {
    Run::new(clc::path()).args(args).folder(folder).limit(Duration::from_secs(60)).finish()
}

// ---------------------------------------------------------------- attacks

fn attacks() -> Vec<String> {
    let entries = fs::read_dir(repository().join("tests/attacks")).expect("the folder is there");
    let mut names: Vec<String> = entries.filter_map(|e| e.ok()?.file_name().into_string().ok()).collect();
    names.retain(|n| n.ends_with(".cl") && !n.starts_with("lib_"));
    names.sort();
    names
}

fn attack(name: String) -> Trial {
    Trial::one(format!("attacks/{name}"), move || try_attack(&name).into())
}

fn try_attack(name: &str) -> Result<(), String> {
    let folder = repository().join("tests/attacks");
    let text = fs::read_to_string(folder.join(name)).map_err(|error| error.to_string())?;
    let mut lines = text.lines();
    let allowed = lines.next().and_then(|l| l.strip_prefix("; --allow ")).ok_or("the first line is no `; --allow LIST`")?;
    let wanted = lines.next().unwrap_or_default();
    let done = clc_in(&folder, &["check", "--allow", allowed, "--format", "json", name])?;
    let refused = wanted.strip_prefix("; refused: ");
    if refused.is_none() && wanted != "; accepted" {
        return Err("the second line is neither `; refused: OPERATION` nor `; accepted`".to_string());
    }
    let expected = if refused.is_some() { 2 } else { 0 };
    let code = "\"code\":\"E0410\"";
    let found = |line: &str| refused.is_none_or(|op| line.contains(code) && line.contains(&format!("`{op}`")));
    if done.end == End::Exit(expected) && (refused.is_none() || done.stderr.lines().any(found)) {
        return Ok(());
    }
    Err(format!("{wanted}, but clc check ended with {:?}\n{}", done.end, done.stderr))
}

// ---------------------------------------------------------------- the corpora

/// Whether the program is expected to write to standard output.
fn writes(case: &Case) -> bool {
    let out = case.folder.join(&case.file).with_extension("out");
    fs::metadata(out).is_ok_and(|m| m.len() > 0)
}

fn writer(case: Case) -> Trial {
    Trial::one(format!("{} writes", case.name), move || {
        let done = match clc_in(&case.folder, &["effects", "--format", "json", &case.file]) {
            Ok(done) => done,
            Err(why) => return Err(why).into(),
        };
        // What does not compile yet is the corpus suite's business.
        if done.end != End::Exit(0) {
            return Ok(()).into();
        }
        let out = String::from_utf8_lossy(&done.stdout);
        let program = out.lines().next().unwrap_or_default();
        let says = ["\"io:print\"", "\"io:write\""].iter().any(|op| program.contains(op));
        if says { Ok(()) } else { Err(format!("it writes, and its effects do not say so: {program}")) }.into()
    })
}
