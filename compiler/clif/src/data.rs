//! Static data: literals, static closures, the globals.

use crate::Error;
use crate::function::constant_word;
use crate::program::{Pending, ProgramCompiler};
use crate::runtime::signature;
use cl_abi::layout::{self, Kind};
use cl_core::ir::*;
use cranelift_codegen::ir::{self, InstBuilder, Value, types::I64};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::FunctionBuilder;
use cranelift_module::{DataDescription, DataId as ModuleData, FuncId as ModuleFunc, Linkage, Module};

/// A data object in the making: words, some of which are addresses.
#[derive(Default)]
pub struct Words {
    pub bytes: Vec<u8>,
    functions: Vec<(usize, ModuleFunc)>,
    addresses: Vec<(usize, ModuleData, i64)>,
}

impl Words {
    pub fn word(&mut self, word: u64) {
        self.bytes.extend(word.to_le_bytes());
    }

    pub fn half(&mut self, half: u32) {
        self.bytes.extend(half.to_le_bytes());
    }

    pub fn function(&mut self, id: ModuleFunc) {
        self.functions.push((self.bytes.len(), id));
        self.word(0);
    }

    pub fn address(&mut self, data: ModuleData, addend: i64) {
        self.addresses.push((self.bytes.len(), data, addend));
        self.word(0);
    }

    /// Zero bytes up to a multiple of eight.
    pub fn pad(&mut self) {
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
    }
}

