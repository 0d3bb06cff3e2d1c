//! The passes on real programs: every program of the corpus that this version of the language takes goes through all
//! passes at both levels, and what comes out keeps the rules of Core. (In debug builds the pipeline verifies after each
//! pass, too.)

use cl_core::Stage;
use cl_lang::{LoadError, Loader, Options};
use cl_opt::{Level, optimise};
use cl_text::SourceMap;
use std::path::{Path, PathBuf};

struct Disk;

impl Loader for Disk {
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError> {
        std::fs::read(path).map_err(|_| LoadError::NotFound)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
    }
}

/// All `.cl` files below a folder of the repository, in order.
fn programs(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            programs(&path, found);
        } else if path.extension().is_some_and(|e| e == "cl") {
            found.push(path);
        }
    }
}

/// The program as nested Core, if the compiler takes it.
fn lowered(path: &Path) -> Option<cl_core::ir::Program> {
    let mut sources = SourceMap::default();
    let options = Options { search: &[], library: &cl_lang::stdlib::STD, tests: false, check_contracts: true };
    let resolved = cl_lang::resolve(&mut sources, &Disk, path, &options);
    let wrong = resolved.diagnostics.iter().any(|d| d.is_error());
    (!wrong).then(|| cl_core::lower(&resolved.program))
}

fn optimise_corpus(level: Level) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut paths = Vec::new();
    for folder in ["tests/conformance", "tests/programs", "tests/suites", "examples", "benches/programs"] {
        programs(&root.join(folder), &mut paths);
    }
    let mut taken = 0;
    for path in &paths {
        let Some(program) = lowered(path) else { continue };
        taken += 1;
        let optimised = optimise(program, level);
        if let Err(problems) = cl_core::verify(&optimised.program, Stage::Flat) {
            panic!("{}:\n{}", path.display(), problems.join("\n"));
        }
    }
    assert!(taken > 50, "only {taken} programs of the corpus compile");
}

fn with_stack(run: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(1 << 29).spawn(run).unwrap().join().unwrap();
}

#[test]
fn the_corpus_passes_through_without_optimisation() {
    with_stack(|| optimise_corpus(Level::O0));
}

#[test]
fn the_corpus_passes_through_with_optimisation() {
    with_stack(|| optimise_corpus(Level::O2));
}

/// `CL_OPT_PROFILE=FILE.cl cargo test --release -p cl_opt --test corpus time -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn time() {
    with_stack(|| {
        let path = std::env::var("CL_OPT_PROFILE").expect("CL_OPT_PROFILE names a program");
        let program = lowered(Path::new(&path)).expect("it compiles");
        let start = std::time::Instant::now();
        let optimised = optimise(program, Level::O2);
        println!("{} functions in {:?}", optimised.program.funcs.len(), start.elapsed());
    });
}
