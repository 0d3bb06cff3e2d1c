//! The forms of `std/test`, `(test "name" body …)` and `(property "name" ((x generator) …) body …)`. In a program that is merely run
//! they are checked and are nil. In one that runs its tests they register them, by calls of the module's own functions,
//! and the program ends with a call that runs what was registered.

use super::{Form, Meaning, Resolver, words};
use crate::hir::{self, ExprId, ExprKind, Lambda};
use crate::names::Name;
use crate::stx::{Seq, StxId, StxKind};
use cl_text::Span;

/// A checked form.
struct TestForm {
    name: StxId,
    property: bool,
    /// The variables of a property and their generators.
    params: Vec<StxId>,
    generators: Vec<StxId>,
    body: Seq,
}

impl Resolver<'_> {
    /// A use of the word `test` or `property`.
    pub fn test_word(&mut self, word: Name, form: Form) -> ExprId {
        match self.test_form(word, form) {
            Ok(test) if self.runs_tests => self.registration(test, form.span),
            Ok(test) => {
                for generator in test.generators {
                    self.value(generator);
                }
                self.test_body(&test.params, test.body, form.span);
                self.nil(form.span)
            }
            Err(reported) => reported,
        }
    }

    fn test_form(&mut self, word: Name, form: Form) -> Result<TestForm, ExprId> {
        let property = word == words::PROPERTY;
        let name = self.stx.first(form.args).filter(|n| self.stx.kind(*n) == StxKind::String);
        let pairs = if property { self.param_list(form.args.skip(1)) } else { Some(Seq::EMPTY) };
        let (Some(name), Some(pairs)) = (name, pairs) else {
            let (name, shape) = if property {
                ("property", "(property \"name\" ((variable generator) …) expression …)")
            } else {
                ("test", "(test \"name\" expression …)")
            };
            return Err(self.bad_form(form.span, name, shape));
        };
        let mut test = TestForm {
            name,
            property,
            params: Vec::new(),
            generators: Vec::new(),
            body: form.args.skip(if property { 2 } else { 1 }),
        };
        for i in 0..pairs.len() {
            let pair = self.stx.at(pairs, i);
            let items = self.stx.items(pair);
            if items.len() != 2 {
                let span = self.stx.span(pair);
                return Err(self.bad_form(span, "property", "(variable generator)"));
            }
            test.params.push(self.stx.at(items, 0));
            test.generators.push(self.stx.at(items, 1));
        }
        Ok(test)
    }

    /// The body as a function. A last nil keeps assertions out of tail position, so that traces name the test.
    fn test_body(&mut self, params: &[StxId], body: Seq, span: Span) -> Lambda {
        let mut body = self.stx.slice(body).to_vec();
        body.push(self.stx.atom(StxKind::Nil, span));
        self.thunk("test", params, &body, span)
    }

    fn thunk(&mut self, name: &str, params: &[StxId], body: &[StxId], span: Span) -> Lambda {
        let params = self.stx.list(StxKind::Paren, span, params);
        let body = self.stx.list(StxKind::Paren, span, body);
        self.lambda(&name.into(), self.stx.items(params), self.stx.items(body), span, None)
    }

    /// `(%register name place body)` or `(%register-property name place names generators body)`.
    fn registration(&mut self, test: TestForm, span: Span) -> ExprId {
        let (line, column) = self.sources.position(span.file, span.start);
        let place = format!("{}:{line}:{column}", self.sources.name(span.file));
        let mut args = vec![self.value(test.name), self.string(span, &place)];
        if test.property {
            let names = test.params.iter().map(|p| self.text(self.stx.span(*p)).to_string()).collect::<Vec<_>>();
            let names = names.iter().map(|name| self.string(span, name)).collect();
            args.push(self.mk(span, ExprKind::List(names)));
            let generators = self.stx.list(StxKind::Bracket, span, &test.generators);
            let generators = self.thunk("generators", &[], &[generators], span);
            args.push(self.mk(span, ExprKind::Lambda(generators)));
        }
        let body = self.test_body(&test.params, test.body, span);
        args.push(self.mk(span, ExprKind::Lambda(body)));
        self.call_of_test_module(if test.property { "%register-property" } else { "%register" }, args, span)
    }

    fn call_of_test_module(&mut self, function: &str, args: Vec<ExprId>, span: Span) -> ExprId {
        let name = self.names.intern(function);
        match self.test_module_name(name) {
            Meaning::Global(global) => {
                let callee = self.mk(span, ExprKind::Global(global));
                self.mk(span, ExprKind::Call { callee, args })
            }
            _ => unreachable!("std/test defines {function}"),
        }
    }

    /// At the end of a program that runs its tests.
    pub fn run_tests(&mut self) {
        if let (true, Some(first)) = (self.library.has_tests(), self.hir.forms.last()) {
            let span = match first {
                hir::Form::Define { span, .. } => *span,
                hir::Form::Expr(e) => self.hir.exprs[e.0 as usize].span,
            };
            let call = self.call_of_test_module("%run-tests", Vec::new(), span);
            self.hir.forms.push(hir::Form::Expr(call));
        }
    }
}
