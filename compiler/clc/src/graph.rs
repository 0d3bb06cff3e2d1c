//! `clc graph`: the program as a graph, as JSON or for Graphviz.

use crate::args::{self, Format, GraphFormat};
use crate::driver::{self, Scrutiny};
use crate::project;
use crate::report::{self, Failure};
use cl_infer::{EdgeKind, Graph, Node};
use cl_text::SourceMap;
use serde_json::{Value, json};

/// The version of the JSON document's shape.
const SCHEMA: u32 = 1;

pub fn run(args: &args::Graph) -> Result<(), Failure> {
    let root = project::root(args.file.as_deref(), Format::Text)?;
    let infer = cl_infer::Options { graph: true, ..Default::default() };
    let scrutiny = Scrutiny { infer, ..Scrutiny::default() };
    let (sources, inference) = driver::inference(&root.file, Format::Text, scrutiny)?;
    let graph = inference.graph.unwrap_or_default();
    let text = match args.format {
        GraphFormat::Json => format!("{:#}\n", document(&sources, &graph)),
        GraphFormat::Dot => dot(&graph),
    };
    report::print(&text)
}

fn document(sources: &SourceMap, graph: &Graph) -> Value {
    let nodes: Vec<Value> = graph.nodes.iter().enumerate().map(|(id, n)| node(sources, id, n)).collect();
    let edges: Vec<Value> =
        graph.edges.iter().map(|e| json!({"from": e.from, "to": e.to, "kind": name(e.kind)})).collect();
    json!({"schema": SCHEMA, "nodes": nodes, "edges": edges})
}

fn node(sources: &SourceMap, id: usize, node: &Node) -> Value {
    let effects: Vec<&str> = node.effects.iter().map(|e| &**e).collect();
    let span = node.span.map(|span| {
        let (line, column) = sources.position(span.file, span.start);
        let (end_line, end_column) = sources.position(span.file, span.end);
        json!({
            "file": sources.name(span.file),
            "line": line, "column": column,
            "end_line": end_line, "end_column": end_column,
        })
    });
    json!({
        "id": id, "kind": node.kind, "name": &*node.name, "span": span,
        "type": node.ty, "effects": effects, "inside": node.inside,
    })
}

fn name(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Data => "data",
        EdgeKind::Binding => "binding",
        EdgeKind::Call => "call",
    }
}

/// For `dot -Tsvg`: functions are boxes, calls dashed.
fn dot(graph: &Graph) -> String {
    let mut out = String::from("digraph program {\n  node [fontname=\"monospace\"];\n");
    for (id, node) in graph.nodes.iter().enumerate() {
        let shape = match node.kind {
            "function" | "library" => "box",
            "branch" => "diamond",
            _ => "ellipse",
        };
        let mut label = format!("{} {}", node.kind, node.name);
        if !node.ty.is_empty() {
            label += &format!("\n{}", node.ty);
        }
        if !node.effects.is_empty() {
            label += &format!("\n! {}", node.effects.join(" "));
        }
        out += &format!("  n{id} [shape={shape}, label={}];\n", quoted(&label));
    }
    for edge in &graph.edges {
        let style = match edge.kind {
            EdgeKind::Data => "solid",
            EdgeKind::Binding => "dotted",
            EdgeKind::Call => "dashed",
        };
        out += &format!("  n{} -> n{} [style={style}];\n", edge.from, edge.to);
    }
    out + "}\n"
}

/// A string of the dot language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"))
}
