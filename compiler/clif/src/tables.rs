//! The program tables (`cl_abi::tables`): what the runtime must know of the code to walk its stack, to raise errors, and
//! to tell people where they came from.

use crate::Error;
use crate::data::Words;
use crate::program::ProgramCompiler;
use cl_abi::tables;
use cl_core::ir::{INLINED_FILES, Inlined, source_file};
use cl_text::{FileId, SourceMap, Span};
use cranelift_codegen::ir::Function;
use cranelift_codegen::{CompiledCode, FinalizedMachExceptionHandler};
use cranelift_module::{DataId as ModuleData, FuncId as ModuleFunc, Module};
use std::collections::HashMap;
use std::mem::size_of;

/// A function whose code is made.
pub struct FunctionRecord {
    pub id: ModuleFunc,
    pub name: String,
}

/// Finds the places of spans.
pub struct Places<'a> {
    pub sources: &'a SourceMap,
    pub inlined: &'a [Inlined],
}

/// A place as the tables say it.
struct Place {
    file: u32,
    line: u32,
    column: u32,
    inlined: u32,
}

impl Places<'_> {
    /// An empty span, of code that no source text stands for, has line 0.
    fn of(&self, span: Span) -> Place {
        let file = source_file(self.inlined, span.file);
        let (line, column) = match span.start == span.end {
            true => (0, 0),
            false => self.sources.position(file, span.start),
        };
        let inlined = span.file.0.checked_sub(INLINED_FILES).map_or(0, |i| i + 1);
        Place { file: file.0, line, column, inlined }
    }
}

#[derive(Default)]
pub struct Tables {
    functions: Vec<(FunctionRecord, Layout)>,
    sites: Vec<tables::Site>,
    roots: Vec<u32>,
    largest_frame: usize,
}

struct Layout {
    code_len: u32,
    first_site: u32,
    site_count: u32,
}

impl Tables {
    /// Notes the calls of a function. A call is listed if code generation gave it a source position: those are the calls
    /// on whose frames the runtime may look.
    pub fn add(
        &mut self,
        record: FunctionRecord,
        func: &Function,
        compiled: &CompiledCode,
        spans: &[Span],
        places: &Places<'_>,
    ) {
        let buffer = &compiled.buffer;
        let maps: HashMap<u32, usize> =
            buffer.user_stack_maps().iter().enumerate().map(|(i, (offset, ..))| (*offset, i)).collect();
        let locs = buffer.get_srclocs_sorted();
        let first_site = self.sites.len() as u32;
        for call in buffer.call_sites() {
            let at = call.ret_addr - 1;
            let next = locs.partition_point(|l| l.start <= at);
            let loc = next.checked_sub(1).map(|i| &locs[i]).filter(|l| at < l.end).map_or(0, |l| l.loc.bits());
            let Some(span) = (loc as usize).checked_sub(1).and_then(|i| spans.get(i)) else { continue };
            let place = places.of(*span);
            let mut site = tables::Site {
                return_offset: call.ret_addr,
                frame_size: call.frame_offset.unwrap_or(0),
                first_root: self.roots.len() as u32,
                root_count: 0,
                handler_offset: 0,
                file: place.file,
                line: place.line,
                column: place.column,
                inlined: place.inlined,
            };
            for handler in call.exception_handlers {
                if let FinalizedMachExceptionHandler::Default(offset) = handler {
                    site.handler_offset = *offset;
                }
            }
            if let Some(map) = maps.get(&call.ret_addr) {
                let (_, span, map) = &buffer.user_stack_maps()[*map];
                site.frame_size = *span;
                self.roots.extend(map.entries().map(|(_, offset)| offset));
                site.root_count = self.roots.len() as u32 - site.first_root;
            }
            self.sites.push(site);
        }
        let frame = buffer.frame_layout().map_or(0, |l| l.frame_to_fp_offset as usize) + tail_arguments(func);
        self.largest_frame = self.largest_frame.max(frame);
        let layout = Layout {
            code_len: buffer.data().len() as u32,
            first_site,
            site_count: self.sites.len() as u32 - first_site,
        };
        self.functions.push((record, layout));
    }
}

/// Bytes of stack that the arguments of a function's tail calls may need beyond its own, at most.
fn tail_arguments(func: &Function) -> usize {
    let insts = func.layout.blocks().flat_map(|block| func.layout.block_insts(block));
    let tail_calls =
        insts.filter(|inst| func.dfg.insts[*inst].opcode().is_return() && func.dfg.insts[*inst].opcode().is_call());
    8 * tail_calls.map(|inst| func.dfg.inst_args(inst).len().next_multiple_of(2)).max().unwrap_or(0)
}

