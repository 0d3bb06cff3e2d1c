//! Diagnostics of what the analysis has found: places, words, and the chain of reasons.

use crate::analyse::Analysis;
use crate::findings::{Argument, Finding};
use crate::scheme::{Callee, Why};
use crate::summary::EffectTable;
use crate::table::Table;
use crate::types::{Kinds, Ty};
use crate::{FnId, Options};
use cl_core::ir::{Atom, Bounded, Datum, Program};
use cl_lang::hir::{ExprId, ExprKind};
use cl_text::codes::{e0301, e0303, e0304, e0305, e0306, e0405, w0301, w0302, w0304, w0401};
use cl_text::{Diagnostic, Span};
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// Reasons that are told of one error.
const MAX_REASONS: usize = 3;

struct Report<'a, 'p> {
    analysis: &'a mut Analysis<'p>,
    /// The calls of the program by their places, made when the first is wanted.
    calls: Option<HashMap<Span, ExprId>>,
}

pub(crate) fn diagnostics(analysis: &mut Analysis, effects: &EffectTable, options: Options) -> Vec<Diagnostic> {
    let findings = std::mem::take(&mut analysis.findings);
    let mut seen = HashSet::new();
    let mut found = unhandled(analysis.core, effects, options);
    found.extend(broken_bounds(analysis.core, analysis.table, effects));
    let mut report = Report { analysis, calls: None };
    for finding in &findings {
        if let Some(diagnostic) = report.diagnostic(finding, options) {
            let place = diagnostic.labels.first().map(|l| (diagnostic.code, l.span));
            // A function may stand in several versions.
            if seen.insert(place) {
                found.push(diagnostic);
            }
        }
    }
    found.sort_by_key(|d| d.labels.first().map(|l| (l.span.file, l.span.start, l.span.end)));
    found
}

/// Declared operations that may be performed with no handler in force.
fn unhandled(core: &Program, effects: &EffectTable, options: Options) -> Vec<Diagnostic> {
    let Some(entry) = effects.entry() else { return Vec::new() };
    let mut found = Vec::new();
    for op in core.ops.iter().filter(|op| op.declared && effects.of(entry).ops.contains(&op.name)) {
        let steps = effects.path(entry, &op.name);
        let Some(last) = steps.last() else { continue };
        let calls = steps.windows(2).map(|w| (w[0].span, w[1].function.to_string())).collect::<Vec<_>>();
        found.push(w0401::unhandled(last.span, &op.name, &calls, options.strict));
    }
    found
}

/// Functions whose contracts promise fewer effects than they have. Errors are no matter of a bound.
fn broken_bounds(core: &Program, table: &Table, effects: &EffectTable) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for bound in &core.bounds {
        let function = match bound.function {
            Bounded::Func(f) => Some(FnId(f.0)),
            Bounded::Local(v) => table.by_var.get(&v).copied(),
        };
        let Some(f) = function else { continue };
        let allowed = |op: &str| {
            let kind = op.split_once(':').map_or(op, |(kind, _)| kind);
            kind == "error" || bound.effects.iter().any(|e| **e == *op || **e == *kind)
        };
        if let Some(op) = effects.bound(f).iter().find(|op| !allowed(op)) {
            let steps = effects.path(f, op);
            let calls = steps.iter().map(|s| s.span).filter(|s| !table.is_library_file(s.file)).collect::<Vec<_>>();
            found.push(e0405::beyond(bound.span, &effects.of(f).name, op, &calls));
        }
    }
    found
}

impl Report<'_, '_> {
    fn diagnostic(&mut self, finding: &Finding, options: Options) -> Option<Diagnostic> {
        let (diagnostic, in_try) = match finding {
            Finding::Argument(a) if !self.analysis.types.differ_in_type(a.value, a.need) => return None,
            Finding::Argument(argument) => (self.argument(argument), argument.in_try),
            Finding::NotFunction { span, value, why, in_try } => {
                (self.not_function(*span, *value, why.as_ref()), *in_try)
            }
            Finding::Arity { span, callee, count, in_try } => (self.arity(*span, callee, *count), *in_try),
            Finding::Callback { span, callee, index, function, called_with, in_try } => {
                let place = self.place_of(*span, Some(*index as usize));
                let (who, counts) = (self.name(callee), self.analysis.counts(*function));
                (e0306::wrong_callback(place, &who, *index as usize, *called_with, counts), *in_try)
            }
            Finding::Annotation { span, value, expected, blame, why, in_try } => {
                let (expected, mut blame) = (self.text(*expected), self.text(*blame));
                if blame == "expression" {
                    blame.insert_str(0, "this ");
                }
                let found = self.print(*value);
                let diagnostic = e0305::broken(*span, &blame, &expected, &found);
                (self.because(diagnostic, *span, &found, why.as_ref()), *in_try)
            }
            Finding::Check { span, expected, blame } => {
                if !options.strict || !self.is_shown(*span) {
                    return None;
                }
                (w0304::remains(*span, &self.text(*blame), &self.text(*expected)), false)
            }
            Finding::Unreachable { span, after } => (w0301::unreachable(*span, *after), false),
            Finding::Unlike { span, left, right, result } => {
                (w0302::unlike(*span, &self.print(*left), &self.print(*right), *result), false)
            }
        };
        Some(if in_try { diagnostic.as_warning() } else { diagnostic })
    }

    fn argument(&mut self, a: &Argument) -> Diagnostic {
        let (found, need) = (self.print(a.value), self.print_need(a.need));
        let place = self.place_of(a.span, Some(a.index as usize));
        let name = self.name(&a.callee);
        let diagnostic = e0304::wrong_argument(place, &name, a.index as usize, &need, &found);
        let diagnostic = self.because(diagnostic, place, &found, a.value_why.as_ref());
        self.needed(diagnostic, &a.callee, &need, a.need_why.clone())
    }

