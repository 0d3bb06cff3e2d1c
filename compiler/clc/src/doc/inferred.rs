//! Types and effects of a user's functions, as inference finds them in a file that checks without errors. Of any other file
//! nothing is said: a module can be documented whose imports are not there.

use super::model::{Inferred, Section};
use crate::driver::{self, Scrutiny};
use crate::files::Disk;
use crate::stage::Stages;
use cl_infer::Inference;
use cl_text::SourceMap;
use std::collections::BTreeMap;
use std::path::Path;

/// A definition: the line of its form and its name.
type Place = (u32, String);

/// Adds to the entries of a file's sections what is inferred of them.
pub fn add(path: &str, sections: &mut [Section]) {
    let infer = cl_infer::Options { graph: true, ..Default::default() };
    let scrutiny = Scrutiny { infer, ..Scrutiny::default() };
    let findings = driver::findings(Stages { verbose: false }, &Disk, Path::new(path), scrutiny);
    let Some(inference) = findings.inference.as_ref().filter(|_| findings.errors().next().is_none()) else { return };
    let mut functions = functions(&findings.sources, inference, path);
    for entry in sections.iter_mut().flat_map(|section| &mut section.entries) {
        entry.inferred = functions.remove(&(entry.line, entry.name.clone()));
    }
}

/// The functions at the top level of a file.
fn functions(sources: &SourceMap, inference: &Inference, path: &str) -> BTreeMap<Place, Inferred> {
    let mut found = BTreeMap::new();
    let nodes = inference.graph.iter().flat_map(|graph| &graph.nodes);
    for node in nodes.filter(|node| node.kind == "function" && node.inside.is_none()) {
        let Some(span) = node.span.filter(|span| sources.name(span.file) == path) else { continue };
        let effects = node.effects.iter().map(ToString::to_string).collect();
        let place = (sources.position(span.file, span.start).0, node.name.to_string());
        found.insert(place, Inferred { ty: node.ty.clone(), effects });
    }
    for (_, function) in inference.effects.functions().filter(|(_, f)| !f.library && f.calls_arguments) {
        let line = sources.position(function.span.file, function.span.start).0;
        if let Some(inferred) = found.get_mut(&(line, function.name.to_string())) {
            inferred.effects.push(Inferred::OF_ARGUMENTS.to_owned());
        }
    }
    found
}
