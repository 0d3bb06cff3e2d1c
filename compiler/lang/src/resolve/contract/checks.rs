//! The code that checks a contract, put around its function's body.
//!
//! ```text
//! (define (f x) body)   =>   (define (f x)
//!                              (if requires nil (violation …)) …
//!                              (let ((old e)) (result body))
//!                              (if ensures nil (violation …)) … result)
//! ```
//!
//! Without clauses about the result the body stays in tail position.

use super::super::{Resolver, words};
use super::extends::Source;
use super::measure::Recursion;
use super::{Clause, ContractIx, OpenClause};
use crate::hir::{self, ClauseKind, Const, ExprId, ExprKind, Item, VarId};
use crate::scope::{Binder, ScopeKind};
use crate::stx::StxId;
use cl_text::Span;

/// The parameters of a function with a contract: the variables that hold its arguments, the last one those in a List if
/// the function takes any number.
pub struct Given<'p> {
    pub vars: &'p [VarId],
    pub rest: bool,
    pub recursion: Option<Recursion>,
}

/// What the clauses of a contract come to.
#[derive(Default)]
struct Checks {
    /// Takes arguments apart for the contracts that this one extends.
    arguments: Vec<Item>,
    entry: Group,
    measure: Vec<Item>,
    exit: Group,
    olds: Vec<(VarId, ExprId)>,
    clauses: Vec<hir::ContractClause>,
}

/// Checks that are made at one time.
#[derive(Default)]
struct Group {
    items: Vec<Item>,
    /// They may call functions of the program's.
    calls: bool,
}

/// When a clause is checked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Entry,
    Measure,
    Exit,
}

/// The function whose contract is being made into code.
#[derive(Clone, Copy)]
struct Function<'v> {
    contract: ContractIx,
    given: &'v Given<'v>,
    result: VarId,
}