    /// Adds why a value is what it is.
    fn because(&mut self, diagnostic: Diagnostic, place: Span, found: &str, why: Option<&Why>) -> Diagnostic {
        let (span, text) = match why {
            Some(Why::Made { span, by: Some(name) }) => (*span, format!("`{name}` gives `{found}` here")),
            Some(Why::Made { span, by: None }) => (*span, format!("it is made here, a `{found}`")),
            Some(Why::Global(g)) => {
                let global = &self.analysis.hir.globals[g.index()];
                (global.span, format!("`{}` holds `{found}`", global.name))
            }
            Some(Why::Test(span)) => (*span, format!("it is `{found}` because of this test")),
            Some(Why::Argument { span, callee, index }) => {
                let name = self.name(callee);
                (self.place_of(*span, Some(*index as usize)), format!("it is `{found}` because `{name}` takes it here"))
            }
            None => return diagnostic,
        };
        let inside = span.file == place.file && span.start <= place.start && place.end <= span.end;
        if inside || !self.is_shown(span) { diagnostic } else { diagnostic.label(span, text) }
    }

    /// Adds why a function needs what it needs, call by call.
    fn needed(&mut self, mut diagnostic: Diagnostic, callee: &Callee, need: &str, why: Option<Why>) -> Diagnostic {
        let (mut who, mut why) = (self.name(callee), why);
        for _ in 0..MAX_REASONS {
            let (span, text, next) = match why.take() {
                Some(Why::Argument { span, callee, index }) => {
                    let name = self.name(&callee);
                    let text = format!("`{who}` needs `{need}` because it passes this to `{name}`");
                    let next = match callee {
                        Callee::Fn(f) => self.need_of(f, index),
                        Callee::Named(_) => None,
                    };
                    who = name;
                    (self.place_of(span, Some(index as usize)), text, next)
                }
                Some(Why::Test(span)) => (span, format!("`{who}` needs `{need}` because of this test"), None),
                Some(Why::Made { .. } | Why::Global(_)) | None => break,
            };
            if self.is_shown(span) {
                diagnostic = diagnostic.label(span, text);
            }
            why = next;
        }
        diagnostic
    }

    fn need_of(&self, f: FnId, index: u32) -> Option<Why> {
        self.analysis.schemes[f.index()].whys.get(index as usize).cloned().flatten()
    }

    fn not_function(&mut self, span: Span, value: Ty, why: Option<&Why>) -> Diagnostic {
        let place = self.place_of(span, None);
        let found = self.print(value);
        let what = if found.starts_with('(') {
            format!("a value of type `{found}`")
        } else {
            format!("{} `{found}`", article(&found))
        };
        self.because(e0303::value_is_no_function(place, &what), place, &found, why)
    }

    fn arity(&mut self, span: Span, callee: &Callee, count: usize) -> Diagnostic {
        let name = self.name(callee);
        let Callee::Fn(f) = callee else { return e0301::wrong_arity(span, &name, (0, None), count, None) };
        let function = self.analysis.table.get(*f);
        let counts = self.analysis.counts(*f);
        let definition = Some(function.func.span).filter(|s| self.is_shown(*s));
        e0301::wrong_arity(span, &name, counts, count, definition)
    }

    // ---------------------------------------------------------------- words and places

    fn print(&mut self, ty: Ty) -> String {
        let core = self.analysis.core;
        self.analysis.types.print(ty, &core.ctors)
    }

    /// What is needed. That tagged Tuples, the older spelling, are taken for constructors' values is not told.
    fn print_need(&mut self, need: Ty) -> String {
        let types = &mut self.analysis.types;
        let mut shown = need;
        if types.kinds(need).has(Kinds::DATA.or(Kinds::TUPLE)) {
            let tuples = types.of_kinds(Kinds::TUPLE);
            shown = types.subtract(need, tuples);
        }
        self.print(shown)
    }

    fn name(&self, callee: &Callee) -> Rc<str> {
        match callee {
            // A function that a special form calls has the form's name after a `%`.
            Callee::Fn(f) => {
                let name = self.analysis.name(*f);
                name.strip_prefix('%').map_or(name.clone(), Rc::from)
            }
            Callee::Named(name) => name.clone(),
        }
    }

    /// The text of a String constant.
    fn text(&self, atom: Atom) -> String {
        match atom {
            Atom::Data(d) => match &self.analysis.core.data[d.index()] {
                Datum::String(text) => text.to_string(),
                _ => String::new(),
            },
            _ => String::new(),
        }
    }

    /// Whether a place is in a file of the user's.
    fn is_shown(&self, span: Span) -> bool {
        !self.analysis.table.is_library_file(span.file)
    }

    /// Where an argument of a call stands, or what is called; the call itself if that is not known.
    fn place_of(&mut self, call: Span, argument: Option<usize>) -> Span {
        let hir = self.analysis.hir;
        let calls = self.calls.get_or_insert_with(|| {
            let is_call = |e: &cl_lang::hir::Expr| matches!(e.kind, ExprKind::Call { .. });
            let places = hir.exprs.iter().enumerate().filter(|(_, e)| is_call(e));
            places.map(|(i, e)| (e.span, ExprId(i as u32))).collect()
        });
        let Some(id) = calls.get(&call) else { return call };
        let ExprKind::Call { callee, args } = &hir.exprs[id.0 as usize].kind else { return call };
        let part = match argument {
            Some(i) => args.get(i),
            None => Some(callee),
        };
        part.map_or(call, |e| hir.exprs[e.0 as usize].span)
    }
}

fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'U']) { "an" } else { "a" }
}
