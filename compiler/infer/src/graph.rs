//! The program as a graph, for tools and people: what is computed, from what, and who calls whom.
//!
//! Nodes are the user's functions with their parameters, the values that Core names, loop and join variables, top-level variables, and the
//! library functions that are used. Edges lead from what is used to what uses it.

use crate::analyse::Analysis;
use crate::bound;
use crate::table::{Mention, Table, atoms_of};
use crate::types::{FnId, Ty};
use cl_core::ir::{
    Atom, Block, Callee, Cond, Effect, FuncId, GlobalId, GlobalKind, Program, Rhs, Stmt, Term, VarId, source_file,
};
use cl_text::Span;
use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

/// A place in [`Graph::nodes`].
pub type NodeId = u32;

#[derive(Default)]
pub struct Graph {
    pub nodes: Vec<Node>,
    /// In the order of the program's text.
    pub edges: Vec<Edge>,
}

pub struct Node {
    /// `function`, `parameter`, `call`, `primitive`, …: see the reference.
    pub kind: &'static str,
    pub name: Rc<str>,
    /// None in the library.
    pub span: Option<Span>,
    /// As a user would write it.
    pub ty: String,
    /// Kinds of effects, of functions and operations.
    pub effects: Vec<Rc<str>>,
    /// The function that it stands in.
    pub inside: Option<NodeId>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EdgeKind {
    /// The value of one is an operand of the other.
    Data,
    /// A name stands for the value: a function's parameter, a variable and what it is set to, a function and what it returns.
    Binding,
    /// A call, and the function that it calls.
    Call,
}

pub struct Edge {
    pub from: NodeId,
    pub to: NodeId,
    pub kind: EdgeKind,
}

/// The graph of the user's part of a program.
pub(crate) fn graph(analysis: &mut Analysis) -> Graph {
    let mut build = Build {
        core: analysis.core,
        table: analysis.table,
        graph: Graph::default(),
        vars: HashMap::new(),
        functions: BTreeMap::new(),
        globals: BTreeMap::new(),
        labels: HashMap::new(),
        analysis,
    };
    build.program();
    build.graph
}

struct Build<'a, 'p> {
    core: &'p Program,
    table: &'p Table<'p>,
    analysis: &'a mut Analysis<'p>,
    graph: Graph,
    vars: HashMap<VarId, NodeId>,
    functions: BTreeMap<FnId, NodeId>,
    globals: BTreeMap<GlobalId, NodeId>,
    /// By label: the nodes of its parameters.
    labels: HashMap<u32, Vec<NodeId>>,
}

/// What is walked: a block of a function.
struct Work<'p> {
    block: &'p Block,
    function: NodeId,
}