impl Resolver<'_> {
    /// Resolves the clauses of a function's contract and puts their checks around its body, in the scope of the
    /// parameters.
    pub fn contracted(
        &mut self,
        contract: ContractIx,
        given: Given,
        span: Span,
        body: impl FnOnce(&mut Self) -> ExprId,
    ) -> ExprId {
        let mut checks = Checks::default();
        let result = self.temp("result", self.contract(contract).span);
        let function = Function { contract, given: &given, result };
        let sources = self.contract_sources(contract, given.vars, &mut checks.arguments);
        self.scopes.hidden.extend(given.recursion.map(|r| r.scope..r.scope + 1));
        for stage in [Stage::Entry, Stage::Measure, Stage::Exit] {
            for source in &sources {
                for clause in self.contract(source.index).clauses.clone() {
                    self.check_clause(function, source, clause, stage, &mut checks);
                }
            }
        }
        if given.recursion.is_some() {
            self.scopes.hidden.pop();
        }
        self.keep_contract(function, &mut checks);
        let body = body(self);
        if self.contracts.checked { self.surround(checks, function, body, span) } else { body }
    }

    /// Entry checks, old values, the body, exit checks.
    fn surround(&mut self, checks: Checks, function: Function, body: ExprId, span: Span) -> ExprId {
        let mut items = checks.arguments;
        let exit_calls = checks.exit.calls;
        items.extend(self.group(checks.entry, function, span));
        items.extend(checks.measure);
        for (var, value) in checks.olds {
            let value = if exit_calls { self.once(function, value, span) } else { value };
            items.push(Item::Bind { var, value });
        }
        items.extend(function.given.recursion.and_then(|r| self.bind_own(r, function.given, span)));
        if checks.exit.items.is_empty() {
            items.push(Item::Do(body));
        } else {
            items.push(Item::Bind { var: function.result, value: body });
            items.extend(self.group(checks.exit, function, span));
            let value = self.local(span, function.result);
            items.push(Item::Do(value));
        }
        self.mk(span, ExprKind::Block(items))
    }

    fn group(&mut self, group: Group, function: Function, span: Span) -> Vec<Item> {
        if !group.calls {
            return group.items;
        }
        let all = self.mk(span, ExprKind::Block(group.items));
        vec![Item::Do(self.once(function, all, span))]
    }

    /// Evaluates what belongs to a clause, unless a clause of the same contract is being evaluated further out: a function
    /// that a clause calls may lead back to the contract, and would without end. In that case the value is nil.
    fn once(&mut self, function: Function, value: ExprId, span: Span) -> ExprId {
        let key = |r: &mut Self| r.constant(span, Const::Int(function.contract.0.into()));
        let (enter, leave) = (key(self), key(self));
        let cond = self.prim(span, "%contract-enter", vec![enter]);
        let leave = self.prim(span, "%contract-leave", vec![leave]);
        let then = self.mk(span, ExprKind::Try { body: value, catch: None, finally: Some(leave) });
        let otherwise = self.nil(span);
        self.mk(span, ExprKind::If { cond, then, otherwise })
    }

    fn check_clause(&mut self, function: Function, source: &Source, clause: Clause, stage: Stage, checks: &mut Checks) {
        let wanted = match clause.kind {
            ClauseKind::Requires => stage == Stage::Entry,
            ClauseKind::Ensures => stage == Stage::Exit,
            ClauseKind::Invariant => stage != Stage::Measure,
            // a measure is about the function's own calls of itself, so that no other contract's counts
            ClauseKind::Decreasing => stage == Stage::Measure && source.index == function.contract,
        };
        if !wanted {
            return;
        }
        let result = (clause.kind == ClauseKind::Ensures).then_some(function.result);
        let (expr, calls) = self.in_source(source, |r| r.clause_expr(clause, result, &mut checks.olds));
        let (text, span) = (self.unread(clause.whole).into(), self.stx.span(clause.whole));
        let clause = hir::ContractClause { kind: clause.kind, expr, text, span };
        let cond = match (stage, function.given.recursion) {
            (Stage::Measure, Some(recursion)) => self.measured(recursion, expr, span, &mut checks.measure),
            (Stage::Entry | Stage::Measure | Stage::Exit, _) => expr,
        };
        let violation = self.violation(function, &clause, stage);
        let holds = self.nil(span);
        let check = self.mk(span, ExprKind::If { cond, then: holds, otherwise: violation });
        let group = match stage {
            Stage::Measure => {
                checks.measure.push(Item::Do(check));
                return checks.clauses.push(clause);
            }
            Stage::Entry => &mut checks.entry,
            Stage::Exit => &mut checks.exit,
        };
        group.items.push(Item::Do(check));
        group.calls |= calls;
        if stage == Stage::Entry || clause.kind == ClauseKind::Ensures {
            checks.clauses.push(clause);
        }
    }

    /// The condition or measure, and whether it may call functions of the program's.
    fn clause_expr(
        &mut self,
        clause: Clause,
        result: Option<VarId>,
        olds: &mut Vec<(VarId, ExprId)>,
    ) -> (ExprId, bool) {
        let open = OpenClause {
            result,
            base: self.scopes.depth(),
            lambda: self.scopes.lambda,
            in_old: false,
            olds: std::mem::take(olds),
            calls: false,
        };
        let outer = self.contracts.clause.replace(open);
        self.scopes.push(ScopeKind::Plain);
        if let Some(result) = result {
            self.scopes.declare(words::RESULT, Binder::Var(result), false);
        }
        let expr = match clause.kind {
            ClauseKind::Decreasing => self.value(clause.expr),
            ClauseKind::Requires | ClauseKind::Ensures | ClauseKind::Invariant => self.test(clause.expr),
        };
        self.scopes.pop();
        let open = std::mem::replace(&mut self.contracts.clause, outer);
        let calls = open.as_ref().is_some_and(|c| c.calls);
        *olds = open.map(|c| c.olds).unwrap_or_default();
        (expr, calls)
    }

    /// Raises `contract-violation`.
    fn violation(&mut self, function: Function, clause: &hir::ContractClause, stage: Stage) -> ExprId {
        let span = clause.span;
        let description = Const::List(self.describe(function, clause, stage));
        let description = self.constant(span, description);
        let arguments = function.given.vars.iter().map(|var| self.local(span, *var)).collect();
        let arguments = self.mk(span, ExprKind::List(arguments));
        let value = match (stage, function.given.recursion) {
            (Stage::Exit, _) => self.local(span, function.result),
            (Stage::Measure, Some(recursion)) => self.measures(recursion, span),
            (Stage::Entry | Stage::Measure, _) => self.nil(span),
        };
        self.prim(span, "%contract-violation", vec![description, arguments, value])
    }

    /// What the runtime tells of a violated clause: the function, the kind and text of the clause, where the function is
    /// defined, what it is told beside the arguments, the names of the parameters.
    fn describe(&self, function: Function, clause: &hir::ContractClause, stage: Stage) -> Vec<Const> {
        let contract = self.contract(function.contract);
        let name = self.names.text(contract.name).clone();
        let (line, _) = self.sources.position(contract.defined.file, contract.defined.start);
        let definition = format!("{}:{line}", self.sources.name(contract.defined.file));
        let keyword = match clause.kind {
            ClauseKind::Requires => ":requires",
            ClauseKind::Ensures => ":ensures",
            ClauseKind::Invariant | ClauseKind::Decreasing => ":invariant",
        };
        let mut out: Vec<Const> =
            [name, keyword.into(), clause.text.clone(), definition.into()].map(Const::String).into();
        out.push(match stage {
            Stage::Entry => Const::Nil,
            Stage::Measure => Const::String("measure".into()),
            Stage::Exit => Const::String("result".into()),
        });
        let params = self.stx.slice(contract.params);
        out.extend(params.iter().map(|param| Const::String(self.parameter_text(*param).into())));
        out
    }

    /// A parameter as people call it.
    fn parameter_text(&self, param: StxId) -> String {
        let target = self.annotated(param).map_or(param, |(target, _)| target);
        let text = self.unread(target);
        text.strip_prefix("...").map(str::to_owned).unwrap_or(text)
    }

    fn keep_contract(&mut self, function: Function, checks: &mut Checks) {
        let contract = &self.contracts.all[function.contract.0 as usize];
        let Some(of) = contract.function else { return };
        self.hir.contracts.push(hir::Contract {
            function: of,
            name: self.names.text(contract.name).clone(),
            span: contract.span,
            params: function.given.vars.to_vec(),
            rest: function.given.rest,
            clauses: std::mem::take(&mut checks.clauses),
            result: function.result,
            olds: checks.olds.clone(),
            bound: contract.bound.clone(),
            complexity: contract.complexity.clone(),
        });
    }
}
