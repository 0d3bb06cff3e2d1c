//! Resolves a file and prints diagnostics and the resolved tree.
use cl_lang::{LoadError, Loader, Options, dump, resolve, stdlib};
use std::path::{Path, PathBuf};
struct Files;
impl Loader for Files {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        std::fs::read(path).map_err(|e| LoadError::Other(e.to_string()))
    }
    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }
    fn canonical(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or(path.to_path_buf())
    }
}
fn main() {
    let h = std::thread::Builder::new().stack_size(1 << 30).spawn(run).unwrap();
    h.join().unwrap();
}
fn run() {
    let args: Vec<String> = std::env::args().collect();
    let mut sources = cl_text::SourceMap::default();
    let start = std::time::Instant::now();
    let r = resolve(&mut sources, &Files, Path::new(&args[1]), &Options { search: &[], library: &stdlib::STD });
    let time = start.elapsed();
    for d in &r.diagnostics {
        let at = d.labels.first().map_or(String::new(), |l| {
            let (line, col) = sources.position(l.span.file, l.span.start);
            format!("{}:{line}:{col}", sources.name(l.span.file))
        });
        println!("{:?} {} {at}: {} {:?}", d.level, d.code, d.message, d.notes);
    }
    if args.len() > 2 {
        println!("{}", dump::program(&r.program, args[2] == "all"));
    }
    println!("{time:?}, {} exprs, {} forms", r.program.exprs.len(), r.program.forms.len());
}