impl<'p> Build<'_, 'p> {
    fn program(&mut self) {
        for i in 0..self.table.fns.len() {
            let id = FnId(i as u32);
            if !self.table.get(id).library {
                self.function(id);
            }
        }
        for i in 0..self.table.fns.len() {
            let id = FnId(i as u32);
            let function = self.table.get(id);
            if !function.library {
                self.body(id, &function.func.body);
            }
        }
    }

    fn node(&mut self, kind: &'static str, name: Rc<str>, span: Span, ty: String, inside: Option<NodeId>) -> NodeId {
        let span = Some(Span { file: source_file(&self.core.inlined, span.file), ..span });
        self.graph.nodes.push(Node { kind, name, span, ty, effects: Vec::new(), inside });
        self.graph.nodes.len() as NodeId - 1
    }

    fn edge(&mut self, from: NodeId, to: NodeId, kind: EdgeKind) {
        self.graph.edges.push(Edge { from, to, kind });
    }

    /// A function with its parameters. The bodies come later: they mention functions that stand further down.
    fn function(&mut self, id: FnId) {
        let (function, name) = (self.table.get(id), self.analysis.name(id));
        let ty = self.function_type(id);
        let inside = function.parent.and_then(|p| self.functions.get(&p).copied());
        let node = self.node("function", name, function.func.span, ty, inside);
        self.graph.nodes[node as usize].effects = self.kinds_of(id);
        self.functions.insert(id, node);
        for param in &function.func.params {
            let made = self.variable("parameter", *param, function.func.span, node);
            self.edge(made, node, EdgeKind::Binding);
        }
    }

    /// A function's type in the language's notation: what its parameters must be, and its result.
    fn function_type(&mut self, id: FnId) -> String {
        let scheme = self.analysis.schemes[id.index()].clone();
        let mut parts: Vec<String> =
            scheme.needs.iter().map(|t| self.analysis.types.print(*t, &self.core.ctors)).collect();
        if self.table.get(id).func.variadic {
            parts.pop();
            parts.push("(Rest Any)".to_owned());
        }
        parts.push(self.analysis.types.print(scheme.result, &self.core.ctors));
        let effects = self.kinds_of(id);
        if !effects.is_empty() {
            parts.push("!".to_owned());
            parts.extend(effects.iter().map(|e| e.to_string()));
        }
        format!("(Function {})", parts.join(" "))
    }

    /// The kinds of a function's effects.
    fn kinds_of(&self, id: FnId) -> Vec<Rc<str>> {
        let effects = &self.analysis.types.effects;
        let set = effects.set(self.analysis.schemes[id.index()].eff);
        let mut kinds: Vec<Rc<str>> = set.ops.iter().map(|op| bound::kind_of(effects.name(*op)).into()).collect();
        if set.unknown {
            kinds.push("unknown".into());
        }
        kinds.sort();
        kinds.dedup();
        kinds
    }

    fn variable(&mut self, kind: &'static str, var: VarId, span: Span, function: NodeId) -> NodeId {
        let ty: Ty = self.analysis.type_of(var);
        let text = self.analysis.types.print(ty, &self.core.ctors);
        let node = self.node(kind, self.core.vars[var.index()].name.clone(), span, text, Some(function));
        self.vars.insert(var, node);
        node
    }

    fn body(&mut self, id: FnId, body: &'p Block) {
        let function = self.functions[&id];
        let mut work = vec![Work { block: body, function }];
        while let Some(Work { block, function }) = work.pop() {
            self.block(block, function, &mut work);
        }
    }

    fn block(&mut self, block: &'p Block, function: NodeId, work: &mut Vec<Work<'p>>) {
        let mut inner = Vec::new();
        for stmt in &block.stmts {
            match stmt {
                Stmt::Let { var, rhs, span } => self.statement(*var, rhs, *span, function),
                Stmt::Join(join) => {
                    let span = self.graph.nodes[function as usize].span;
                    let span = span.expect("the user's functions have places");
                    let kind = if join.recursive { "loop" } else { "join" };
                    let params = join.params.iter().map(|p| self.variable(kind, *p, span, function)).collect();
                    self.labels.insert(join.label.0, params);
                    inner.push(&join.body);
                }
                // Local functions have their own nodes; the closure's variable stands for the function.
                Stmt::Funs(funs) => {
                    for fun in funs {
                        if let Some(node) = self.table.by_var.get(&fun.var).and_then(|id| self.functions.get(id)) {
                            self.vars.insert(fun.var, *node);
                        }
                    }
                }
            }
        }
        self.term(&block.term, function, &mut inner);
        // The last pushed is walked first: the order of the text.
        work.extend(inner.into_iter().rev().map(|block| Work { block, function }));
    }

    fn statement(&mut self, var: VarId, rhs: &Rhs, span: Span, function: NodeId) {
        let kind = kind_of(rhs);
        let node = self.variable(kind, var, span, function);
        let (name, effects) = self.described(rhs);
        if let Some(name) = name {
            self.graph.nodes[node as usize].name = name;
        }
        self.graph.nodes[node as usize].effects = effects;
        for atom in operands(rhs) {
            self.operand(atom, node);
        }
        match rhs {
            Rhs::Call(callee, _) => self.call(callee, node),
            Rhs::GetGlobal(g) => {
                let from = self.global(*g);
                self.edge(from, node, EdgeKind::Data);
            }
            Rhs::SetGlobal(g, _) => {
                let to = self.global(*g);
                self.edge(node, to, EdgeKind::Binding);
            }
            _ => {}
        }
    }

    /// What a statement is called, if not by its variable, and its own effects.
    fn described(&self, rhs: &Rhs) -> (Option<Rc<str>>, Vec<Rc<str>>) {
        match rhs {
            Rhs::Prim(prim, _) => (Some(prim.get().name.into()), Vec::new()),
            Rhs::Construct(ctor, _) => (Some(self.core.ctors[ctor.index()].name.clone()), Vec::new()),
            Rhs::Effect(Effect::Perform(op, _)) => {
                let op = &self.core.ops[op.index()];
                (Some(op.name.clone()), vec![op.kind.clone()])
            }
            _ => (None, Vec::new()),
        }
    }

    fn term(&mut self, term: &'p Term, function: NodeId, inner: &mut Vec<&'p Block>) {
        match term {
            Term::Return(atom) => self.result(*atom, function),
            Term::TailCall(callee, args, span) => {
                let node = self.node("call", "tail call".into(), *span, String::new(), Some(function));
                args.iter().for_each(|a| self.operand(*a, node));
                self.call(callee, node);
                self.edge(node, function, EdgeKind::Binding);
            }
            Term::TailApply(f, list, span) => {
                let node = self.node("call", "apply".into(), *span, String::new(), Some(function));
                self.operand(*f, node);
                self.operand(*list, node);
                self.edge(node, function, EdgeKind::Binding);
            }
            Term::Jump(label, args) => {
                let params = self.labels.get(&label.0).cloned().unwrap_or_default();
                for (arg, param) in args.iter().zip(params) {
                    if let Some(from) = self.source(*arg) {
                        self.edge(from, param, EdgeKind::Binding);
                    }
                }
            }
            Term::If { cond, then, otherwise } => {
                self.condition(cond, function);
                inner.extend([&**then, &**otherwise]);
            }
            Term::Try { body, error, handler } => {
                let span = self.graph.nodes[function as usize].span.expect("the user's functions have places");
                self.variable("caught", *error, span, function);
                inner.extend([&**body, &**handler]);
            }
            Term::Unreachable => {}
        }
    }

    /// A branch is decided by its operands.
    fn condition(&mut self, cond: &Cond, function: NodeId) {
        let (name, operands, span): (Rc<str>, &[Atom], Option<Span>) = match cond {
            Cond::Truthy(a) => ("true?".into(), std::slice::from_ref(a), None),
            Cond::Prim(prim, args, span) => (prim.get().name.into(), args, Some(*span)),
            Cond::IsCtor(ctor, a) => (self.core.ctors[ctor.index()].name.clone(), std::slice::from_ref(a), None),
            Cond::IsTuple(size, a) => (format!("tuple of {size}").into(), std::slice::from_ref(a), None),
        };
        let span = span.or(self.graph.nodes[function as usize].span).expect("the user's functions have places");
        let node = self.node("branch", name, span, "Bool".to_owned(), Some(function));
        operands.iter().for_each(|a| self.operand(*a, node));
    }

    fn result(&mut self, atom: Atom, function: NodeId) {
        if let Some(from) = self.source(atom) {
            self.edge(from, function, EdgeKind::Binding);
        }
    }

    fn operand(&mut self, atom: Atom, user: NodeId) {
        if let Some(from) = self.source(atom) {
            self.edge(from, user, EdgeKind::Data);
        }
    }

    fn call(&mut self, callee: &Callee, node: NodeId) {
        let target = match callee {
            Callee::Func(f) | Callee::Known(f, _) => Some(self.func(*f)),
            Callee::Value(Atom::Multi(g)) => Some(self.global(*g)),
            Callee::Value(atom) => self.source(*atom),
        };
        if let Some(target) = target {
            if self.graph.nodes[node as usize].name.starts_with("tail")
                || self.graph.nodes[node as usize].name.is_empty()
            {
                self.graph.nodes[node as usize].name = self.graph.nodes[target as usize].name.clone();
            }
            self.edge(node, target, EdgeKind::Call);
        }
    }

    /// The node that a value comes from; none for constants.
    fn source(&mut self, atom: Atom) -> Option<NodeId> {
        match atom {
            Atom::Var(v) => self.vars.get(&v).copied(),
            Atom::Func(f) => Some(self.func(f)),
            Atom::Multi(g) => Some(self.global(g)),
            Atom::Int(_) | Atom::Nil | Atom::Bool(_) | Atom::EmptyList | Atom::Undef | Atom::Keyword(_) => None,
            Atom::Symbol(_) | Atom::Ctor(_) | Atom::Data(_) => None,
        }
    }

    /// A function of the program: the user's, or one of the library.
    fn func(&mut self, f: FuncId) -> NodeId {
        let id = FnId(f.0);
        if let Some(node) = self.functions.get(&id) {
            return *node;
        }
        let (name, ty, effects) = (self.analysis.name(id), self.function_type(id), self.kinds_of(id));
        self.graph.nodes.push(Node { kind: "library", name, span: None, ty, effects, inside: None });
        let node = self.graph.nodes.len() as NodeId - 1;
        self.functions.insert(id, node);
        node
    }

    fn global(&mut self, g: GlobalId) -> NodeId {
        if let Some(node) = self.globals.get(&g) {
            return *node;
        }
        let global = &self.core.globals[g.index()];
        let node = match &global.kind {
            GlobalKind::Func(f) => self.func(*f),
            GlobalKind::Multi(_) | GlobalKind::Slot => {
                let hir = &self.analysis.hir.globals[g.index()];
                let library = self.analysis.hir.modules[hir.module.0 as usize].is_std;
                let kind = if library { "library" } else { "global" };
                let span = (!library).then_some(hir.span);
                let (name, ty) = (global.name.clone(), String::new());
                self.graph.nodes.push(Node { kind, name, span, ty, effects: Vec::new(), inside: None });
                self.graph.nodes.len() as NodeId - 1
            }
        };
        self.globals.insert(g, node);
        node
    }
}