impl<M: Module> ProgramCompiler<'_, M> {
    /// Writes all tables; returns the `tables::Program`.
    pub fn define_tables(&mut self, entry: ModuleFunc) -> Result<ModuleData, Error> {
        let core = self.core;
        let tables = std::mem::take(&mut self.tables);
        let names: Vec<&str> = core.names.iter().map(|n| &**n).collect();
        let names_data = self.texts("cl_names", &names)?;
        let ctors = self.ctors()?;
        let files: Vec<String> =
            (0..self.sources.file_count() as u32).map(|f| self.sources.name(FileId(f)).to_string()).collect();
        let files: Vec<&str> = files.iter().map(String::as_str).collect();
        let files_data = self.texts("cl_files", &files)?;
        let functions = self.functions_table(&tables)?;
        let sites = self.sites_table(&tables)?;
        let inlined = self.inlined_table()?;
        let roots = self.declare_data("cl_roots");
        let mut words = Words::default();
        tables.roots.iter().for_each(|r| words.half(*r));
        words.pad();
        self.define_words(roots, words)?;

        let program = self.declare_data("cl_program");
        let globals = self.globals_data();
        let mut words = Words::default();
        words.function(entry);
        words.address(globals, 0);
        words.word(core.globals.len() as u64);
        words.address(names_data, 0);
        words.word(names.len() as u64);
        words.address(ctors, 0);
        words.word(core.ctors.len() as u64);
        words.address(functions, 0);
        words.word(tables.functions.len() as u64);
        words.address(sites, 0);
        words.address(roots, 0);
        words.address(files_data, 0);
        words.word(files.len() as u64);
        words.address(inlined, 0);
        words.word(tables.largest_frame as u64);
        debug_assert_eq!(words.bytes.len(), size_of::<tables::Program>());
        self.define_words(program, words)?;
        Ok(program)
    }

    fn text_data(&mut self, name: &str, text: &str) -> Result<ModuleData, Error> {
        let data = self.declare_data(name);
        let mut words = Words::default();
        words.bytes.extend(text.as_bytes());
        words.pad();
        self.define_words(data, words)?;
        Ok(data)
    }

    /// An array of `tables::Text` over one blob.
    fn texts(&mut self, name: &str, texts: &[&str]) -> Result<ModuleData, Error> {
        let blob = self.text_data(&format!("{name}_text"), &texts.concat())?;
        let data = self.declare_data(name);
        let mut words = Words::default();
        let mut at = 0;
        for text in texts {
            words.address(blob, at);
            words.word(text.len() as u64);
            at += text.len() as i64;
        }
        self.define_words(data, words)?;
        Ok(data)
    }

    fn ctors(&mut self) -> Result<ModuleData, Error> {
        let core = self.core;
        let mut texts: Vec<&str> = Vec::new();
        for ctor in &core.ctors {
            texts.push(&ctor.name);
            texts.push(&ctor.type_name);
            texts.extend(ctor.fields.iter().map(|f| &**f));
        }
        let texts_data = self.texts("cl_ctor_names", &texts)?;
        let blob = self.text_data("cl_ctor_text", &texts.concat())?;
        let data = self.declare_data("cl_ctors");
        let mut words = Words::default();
        let (mut index, mut at) = (0i64, 0i64);
        for ctor in &core.ctors {
            words.address(blob, at);
            words.word(ctor.name.len() as u64);
            words.address(texts_data, 16 * (index + 2));
            words.word(ctor.fields.len() as u64);
            words.address(blob, at + ctor.name.len() as i64);
            words.word(ctor.type_name.len() as u64);
            let fields: usize = ctor.fields.iter().map(|f| f.len()).sum();
            at += (ctor.name.len() + ctor.type_name.len() + fields) as i64;
            index += 2 + ctor.fields.len() as i64;
        }
        debug_assert_eq!(words.bytes.len(), core.ctors.len() * size_of::<tables::Ctor>());
        self.define_words(data, words)?;
        Ok(data)
    }

    fn functions_table(&mut self, tables: &Tables) -> Result<ModuleData, Error> {
        let texts: Vec<&str> = tables.functions.iter().map(|(f, _)| f.name.as_str()).collect();
        let blob = self.text_data("cl_function_text", &texts.concat())?;
        let data = self.declare_data("cl_functions");
        let mut words = Words::default();
        let mut at = 0;
        for (record, layout) in &tables.functions {
            words.function(record.id);
            words.address(blob, at);
            words.word(record.name.len() as u64);
            words.half(layout.code_len);
            words.half(layout.first_site);
            words.half(layout.site_count);
            words.half(0);
            at += record.name.len() as i64;
        }
        debug_assert_eq!(words.bytes.len(), tables.functions.len() * size_of::<tables::Function>());
        self.define_words(data, words)?;
        Ok(data)
    }

    fn inlined_table(&mut self) -> Result<ModuleData, Error> {
        let core = self.core;
        let names: Vec<&str> = core.inlined.iter().map(|i| &*i.function).collect();
        let blob = self.text_data("cl_inlined_text", &names.concat())?;
        let data = self.declare_data("cl_inlined");
        let places = Places { sources: self.sources, inlined: &core.inlined };
        let mut words = Words::default();
        let mut at = 0;
        for (name, inlined) in names.iter().zip(&core.inlined) {
            let place = places.of(inlined.call);
            words.address(blob, at);
            words.word(name.len() as u64);
            [place.file, place.line, place.column, place.inlined].into_iter().for_each(|half| words.half(half));
            at += name.len() as i64;
        }
        debug_assert_eq!(words.bytes.len(), core.inlined.len() * size_of::<tables::Inlined>());
        self.define_words(data, words)?;
        Ok(data)
    }

    fn sites_table(&mut self, tables: &Tables) -> Result<ModuleData, Error> {
        let data = self.declare_data("cl_sites");
        let mut words = Words::default();
        for s in &tables.sites {
            [
                s.return_offset,
                s.frame_size,
                s.first_root,
                s.root_count,
                s.handler_offset,
                s.file,
                s.line,
                s.column,
                s.inlined,
            ]
            .into_iter()
            .for_each(|half| words.half(half));
        }
        debug_assert_eq!(words.bytes.len(), tables.sites.len() * size_of::<tables::Site>());
        words.pad();
        self.define_words(data, words)?;
        Ok(data)
    }
}
