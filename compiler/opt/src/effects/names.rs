//! What the expansion of effects adds to a program's tables: variables, labels, names, static data.

use cl_core::ir::{Atom, DataId, Datum, LabelId, NameId, OpId, Program, Rhs, Stmt, VarId, VarInfo};
use cl_text::Span;
use std::collections::HashMap;
use std::rc::Rc;

use crate::ops::prim;

pub(super) struct Names {
    /// Without its functions.
    pub program: Program,
    by_text: HashMap<Rc<str>, NameId>,
    operations: HashMap<OpId, Atom>,
}

impl Names {
    pub fn new(program: Program) -> Names {
        let by_text = program.names.iter().enumerate().map(|(i, n)| (n.clone(), NameId(i as u32))).collect();
        Names { program, by_text, operations: HashMap::new() }
    }

    pub fn var(&mut self, name: &str) -> VarId {
        self.program.vars.push(VarInfo { name: name.into() });
        VarId(self.program.vars.len() as u32 - 1)
    }

    pub fn label(&mut self) -> LabelId {
        self.program.label_count += 1;
        LabelId(self.program.label_count - 1)
    }

    /// Binds what `rhs` computes to a new variable.
    pub fn emit(&mut self, rhs: Rhs, span: Span, out: &mut Vec<Stmt>) -> Atom {
        let var = self.var("t");
        out.push(Stmt::Let { var, rhs, span });
        Atom::Var(var)
    }

    pub fn list(&mut self, items: &[Atom], span: Span, out: &mut Vec<Stmt>) -> Atom {
        let mut list = Atom::EmptyList;
        for item in items.iter().rev() {
            list = self.emit(Rhs::Prim(prim("%cons-unchecked"), vec![*item, list]), span, out);
        }
        list
    }

    pub fn name(&mut self, text: &Rc<str>) -> NameId {
        if let Some(name) = self.by_text.get(text) {
            return *name;
        }
        let name = NameId(self.program.names.len() as u32);
        self.program.names.push(text.clone());
        self.by_text.insert(text.clone(), name);
        name
    }

    pub fn string(&mut self, text: &str) -> Atom {
        self.data(Datum::String(text.into()))
    }

    fn data(&mut self, datum: Datum) -> Atom {
        self.program.data.push(datum);
        Atom::Data(DataId(self.program.data.len() as u32 - 1))
    }

    /// An operation as the library's functions for effects take it: the Keywords of its whole name, its kind and its own
    /// name, in a Tuple.
    pub fn operation(&mut self, op: OpId) -> Atom {
        if let Some(atom) = self.operations.get(&op) {
            return *atom;
        }
        let (name, kind) = (self.program.ops[op.index()].name.clone(), self.program.ops[op.index()].kind.clone());
        let own: Rc<str> = name[kind.len() + 1..].into();
        let keys = [&name, &kind, &own].map(|text| Atom::Keyword(self.name(text)));
        let atom = self.data(Datum::Tuple(keys.to_vec()));
        self.operations.insert(op, atom);
        atom
    }
}