fn kind_of(rhs: &Rhs) -> &'static str {
    match rhs {
        Rhs::Atom(_) => "value",
        Rhs::Prim(..) => "primitive",
        Rhs::Call(..) | Rhs::Apply(..) => "call",
        Rhs::Construct(..) | Rhs::Tuple(_) => "construct",
        Rhs::IsCtor(..) | Rhs::IsTuple(..) => "test",
        Rhs::Field(..) => "field",
        Rhs::Closures { .. } => "function",
        Rhs::NewCell(_) => "variable",
        Rhs::GetCell(_) | Rhs::GetGlobal(_) => "read",
        Rhs::SetCell(..) | Rhs::SetGlobal(..) => "assignment",
        Rhs::Effect(Effect::Perform(..) | Effect::Handled(_)) => "operation",
        Rhs::Effect(Effect::Handle(_)) => "handler",
        Rhs::Effect(Effect::Resume(_) | Effect::Leave(_) | Effect::Resumption(_)) => "resume",
    }
}

/// The atoms that a statement computes from.
fn operands(rhs: &Rhs) -> Vec<Atom> {
    let mut atoms = Vec::new();
    atoms_of(rhs, &mut |mention| {
        if let Mention::Atom(atom) = mention {
            atoms.push(atom);
        }
    });
    atoms
}
