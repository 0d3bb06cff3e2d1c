//! `skips.txt`: what is not expected to work yet, or is too slow for an engine. Lines are
//!
//! ```text
//! skip NAME ENGINES REASON      expected to fail: it is run, and a pass is reported as a failure
//! slow NAME ENGINES REASON      not run on these engines
//! ```
//!
//! `NAME` is a case's name or ends in `/*`; `ENGINES` is `all`, `stress` or engine names joined by commas.

use crate::engine::{ENGINES, Engine};

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    ExpectedToFail,
    TooSlow,
}

pub struct Skip {
    pub kind: Kind,
    pub name: String,
    pub engines: Vec<Engine>,
    pub reason: String,
}

/// The list, in order. `Err` names the line that cannot be read.
pub fn parse(text: &str) -> Result<Vec<Skip>, String> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')).map(|(i, line)| parse_line(i, line)).collect()
}

fn parse_line(number: usize, line: &str) -> Result<Skip, String> {
    let wrong = || format!("skips.txt:{number}: expected `skip|slow NAME ENGINES REASON`");
    let words: Vec<&str> = line.split_whitespace().collect();
    let [kind, name, engines, reason @ ..] = words.as_slice() else { return Err(wrong()) };
    let kind = match *kind {
        "skip" => Kind::ExpectedToFail,
        "slow" => Kind::TooSlow,
        _ => return Err(wrong()),
    };
    if reason.is_empty() {
        return Err(wrong());
    }
    let engines = parse_engines(engines).ok_or_else(|| format!("skips.txt:{number}: no such engine: {engines}"))?;
    Ok(Skip { kind, name: name.to_string(), engines, reason: reason.join(" ") })
}

fn parse_engines(text: &str) -> Option<Vec<Engine>> {
    match text {
        "all" => Some(ENGINES.to_vec()),
        "stress" => Some(ENGINES.into_iter().filter(|engine| engine.is_stress()).collect()),
        _ => text.split(',').map(|name| ENGINES.into_iter().find(|engine| engine.name() == name)).collect(),
    }
}

impl Skip {
    fn names(&self, case: &str) -> bool {
        match self.name.strip_suffix('*') {
            Some(folder) => case.starts_with(folder),
            None => case == self.name,
        }
    }
}

/// The first entry for a case on an engine.
pub fn find<'a>(skips: &'a [Skip], case: &str, engine: Engine) -> Option<&'a Skip> {
    skips.iter().find(|skip| skip.engines.contains(&engine) && skip.names(case))
}

/// Entries that name no case at all: left over after a rename.
pub fn unused<'a>(skips: &'a [Skip], cases: &[String]) -> Vec<&'a str> {
    skips.iter().filter(|skip| !cases.iter().any(|case| skip.names(case))).map(|skip| skip.name.as_str()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# comment\nskip a/b all later issue\nslow c/* stress big\nskip d aot,jit why not\n";

    #[test]
    fn entries_name_cases_folders_and_engines() {
        let skips = parse(TEXT).unwrap();
        assert_eq!(find(&skips, "a/b", Engine::Jit).unwrap().reason, "later issue");
        assert_eq!(find(&skips, "c/x", Engine::AotStress).unwrap().kind, Kind::TooSlow);
        assert!(find(&skips, "c/x", Engine::Aot).is_none());
        assert!(find(&skips, "d", Engine::AotStress).is_none());
        assert!(find(&skips, "a/bc", Engine::Jit).is_none());
    }

    #[test]
    fn a_line_without_a_reason_is_refused() {
        assert!(parse("skip a all").is_err());
        assert!(parse("skip a cloud reason").is_err());
        assert!(parse("maybe a all reason").is_err());
    }

    #[test]
    fn an_entry_for_no_case_is_found() {
        assert_eq!(unused(&parse(TEXT).unwrap(), &["a/b".into(), "c/x".into()]), ["d"]);
    }
}
