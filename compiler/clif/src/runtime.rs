//! The runtime's functions as generated code sees them.

use cranelift_codegen::ir::{AbiParam, FuncRef, Function, Signature, types::I64};
use cranelift_codegen::isa::CallConv;
use cranelift_module::{FuncId, Linkage, Module};
use std::collections::HashMap;

/// Declares runtime functions in the module at their first use.
pub struct Runtime {
    ids: HashMap<&'static str, FuncId>,
    cold: HashMap<&'static str, FuncId>,
    /// The runtime lies within reach of a 32-bit displacement (it is linked into the program).
    near: bool,
    /// The program switches fibers: code may run on a small stack.
    pub fibers: bool,
}

/// `count` word parameters, one word result.
pub fn signature(conv: CallConv, count: usize) -> Signature {
    let mut sig = Signature::new(conv);
    sig.params = vec![AbiParam::new(I64); count];
    sig.returns = vec![AbiParam::new(I64)];
    sig
}

impl Runtime {
    pub fn new(near: bool, fibers: bool) -> Runtime {
        Runtime { ids: HashMap::new(), cold: HashMap::new(), near, fibers }
    }

    /// The cold stub of a runtime function: takes its arguments from the context, keeps every register, and leaves the
    /// result in the context, so that a cold path costs the hot path no register.
    pub fn import_cold<M: Module>(&mut self, module: &mut M, func: &mut Function, name: &'static str) -> FuncRef {
        let id = *self.cold.entry(name).or_insert_with(|| {
            let mut sig = signature(CallConv::PreserveAll, 0);
            sig.returns.clear();
            module.declare_function(&format!("{name}_cold"), Linkage::Import, &sig).expect("declared once")
        });
        self.refer(module, func, id)
    }

    /// A runtime function that takes the context and `count` words; in a program with fibers through the stub that finds
    /// it a large enough stack. All use the system convention but `cl_raise`: it continues in a handler, where no register
    /// keeps its value, and of Cranelift's conventions Tail says so.
    pub fn import<M: Module>(
        &mut self,
        module: &mut M,
        func: &mut Function,
        name: &'static str,
        count: usize,
    ) -> FuncRef {
        let id = *self.ids.entry(name).or_insert_with(|| {
            let (symbol, conv) = match name {
                "cl_raise" => (name.to_string(), CallConv::Tail),
                _ if self.fibers => (format!("{name}_edge"), module.target_config().default_call_conv),
                _ => (name.to_string(), module.target_config().default_call_conv),
            };
            module
                .declare_function(&symbol, Linkage::Import, &signature(conv, count + 1))
                .expect("runtime functions are declared with one signature")
        });
        self.refer(module, func, id)
    }

    /// A primitive that is called like a compiled function, with `count` words.
    pub fn import_switch<M: Module>(
        &mut self,
        module: &mut M,
        func: &mut Function,
        name: &'static str,
        count: usize,
    ) -> FuncRef {
        let id = *self.ids.entry(name).or_insert_with(|| {
            module
                .declare_function(name, Linkage::Import, &signature(CallConv::Tail, count))
                .expect("runtime functions are declared with one signature")
        });
        self.refer(module, func, id)
    }

    fn refer<M: Module>(&self, module: &mut M, func: &mut Function, id: FuncId) -> FuncRef {
        let func_ref = module.declare_func_in_func(id, func);
        func.dfg.ext_funcs[func_ref].colocated = self.near;
        func_ref
    }
}
