//! Names that the compiled program's tables hold: of constructors and functions.

use crate::{Context, Value};
use cl_abi::layout::{CLOSURE_MULTI, Kind};
use cl_abi::tables::{Ctor, Function, MultiTable, Text};

/// The text of a table entry.
fn text(t: &Text) -> &'static str {
    if t.len == 0 {
        return "";
    }
    // SAFETY: the compiler wrote UTF-8 text that lives as long as the program.
    unsafe { std::str::from_utf8_unchecked(std::slice::from_raw_parts(t.data, t.len)) }
}

impl Context {
    fn ctor(&self, index: u32) -> Option<&'static Ctor> {
        let program = self.shared.program?;
        // SAFETY: the program's constructor table has `ctor_count` entries.
        ((index as usize) < program.ctor_count).then(|| unsafe { &*program.ctors.add(index as usize) })
    }

    /// A constructor's name.
    pub fn ctor_name(&self, index: u32) -> &'static str {
        self.ctor(index).map_or("", |c| text(&c.name))
    }

    /// The name of the type that a constructor belongs to.
    pub fn ctor_type(&self, index: u32) -> &'static str {
        self.ctor(index).map_or("", |c| text(&c.type_name))
    }

    /// The position of a constructor's field of this name.
    pub fn ctor_field(&self, index: u32, name: &str) -> Option<usize> {
        let ctor = self.ctor(index)?;
        // SAFETY: a constructor has `field_count` field names.
        (0..ctor.field_count).find(|&i| text(unsafe { &*ctor.fields.add(i) }) == name)
    }

    /// The name of a Closure's function, empty for one without name.
    pub fn function_name(&self, closure: Value) -> &'static str {
        debug_assert!(closure.is(Kind::Closure));
        let code =
            if closure.aux() & CLOSURE_MULTI != 0 { entry_of(closure.raw(0)) } else { Some(closure.raw(0) as usize) };
        let Some(program) = self.shared.program.filter(|p| p.function_count > 0) else { return "" };
        // SAFETY: the program's function table has `function_count` entries.
        let functions: &[Function] = unsafe { std::slice::from_raw_parts(program.functions, program.function_count) };
        let name = functions.iter().find(|f| Some(f.code) == code).map_or("", |f| text(&f.name));
        // No function can be defined under this name: the compiler gives it to those without one.
        if name == "lambda" { "" } else { name }
    }
}

/// Some code address of an entry table.
fn entry_of(table: u64) -> Option<usize> {
    let table = table as *const MultiTable;
    // SAFETY: a Closure with `CLOSURE_MULTI` holds the address of an entry table, which `max + 1` addresses follow.
    let (entries, variadic) = unsafe {
        let entries = std::slice::from_raw_parts(table.add(1).cast::<usize>(), (*table).max as usize + 1);
        (entries, (*table).variadic_code)
    };
    entries.iter().copied().find(|&code| code != 0).or(Some(variadic))
}
