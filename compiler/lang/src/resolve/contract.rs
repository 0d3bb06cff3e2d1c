//! Contracts: `spec:contract` forms are taken apart when the definitions of their scope are declared, so that each
//! definition knows its contract before it is resolved. `parse` reads the form, `checks` turns the clauses into code in the
//! function's body, `measure` what follows recursive calls, `extends` finds the contracts that one extends, `words` has what
//! only clauses may say.

mod checks;
mod extends;
mod measure;
mod parse;
mod words;

pub use checks::Given;

use super::{Meaning, Resolver};
use crate::hir::{self, ClauseKind, ContractOf, EffectBound, VarId};
use crate::names::{FxMap, ModIx, Name};
use crate::stx::{Seq, StxId};
use cl_text::codes::{e0601, e0602, e0603};
use cl_text::{Span, near};
use std::rc::Rc;

/// In larger scopes, misspelt names are not compared with what is defined.
const MOST_DEFINITIONS: usize = 1000;

/// Index of a contract in [`Contracts::all`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct ContractIx(u32);

/// The contracts of the program, and the clause that is being resolved.
pub struct Contracts {
    /// Whether clauses become code.
    checked: bool,
    all: Vec<Contract>,
    of: FxMap<ContractOf, ContractIx>,
    /// Forms in the body of a `let` that belong to what the `let` binds.
    of_let: FxMap<StxId, ()>,
    clause: Option<OpenClause>,
}

impl Contracts {
    pub fn new(checked: bool) -> Contracts {
        let (of, of_let) = (FxMap::default(), FxMap::default());
        Contracts { checked, all: Vec::new(), of, of_let, clause: None }
    }
}

/// A contract as it is written.
pub struct Contract {
    span: Span,
    name: Name,
    name_span: Span,
    module: ModIx,
    /// How many local scopes are open where it stands.
    depth: u32,
    /// Its function, once that is known, with the parameter list and the place of the definition.
    function: Option<ContractOf>,
    params: Seq,
    defined: Span,
    clauses: Vec<Clause>,
    extends: Option<(Name, Span)>,
    bound: Option<EffectBound>,
    complexity: Option<Rc<str>>,
}

#[derive(Clone, Copy)]
pub struct Clause {
    kind: ClauseKind,
    /// The whole clause, for messages.
    whole: StxId,
    /// The condition or the measure.
    expr: StxId,
}

/// The clause that is being resolved.
struct OpenClause {
    /// `result`, in a clause of `:ensures`.
    result: Option<VarId>,
    /// The first scope that belongs to the clause itself.
    base: u32,
    /// How many lambdas are around the clause.
    lambda: u32,
    /// In the argument of `old`.
    in_old: bool,
    olds: Vec<(VarId, hir::ExprId)>,
    /// It may call a function of the program's, which may lead back to this contract.
    calls: bool,
}

/// What a name is defined as in the scope of a contract.
pub struct Definition {
    pub name: Name,
    pub span: Span,
    /// The parameters, if it is a function's text.
    pub params: Option<Seq>,
}

impl Resolver<'_> {
    /// Gives each contract to the definition that it names: the index of the definition with its contract. Mistakes are
    /// reported.
    pub fn attach_contracts(&mut self, contracts: Vec<Contract>, found: &[Definition]) -> Vec<(usize, ContractIx)> {
        let by_name: FxMap<Name, usize> = found.iter().enumerate().map(|(i, d)| (d.name, i)).collect();
        let mut attached = Vec::with_capacity(contracts.len());
        for contract in contracts {
            let Some(index) = by_name.get(&contract.name).copied() else {
                self.report_unknown_function(&contract, found);
                continue;
            };
            let defined = found[index].span;
            let Some(params) = found[index].params else {
                let text = self.names.text(contract.name).clone();
                self.report(e0602::no_function(contract.name_span, &text, defined));
                continue;
            };
            self.contracts.all.push(Contract { params, defined, ..contract });
            attached.push((index, ContractIx(self.contracts.all.len() as u32 - 1)));
        }
        attached
    }

    /// Makes the contract known as that of a function; `false` if the function has one already.
    pub fn enter_contract(&mut self, function: ContractOf, index: ContractIx) -> bool {
        if let Some(first) = self.contracts.of.get(&function).copied() {
            let (first, contract) = (self.contract(first).name_span, self.contract(index));
            let (span, text) = (contract.name_span, self.names.text(contract.name).clone());
            self.report(e0603::second(span, &text, first));
            return false;
        }
        self.contracts.of.insert(function, index);
        self.contracts.all[index.0 as usize].function = Some(function);
        true
    }

    /// Notes that a form in the body of a `let` is a contract of what the `let` binds.
    pub fn note_contract_of_let(&mut self, x: StxId) {
        self.contracts.of_let.insert(x, ());
    }

    pub fn is_contract_of_let(&self, x: StxId) -> bool {
        self.contracts.of_let.contains_key(&x)
    }

    fn contract(&self, index: ContractIx) -> &Contract {
        &self.contracts.all[index.0 as usize]
    }

    fn report_unknown_function(&mut self, contract: &Contract, definitions: &[Definition]) {
        let text = self.names.text(contract.name).clone();
        let elsewhere = match self.lookup(contract.name) {
            Meaning::Var(var, _) => Some(("a variable of an outer scope", Some(self.hir.vars[var.0 as usize].span))),
            Meaning::Global(global) => {
                let (module, span) = (self.info(global).module, self.hir.globals[global.0 as usize].span);
                match self.module(module).is_std {
                    true => Some(("a name of the library", None)),
                    false if module == self.module => Some(("defined at the top level", Some(span))),
                    false => Some(("imported", Some(span))),
                }
            }
            Meaning::Ctor(_) => Some(("a constructor", None)),
            Meaning::Macro(_) | Meaning::Word(_) | Meaning::Special(_) => Some(("no function", None)),
            Meaning::Op(_) => Some(("an operation", None)),
            Meaning::Poison => return,
            Meaning::NotExported(_) | Meaning::Unbound => None,
        };
        let few = definitions.len() <= MOST_DEFINITIONS;
        let mut names: Vec<&str> = definitions.iter().filter(|_| few).map(|d| &**self.names.text(d.name)).collect();
        names.sort_unstable();
        let diagnostic = e0601::unknown(contract.name_span, &text, elsewhere, &near(&text, names));
        self.report(diagnostic);
    }

    /// Reports the contracts whose function is assigned, now that this is known.
    pub fn finish_contracts(&mut self) {
        let of: Vec<(ContractOf, ContractIx)> = self.contracts.of.iter().map(|(f, c)| (*f, *c)).collect();
        for (function, index) in of {
            let assigned = match function {
                ContractOf::Global(global) => self.hir.globals[global.0 as usize].assigned,
                ContractOf::Local(var) => self.hir.vars[var.0 as usize].assigned,
            };
            if assigned {
                let contract = self.contract(index);
                let (span, text) = (contract.name_span, self.names.text(contract.name).clone());
                self.report(e0602::assigned(span, &text));
            }
        }
        self.hir.contracts.sort_by_key(|c| (c.span.file, c.span.start));
    }
}