impl<M: Module> ProgramCompiler<'_, M> {
    /// Declares a data object; everything static is writable, since a String caches its hash in itself.
    pub fn declare_data(&mut self, name: &str) -> ModuleData {
        self.module.declare_data(name, Linkage::Local, true, false).expect("names of data objects are unique")
    }

    pub fn define_words(&mut self, id: ModuleData, words: Words) -> Result<(), Error> {
        let mut description = DataDescription::new();
        description.set_align(8);
        for (offset, func) in &words.functions {
            let func = self.module.declare_func_in_data(*func, &mut description);
            description.write_function_addr(*offset as u32, func);
        }
        for (offset, data, addend) in &words.addresses {
            let data = self.module.declare_data_in_data(*data, &mut description);
            description.write_data_addr(*offset as u32, data, *addend);
        }
        description.define(words.bytes.into_boxed_slice());
        let error = |e| Error { function: "static data".into(), message: format!("{e:?}") };
        self.module.define_data(id, &description).map_err(error)
    }

    fn tagged(&mut self, b: &mut FunctionBuilder, data: ModuleData) -> Value {
        let symbol = self.module.declare_data_in_func(data, b.func);
        let address = b.ins().symbol_value(I64, symbol);
        b.ins().iadd_imm_s(address, layout::PTR_TAG as i64)
    }

    pub fn datum_value(&mut self, b: &mut FunctionBuilder, id: DataId) -> Value {
        let data = self.datum(id);
        self.tagged(b, data)
    }

    pub fn closure_value(&mut self, b: &mut FunctionBuilder, func: FuncId) -> Value {
        let data = self.static_closure(func);
        self.tagged(b, data)
    }

    pub fn multi_value(&mut self, b: &mut FunctionBuilder, global: GlobalId) -> Value {
        let data = self.static_multi(global);
        self.tagged(b, data)
    }

    pub fn globals_address(&mut self, b: &mut FunctionBuilder) -> Value {
        let id = self.globals_data();
        let symbol: ir::GlobalValue = self.module.declare_data_in_func(id, b.func);
        b.ins().symbol_value(I64, symbol)
    }

    pub fn globals_data(&mut self) -> ModuleData {
        if let Some(id) = self.globals {
            return id;
        }
        let id = self.declare_data("cl_globals");
        self.globals = Some(id);
        id
    }

    fn datum(&mut self, id: DataId) -> ModuleData {
        if let Some(known) = self.data[id.index()] {
            return known;
        }
        let data = self.declare_data(&format!("cl_datum_{}", id.0));
        self.data[id.index()] = Some(data);
        data
    }

    fn static_closure(&mut self, func: FuncId) -> ModuleData {
        if let Some(data) = self.closures.get(&func) {
            return *data;
        }
        let data = self.declare_data(&format!("cl_closure_{}", func.0));
        self.closures.insert(func, data);
        data
    }

    fn static_multi(&mut self, global: GlobalId) -> ModuleData {
        if let Some(data) = self.multis.get(&global) {
            return *data;
        }
        let data = self.declare_data(&format!("cl_multi_{}", global.0));
        self.multis.insert(global, data);
        data
    }

    /// The code of a function without captures as a closure's: takes the closure too.
    fn wrapper_of(&mut self, func: FuncId) -> ModuleFunc {
        let core = &self.core.funcs[func.index()];
        let name = format!("cl:{}:{}:closure", core.name, func.0);
        let count = core.params.len() + 1;
        if let Some(cranelift_module::FuncOrDataId::Func(id)) = self.module.get_name(&name) {
            return id;
        }
        let target = self.declare(&name, &signature(CallConv::Tail, count));
        self.pending.push(Pending::Wrapper(func, target));
        target
    }

    /// Declares the wrappers of all static closures that code or data mention. Returns whether there were new ones.
    pub fn closures_of_data(&mut self) {
        // A datum mentions earlier ones only, which the verifier checks: one pass from the last to the first finds all.
        let core = self.core;
        for index in (0..core.data.len()).rev() {
            if self.data[index].is_none() {
                continue;
            }
            match &core.data[index] {
                Datum::Cons(a, b) => [*a, *b].into_iter().for_each(|a| self.mention(a)),
                Datum::Tuple(items) => items.iter().for_each(|a| self.mention(*a)),
                Datum::String(_) | Datum::Float(_) | Datum::BigInt { .. } => {}
            }
        }
        for func in self.closures.keys().copied().collect::<Vec<_>>() {
            self.wrapper_of(func);
        }
        for global in self.multis.keys().copied().collect::<Vec<_>>() {
            let core = self.core;
            if let GlobalKind::Multi(funcs) = &core.globals[global.index()].kind {
                funcs.iter().for_each(|f| {
                    self.wrapper_of(*f);
                });
            }
        }
    }

    fn mention(&mut self, atom: Atom) {
        match atom {
            Atom::Data(d) => {
                self.datum(d);
            }
            Atom::Func(f) => {
                self.static_closure(f);
            }
            Atom::Multi(g) => {
                self.static_multi(g);
            }
            _ => {}
        }
    }

    /// Defines the globals, the static data and the static closures.
    pub fn define_data(&mut self) -> Result<(), Error> {
        let globals = self.globals_data();
        let mut words = Words::default();
        (0..self.core.globals.len()).for_each(|_| words.word(layout::UNDEF));
        self.define_words(globals, words)?;
        let core = self.core;
        for (index, datum) in core.data.iter().enumerate() {
            if let Some(id) = self.data[index] {
                let words = self.datum_words(datum);
                self.define_words(id, words)?;
            }
        }
        for (func, id) in self.closures.clone() {
            let mut words = Words::default();
            words.word(layout::header(Kind::Closure, self.closure_aux(func), 1));
            words.function(self.wrapper_of(func));
            self.define_words(id, words)?;
        }
        for (global, id) in self.multis.clone() {
            self.define_multi(global, id)?;
        }
        Ok(())
    }

    fn define_multi(&mut self, global: GlobalId, id: ModuleData) -> Result<(), Error> {
        let core = self.core;
        let GlobalKind::Multi(funcs) = &core.globals[global.index()].kind else {
            unreachable!("Atom::Multi names a global of kind Multi")
        };
        let table = self.declare_data(&format!("cl_entries_{}", global.0));
        let mut words = Words::default();
        words.word(layout::header(Kind::Closure, layout::CLOSURE_MULTI, 1));
        words.address(table, 0);
        self.define_words(id, words)?;
        let fixed = |f: &FuncId| core.funcs[f.index()].params.len();
        let exact: Vec<FuncId> = funcs.iter().copied().filter(|f| !core.funcs[f.index()].variadic).collect();
        let variadic = funcs.iter().copied().find(|f| core.funcs[f.index()].variadic);
        let max = exact.iter().map(fixed).max().unwrap_or(0);
        let mut words = Words::default();
        words.word(max as u64);
        match variadic {
            Some(f) => {
                words.word(fixed(&f) as u64);
                words.function(self.wrapper_of(f));
            }
            None => {
                words.word(0);
                words.word(0);
            }
        }
        for count in 0..=max {
            match exact.iter().find(|f| fixed(f) == count) {
                Some(f) => words.function(self.wrapper_of(*f)),
                None => words.word(0),
            }
        }
        self.define_words(table, words)
    }

    fn datum_words(&mut self, datum: &Datum) -> Words {
        let mut words = Words::default();
        match datum {
            Datum::String(text) => string_words(text, &mut words),
            Datum::Float(bits) => {
                words.word(layout::header(Kind::Float, 0, 1));
                words.word(*bits);
            }
            Datum::BigInt { negative, limbs } => {
                words.word(layout::header(Kind::BigInt, u32::from(*negative), limbs.len()));
                limbs.iter().for_each(|l| words.word(*l));
            }
            Datum::Cons(head, tail) => {
                words.word(layout::header(Kind::Cons, 0, 2));
                self.atom_word(*head, &mut words);
                self.atom_word(*tail, &mut words);
            }
            Datum::Tuple(items) => {
                words.word(layout::header(Kind::Tuple, 0, items.len()));
                items.iter().for_each(|a| self.atom_word(*a, &mut words));
            }
        }
        words
    }

    fn atom_word(&mut self, atom: Atom, words: &mut Words) {
        let tag = layout::PTR_TAG as i64;
        match atom {
            Atom::Data(d) => words.address(self.datum(d), tag),
            Atom::Func(f) => words.address(self.static_closure(f), tag),
            Atom::Multi(g) => words.address(self.static_multi(g), tag),
            Atom::Var(_) => unreachable!("static data holds no variables"),
            constant => words.word(constant_word(constant).expect("an immediate")),
        }
    }
}

/// A String object, as `cl_abi::layout::Kind::String` says.
fn string_words(text: &str, words: &mut Words) {
    let mut payload = Words::default();
    let chars = text.chars().count();
    payload.word(text.len() as u64 | (chars as u64) << 32);
    payload.word(0);
    payload.bytes.extend(text.as_bytes());
    payload.pad();
    if chars != text.len() {
        let stride = layout::STRING_STRIDE;
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]);
        starts.step_by(stride).skip(1).for_each(|at| payload.half(at as u32));
        payload.pad();
    }
    words.word(layout::header(Kind::String, 0, payload.bytes.len() / 8));
    words.bytes.extend(payload.bytes);
}
