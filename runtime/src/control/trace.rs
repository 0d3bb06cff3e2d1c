//! Traces: the calls that led to a place, as text: `name (file:line:column)`, innermost first.

use super::sites::{self, Sites};
use super::stack::{Anchor, Walk};
use cl_abi::tables::{Function, Site, Text};

/// Entries of a trace, at most: enough to see a recursion and where it began.
pub const MAX: usize = 50;

/// The trace of a suspended fiber from its newest frame on.
pub fn of(sites: &Sites, newest: Anchor, markers: &[usize]) -> Vec<String> {
    let mut walk = Walk::new(newest);
    let mut trace = vec![];
    while trace.len() < MAX
        && let Some(frame) = walk.next(sites, markers)
    {
        if let (Some(f), Some(site)) = (sites.function(frame.pc), frame.site) {
            add_frame(sites, f, site, &mut trace);
        }
    }
    trace
}

/// Adds the entries of a frame: those of the calls that were inlined, innermost first, then its own.
pub fn add_frame(sites: &Sites, function: &Function, site: &Site, trace: &mut Vec<String>) {
    let (mut file, mut line, mut column, mut next) = (site.file, site.line, site.column, site.inlined);
    while let Some(inlined) = sites.inlined(next) {
        trace.extend(entry(sites, inlined.function, (file, line, column)));
        (file, line, column, next) = (inlined.file, inlined.line, inlined.column, inlined.inlined);
    }
    trace.extend(entry(sites, function.name, (file, line, column)));
}

/// An entry, unless no source text stands for the place (stubs have line 0, as have calls that the compiler made), or the
/// function is private to the library or made by the compiler: no name of the user's holds a space.
fn entry(sites: &Sites, name: Text, (file, line, column): (u32, u32, u32)) -> Option<String> {
    if line == 0 {
        return None;
    }
    let name = sites::text(name);
    let name = if name.is_empty() { "lambda" } else { name };
    let file = sites.file(file);
    let is_private = name.starts_with('%') && (file.starts_with("std/") || name.contains(' '));
    (!is_private).then(|| format!("{name} ({file}:{line}:{column})"))
}

/// Whether an entry is of the library.
pub fn is_library(entry: &str) -> bool {
    entry.rsplit_once(" (").is_some_and(|(_, place)| place.starts_with("std/"))
}
