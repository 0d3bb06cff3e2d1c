//! `:extends`: which contracts' clauses hold for a function beside its own, and how their parameters are bound there.

use super::super::{Meaning, Resolver};
use super::{ContractIx, ContractOf};
use crate::hir::{Item, VarId};
use crate::names::Name;
use crate::scope::{Binder, ScopeKind};
use cl_text::Span;
use cl_text::codes::{e0607, e0608};

/// A contract whose clauses are checked in a function.
pub struct Source {
    pub index: ContractIx,
    /// For an extended contract: its function's parameter names, bound to what the function here was called with.
    names: Option<Vec<(Name, VarId)>>,
}

impl Resolver<'_> {
    /// The contracts that hold for the function of contract `index`, its own last. `vars` are the function's parameters;
    /// what takes arguments apart for another contract's clauses goes to `items`.
    pub fn contract_sources(&mut self, index: ContractIx, vars: &[VarId], items: &mut Vec<Item>) -> Vec<Source> {
        let mut chain = self.extended(index);
        chain.reverse();
        let mut sources: Vec<Source> =
            chain.into_iter().map(|other| self.extended_source(other, vars, items)).collect();
        sources.push(Source { index, names: None });
        sources
    }

    /// Runs `f` where the clauses of a contract see its own scope and parameters.
    pub fn in_source<T>(&mut self, source: &Source, f: impl FnOnce(&mut Self) -> T) -> T {
        match &source.names {
            None => f(self),
            Some(names) => self.in_contract_scope(source.index, |r| {
                for (name, var) in names {
                    r.scopes.declare(*name, Binder::Var(*var), false);
                }
                f(r)
            }),
        }
    }

    /// Runs `f` as if in the scope where a contract stands, with a scope of its own.
    fn in_contract_scope<T>(&mut self, index: ContractIx, f: impl FnOnce(&mut Self) -> T) -> T {
        let (module, depth) = (self.contract(index).module, self.contract(index).depth);
        let outer = std::mem::replace(&mut self.module, module);
        self.scopes.hidden.push(depth..self.scopes.depth());
        self.scopes.push(ScopeKind::Plain);
        let out = f(self);
        self.scopes.pop();
        self.scopes.hidden.pop();
        self.module = outer;
        out
    }

    /// The contracts that one extends, nearest first.
    fn extended(&mut self, index: ContractIx) -> Vec<ContractIx> {
        let mut chain = vec![index];
        let mut last = index;
        while let Some((name, span)) = self.contract(last).extends {
            // what is wrong further up the chain is reported where it stands
            let Some(next) = self.extends_target(last, name, span, last == index) else { break };
            if chain.contains(&next) {
                if next == index && chain.iter().all(|c| *c >= index) {
                    self.report_circle(&chain);
                }
                break;
            }
            chain.push(next);
            last = next;
        }
        chain.remove(0);
        chain
    }

    fn extends_target(&mut self, from: ContractIx, name: Name, span: Span, report: bool) -> Option<ContractIx> {
        let meaning = self.in_contract_scope(from, |r| r.lookup(name));
        let (function, defined) = match meaning {
            Meaning::Var(var, _) => (Some(ContractOf::Local(var)), Some(self.hir.vars[var.0 as usize].span)),
            Meaning::Global(global) => {
                let user = !self.module(self.info(global).module).is_std;
                (Some(ContractOf::Global(global)), user.then(|| self.hir.globals[global.0 as usize].span))
            }
            Meaning::Unbound | Meaning::NotExported(_) => {
                if report {
                    self.report_unbound(name, span, meaning);
                }
                return None;
            }
            Meaning::Poison => return None,
            Meaning::Ctor(_) | Meaning::Macro(_) | Meaning::Op(_) | Meaning::Special(_) | Meaning::Word(_) => {
                (None, None)
            }
        };
        let Some(other) = function.and_then(|f| self.contracts.of.get(&f).copied()) else {
            if report {
                let text = self.names.text(name).clone();
                self.report(e0607::no_contract(span, &text, defined));
            }
            return None;
        };
        let (own, others) = (self.contract(from).params, self.contract(other).params);
        let (own, others) = (self.arity_of(own), self.arity_of(others));
        if own != others {
            if report {
                let text = self.names.text(name).clone();
                let counts = (super::super::report::parameters(own), super::super::report::parameters(others));
                let at = self.contract(other).name_span;
                self.report(e0607::other_parameters(span, &text, (&counts.0, &counts.1), at));
            }
            return None;
        }
        Some(other)
    }

    fn report_circle(&mut self, chain: &[ContractIx]) {
        let extends = |c: &ContractIx| self.contract(*c).extends.map_or(self.contract(*c).span, |(_, span)| span);
        let names: Vec<_> = chain.iter().chain(&chain[..1]).map(|c| self.names.text(self.contract(*c).name)).collect();
        let names: Vec<&str> = names.into_iter().map(|n| &**n).collect();
        let others: Vec<Span> = chain[1..].iter().map(extends).collect();
        let diagnostic = e0608::circle(extends(&chain[0]), &names, &others);
        self.report(diagnostic);
    }

    fn extended_source(&mut self, index: ContractIx, vars: &[VarId], items: &mut Vec<Item>) -> Source {
        let params = self.contract(index).params;
        let names = self.in_contract_scope(index, |r| {
            let mut names = Vec::new();
            for (i, var) in vars.iter().enumerate() {
                let param = r.stx.at(params, i);
                let target = r.annotated(param).map_or(param, |(target, _)| target);
                if let Some(name) = r.rest_name(target).or_else(|| r.stx.symbol(target)) {
                    names.push((name, *var));
                    continue;
                }
                let (pat, bound) = r.binding_pattern(target, "parameter");
                let value = r.local(r.stx.span(target), *var);
                items.push(Item::Destructure { pat, value });
                names.extend(bound);
            }
            names
        });
        Source { index, names: Some(names) }
    }
}
