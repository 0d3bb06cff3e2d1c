//! The whole program: declares its functions and data, compiles each function, collects the tables.

use crate::function::FunctionCompiler;
use crate::liveness::Liveness;
use crate::runtime::{Runtime, signature};
use crate::tables::{FunctionRecord, Places, Tables};
use crate::{Compiled, Error, Options, epilogue};
use cl_abi::layout;
use cl_abi::prims::flags;
use cl_core::ir::*;
use cl_opt::Kinds;
use cl_opt::kinds::Ctors;
use cl_text::{SourceMap, Span};
use cranelift_codegen::Context;
use cranelift_codegen::control::ControlPlane;
use cranelift_codegen::ir::{AbiParam, InstBuilder, Signature, Value, types::I64};
use cranelift_codegen::isa::CallConv;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use cranelift_module::{DataId as ModuleData, FuncId as ModuleFunc, Linkage, Module, ModuleReloc};
use std::collections::BTreeMap;

pub struct ProgramCompiler<'b, M: Module> {
    pub module: &'b mut M,
    pub core: &'b Program,
    pub kinds: &'b Kinds,
    pub ctors: Ctors,
    pub sources: &'b SourceMap,
    pub runtime: Runtime,
    options: Options,
    functions: Vec<Option<ModuleFunc>>,
    pub globals: Option<ModuleData>,
    /// Static data by index of Core's.
    pub data: Vec<Option<ModuleData>>,
    /// Static closures.
    pub closures: BTreeMap<FuncId, ModuleData>,
    pub multis: BTreeMap<GlobalId, ModuleData>,
    /// Stubs that call a value with so many arguments.
    pub call_stubs: BTreeMap<usize, ModuleFunc>,
    pub apply: Option<ModuleFunc>,
    /// Wrappers and stubs whose code is still to be made.
    pub pending: Vec<Pending>,
    pub tables: Tables,
    /// Kept between functions for their memory.
    contexts: Option<Box<(Context, FunctionBuilderContext)>>,
    text: String,
}

/// Code that other code has asked for.
#[derive(Clone, Copy)]
pub enum Pending {
    /// Entry of a static closure: drops the closure and goes to the function.
    Wrapper(FuncId, ModuleFunc),
    CallStub(usize, ModuleFunc),
    Apply(ModuleFunc),
}

impl<'b, M: Module> ProgramCompiler<'b, M> {
    pub fn new(
        module: &'b mut M,
        core: &'b Program,
        kinds: &'b Kinds,
        sources: &'b SourceMap,
        options: Options,
    ) -> Self {
        ProgramCompiler {
            module,
            core,
            kinds,
            ctors: Ctors::of(core),
            sources,
            runtime: Runtime::new(options.near_runtime, core.funcs.iter().any(|f| switches(&f.body))),
            options,
            functions: vec![None; core.funcs.len()],
            globals: None,
            data: vec![None; core.data.len()],
            closures: BTreeMap::new(),
            multis: BTreeMap::new(),
            call_stubs: BTreeMap::new(),
            apply: None,
            pending: Vec::new(),
            tables: Tables::default(),
            contexts: None,
            text: String::new(),
        }
    }

    pub fn compile(mut self) -> Result<Compiled, Error> {
        let core = self.core;
        for index in 0..core.funcs.len() {
            self.core_function(FuncId(index as u32))?;
        }
        self.closures_of_data();
        while let Some(pending) = self.pending.pop() {
            self.pending_code(pending)?;
        }
        let entry = self.entry_function()?;
        let tables = self.define_tables(entry)?;
        let main = self.main_function(tables)?;
        self.define_data()?;
        Ok(Compiled { main, tables, text: self.text })
    }

    /// The module's function of a Core function: parameters are the closure, if it has captures, and the arguments.
    pub fn function(&mut self, id: FuncId) -> ModuleFunc {
        if let Some(known) = self.functions[id.index()] {
            return known;
        }
        let func = &self.core.funcs[id.index()];
        let count = func.params.len() + usize::from(!func.captures.is_empty());
        let name = format!("cl:{}:{}", func.name, id.0);
        let declared = self.declare(&name, &signature(CallConv::Tail, count));
        self.functions[id.index()] = Some(declared);
        declared
    }

    pub fn declare(&mut self, name: &str, signature: &Signature) -> ModuleFunc {
        self.module.declare_function(name, Linkage::Local, signature).expect("names of generated functions are unique")
    }

    fn core_function(&mut self, id: FuncId) -> Result<(), Error> {
        let func = &self.core.funcs[id.index()];
        let liveness = Liveness::of(func);
        let target = self.function(id);
        self.define(target, &func.name, func.span, &liveness, |compiler| compiler.function(func))
    }

    /// Makes the code of a function whose signature is declared; `code` returns the source positions of its calls.
    pub fn define(
        &mut self,
        target: ModuleFunc,
        name: &str,
        span: Span,
        liveness: &Liveness,
        code: impl FnOnce(FunctionCompiler<'_, 'b, M>) -> Vec<Span>,
    ) -> Result<(), Error> {
        let mut contexts =
            self.contexts.take().unwrap_or_else(|| Box::new((Context::new(), FunctionBuilderContext::new())));
        let (context, builder_context) = &mut *contexts;
        context.func.signature = self.module.declarations().get_function_decl(target).signature.clone();
        context.func.name = cranelift_codegen::ir::UserFuncName::user(0, target.as_u32());
        let builder = FunctionBuilder::new(&mut context.func, builder_context);
        let spans = code(FunctionCompiler::new(self, builder, liveness, span));
        if self.options.clif {
            self.text.push_str(&format!("; {name}\n{}\n", context.func.display()));
        }
        context.want_disasm = self.options.asm;
        let error = |message: String| Error { function: name.to_string(), message };
        let compiled = context.compile(self.module.isa(), &mut ControlPlane::default());
        compiled.map_err(|e| error(format!("{:?}\n{}", e.inner, e.func.display())))?;
        let compiled = context.compiled_code().expect("the function was just compiled");
        let relocs = compiled.buffer.relocs().iter();
        let relocs: Vec<ModuleReloc> = relocs.map(|r| ModuleReloc::from_mach_reloc(r, &context.func, target)).collect();
        let mut code = compiled.buffer.data().to_vec();
        if self.module.isa().name() == "x64" && context.func.dfg.jump_tables.is_empty() {
            epilogue::shorten(&mut code);
        }
        debug_assert!(
            !(self.runtime.fibers && self.module.isa().name() == "x64" && epilogue::has_stack_address(&code)),
            "{name} keeps an address of the stack, which may move"
        );
        let alignment = compiled.buffer.alignment.into();
        let defined = self.module.define_function_bytes(target, alignment, &code, &relocs);
        defined.map_err(|e| error(format!("{e:?}")))?;
        if let Some(asm) = &compiled.vcode {
            self.text.push_str(&format!("; {name}\n{asm}\n"));
        }
        let record = FunctionRecord { id: target, name: name.to_string() };
        let places = Places { sources: self.sources, inlined: &self.core.inlined };
        self.tables.add(record, &context.func, compiled, &spans, &places);
        self.module.clear_context(context);
        self.contexts = Some(contexts);
        Ok(())
    }

    fn pending_code(&mut self, pending: Pending) -> Result<(), Error> {
        match pending {
            Pending::Wrapper(func, target) => self.wrapper(func, target),
            Pending::CallStub(count, target) => self.define_call_stub(count, target),
            Pending::Apply(target) => self.define_apply(target),
        }
    }

    /// `aux` of a closure of the function.
    pub fn closure_aux(&self, id: FuncId) -> u32 {
        let func = &self.core.funcs[id.index()];
        if func.variadic { (func.params.len() as u32 - 1) | layout::CLOSURE_VARIADIC } else { func.params.len() as u32 }
    }

    pub fn ctor_fields(&self, ctor: CtorId) -> usize {
        self.core.ctors[ctor.index()].fields.len()
    }

    /// The stub that calls a value with `count` arguments when it is no closure with just that many parameters.
    pub fn call_stub(&mut self, count: usize) -> ModuleFunc {
        if let Some(stub) = self.call_stubs.get(&count) {
            return *stub;
        }
        let stub = self.declare(&format!("cl_call_{count}"), &signature(CallConv::Tail, count + 1));
        self.call_stubs.insert(count, stub);
        self.pending.push(Pending::CallStub(count, stub));
        stub
    }

    pub fn apply_stub(&mut self) -> ModuleFunc {
        if let Some(stub) = self.apply {
            return stub;
        }
        let stub = self.declare("cl_apply", &signature(CallConv::Tail, 2));
        self.apply = Some(stub);
        self.pending.push(Pending::Apply(stub));
        stub
    }

    fn wrapper(&mut self, func: FuncId, target: ModuleFunc) -> Result<(), Error> {
        let core = &self.core.funcs[func.index()];
        let callee = self.function(func);
        self.define(target, &core.name, core.span, &Liveness::default(), |mut compiler| {
            let params = compiler.begin_stub();
            let callee = compiler.program.module.declare_func_in_func(callee, compiler.b.func);
            compiler.b.ins().return_call(callee, &params[1..]);
            compiler.finish()
        })
    }

    /// `cl_entry(context)`: from the system's convention into the program. The runtime, which calls it, saves the
    /// context's register.
    fn entry_function(&mut self) -> Result<ModuleFunc, Error> {
        let conv = self.module.target_config().default_call_conv;
        let target = self.declare("cl_entry", &signature(conv, 1));
        let entry = self.core.entry.expect("lowering makes an entry function");
        let callee = self.function(entry);
        let span = self.core.funcs[entry.index()].span;
        self.define(target, "entry", span, &Liveness::default(), |mut compiler| {
            let params = compiler.begin_stub();
            let callee = compiler.program.module.declare_func_in_func(callee, compiler.b.func);
            compiler.b.ins().set_pinned_reg(params[0]);
            let call = compiler.b.ins().call(callee, &[]);
            let result = compiler.b.inst_results(call)[0];
            compiler.b.ins().return_(&[result]);
            compiler.finish()
        })?;
        Ok(target)
    }

    /// `main(argc, argv)`: hands the tables to the runtime.
    fn main_function(&mut self, tables: ModuleData) -> Result<ModuleFunc, Error> {
        let conv = self.module.target_config().default_call_conv;
        let mut sig = Signature::new(conv);
        sig.params = vec![AbiParam::new(I64); 2];
        sig.returns = vec![AbiParam::new(cranelift_codegen::ir::types::I32)];
        let mut runtime_sig = sig.clone();
        runtime_sig.params.push(AbiParam::new(I64));
        let import = |e| Error { function: "main".into(), message: format!("{e:?}") };
        let runtime = self.module.declare_function("cl_main", Linkage::Import, &runtime_sig).map_err(import)?;
        let main = self.module.declare_function("main", Linkage::Export, &sig).map_err(import)?;
        let mut contexts =
            self.contexts.take().unwrap_or_else(|| Box::new((Context::new(), FunctionBuilderContext::new())));
        let (context, builder_context) = &mut *contexts;
        context.func.signature = sig;
        let mut b = FunctionBuilder::new(&mut context.func, builder_context);
        let block = b.create_block();
        b.append_block_params_for_function_params(block);
        b.switch_to_block(block);
        let mut args = b.block_params(block).to_vec();
        let runtime = self.module.declare_func_in_func(runtime, b.func);
        b.func.dfg.ext_funcs[runtime].colocated = self.options.near_runtime;
        let tables = self.module.declare_data_in_func(tables, b.func);
        args.push(b.ins().symbol_value(I64, tables));
        let call = b.ins().call(runtime, &args);
        let status = b.inst_results(call)[0];
        b.ins().return_(&[status]);
        b.seal_all_blocks();
        b.finalize(self.module.target_config());
        self.module.define_function(main, context).map_err(import)?;
        self.module.clear_context(context);
        self.contexts = Some(contexts);
        Ok(main)
    }
}

/// Whether there is a primitive that switches fibers.
fn switches(block: &Block) -> bool {
    let stmts = block.stmts.iter().any(|s| match s {
        Stmt::Let { rhs: Rhs::Prim(prim, _), .. } => prim.get().is(flags::SWITCH),
        Stmt::Let { .. } | Stmt::Funs(_) => false,
        Stmt::Join(j) => switches(&j.body),
    });
    stmts
        || match &block.term {
            Term::If { then, otherwise, .. } => switches(then) || switches(otherwise),
            Term::Try { body, handler, .. } => switches(body) || switches(handler),
            Term::TailCall(..) | Term::TailApply(..) | Term::Return(_) | Term::Jump(..) | Term::Unreachable => false,
        }
}

impl<M: Module> FunctionCompiler<'_, '_, M> {
    /// Begins the code of a function that is not made from Core; returns its parameters.
    pub fn begin_stub(&mut self) -> Vec<Value> {
        let block = self.b.create_block();
        self.b.append_block_params_for_function_params(block);
        self.b.switch_to_block(block);
        self.b.block_params(block).to_vec()
    }
}
