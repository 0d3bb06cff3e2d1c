//! The types that the library declares are what its functions do. Inference believes them, so each is tried: for each type of
//! each function, calls with values that fit, and with one argument or all replaced by values of every kind.
//!
//! - What no type accepts does not return normally.
//! - No kind that a type accepts fails for every value tried: then the type accepts too much.
//! - A result is of the kind that the types promise, and a documented error is among the effects.
//! - The types take as many arguments as the function does.

use cl_tests::harness::{self, Outcome, Trial};
use cl_tests::library::{self, Clause, Entry};
use cl_tests::process::{End, Run};
use cl_tests::types::{DECLARATIONS, Fill, SAMPLES, Type};
use cl_tests::{clc, repository};
use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

/// Pages whose functions act on what is outside, so that they cannot be called with anything.
const NOT_CALLED: [&str; 2] = ["io", "state"];

fn main() -> ExitCode {
    let mut trials = Vec::new();
    match library::entries() {
        Ok(entries) => {
            let mut pages: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
            for entry in entries {
                pages.entry(entry.page.clone()).or_default().push(entry);
            }
            for (page, entries) in pages {
                trials.push(Trial::one(format!("signatures of {page}"), move || check_page(&page, &entries)));
            }
        }
        Err(why) => trials.push(Trial::one("clc doc", move || Outcome::Failed(why.clone()))),
    }
    harness::run(trials)
}

fn check_page(page: &str, entries: &[Entry]) -> Outcome {
    let mut wrong: Vec<String> = entries.iter().flat_map(wrong_arities).collect();
    if !NOT_CALLED.contains(&page) {
        let functions: Vec<Function> = entries.iter().filter(|e| !e.clauses.is_empty()).map(Function::new).collect();
        match calls(page, entries, &functions) {
            Ok(found) => wrong.extend(found),
            Err(why) => return Outcome::Failed(why),
        }
    }
    if wrong.is_empty() { Outcome::Passed } else { Outcome::Failed(wrong.join("\n")) }
}

/// The least number of arguments, and whether there may be more.
type Arity = (usize, bool);

/// Ways to call without a type, and types that no way to call has.
fn wrong_arities(entry: &Entry) -> Vec<String> {
    let called: Vec<Arity> = entry.forms.iter().map(|form| arity_of_form(form)).collect();
    let typed: Vec<Arity> = entry.clauses.iter().map(|c| (c.params.len(), c.rest.is_some())).collect();
    if typed.is_empty() {
        return Vec::new();
    }
    let takes = |arities: &[Arity], n: usize| arities.iter().any(|(least, more)| n == *least || (*more && n > *least));
    let most = called.iter().chain(&typed).map(|(least, _)| least + 2).max().unwrap_or(0);
    let differ = (0..=most).filter(|n| takes(&called, *n) != takes(&typed, *n));
    differ.map(|n| format!("{}: calls with {n} arguments and types do not agree", entry.name)).collect()
}

/// Of `(f x ...more)`.
fn arity_of_form(form: &str) -> Arity {
    let params: Vec<&str> = form.trim_matches(['(', ')']).split(' ').skip(1).collect();
    let rest = params.iter().any(|p| p.starts_with("..."));
    (params.len() - usize::from(rest), rest)
}

/// A function with its types, parsed.
struct Function<'e> {
    name: &'e str,
    types: Vec<Parsed<'e>>,
}

struct Parsed<'e> {
    params: Vec<Type>,
    rest: Option<Type>,
    result: Type,
    clause: &'e Clause,
}

impl Parsed<'_> {
    fn accepts(&self, kinds: &[&str]) -> bool {
        let enough = kinds.len() == self.params.len() || (self.rest.is_some() && kinds.len() > self.params.len());
        let types = self.params.iter().chain(self.rest.iter().cycle());
        enough && types.zip(kinds).all(|(ty, kind)| ty.accepts(kind))
    }

    fn is_flat(&self) -> bool {
        self.params.iter().chain(&self.rest).all(Type::is_flat)
    }

    /// Types of arguments: without further ones, with one, with two.
    fn argument_types(&self) -> Vec<Vec<&Type>> {
        let fixed: Vec<&Type> = self.params.iter().collect();
        let with = |n: usize, rest| fixed.iter().copied().chain(std::iter::repeat_n(rest, n)).collect();
        let more = self.rest.iter().flat_map(|rest| [with(1, rest), with(2, rest)]);
        std::iter::once(fixed.clone()).chain(more).collect()
    }
}

impl<'e> Function<'e> {
    fn new(entry: &'e Entry) -> Function<'e> {
        let parse = |clause: &'e Clause| Parsed {
            params: clause.params.iter().map(|t| Type::parse(t)).collect(),
            rest: clause.rest.as_deref().map(Type::parse),
            result: Type::parse(&clause.result),
            clause,
        };
        Function { name: &entry.name, types: entry.clauses.iter().map(parse).collect() }
    }

    /// The types that count for arguments of these kinds: up to the first that certainly fits.
    fn fitting(&self, kinds: &[&str]) -> Vec<&Parsed<'e>> {
        let mut found = Vec::new();
        for ty in self.types.iter().filter(|ty| ty.accepts(kinds)) {
            found.push(ty);
            if ty.is_flat() {
                break;
            }
        }
        found
    }
}

/// Arguments that fit a type; each in turn is replaced by every sample.
struct Probe {
    function: usize,
    /// The clause that the arguments fit.
    clause: usize,
    /// Kinds and expressions.
    arguments: Vec<(String, String)>,
}

/// What a call did.
enum Effect {
    /// The result's `type-of`.
    Gave(String),
    /// The error's type.
    Raised(String),
}

fn calls(page: &str, entries: &[Entry], functions: &[Function]) -> Result<Vec<String>, String> {
    let probes = probes(functions);
    let import = entries.iter().find_map(|e| e.import.clone()).unwrap_or_default();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("signatures");
    fs::create_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let file = folder.join(format!("{page}.cl"));
    fs::write(&file, program(&import, functions, &probes)).map_err(|error| format!("{}: {error}", file.display()))?;
    let done = Run::new(clc::path()).args(["run", "-O0"]).arg(&file).folder(&repository()).finish()?;
    if done.end != End::Exit(0) {
        return Err(format!("{}: {:?}\n{}", file.display(), done.end, done.stderr));
    }
    let mut judge = Judge { functions, works: BTreeMap::new(), wrong: Vec::new() };
    for line in String::from_utf8_lossy(&done.stdout).lines() {
        judge.line(&probes, line).ok_or_else(|| format!("{}: unexpected line {line}", file.display()))?;
    }
    Ok(judge.finish())
}

fn probes(functions: &[Function]) -> Vec<Probe> {
    let mut probes = Vec::new();
    for (function, of) in functions.iter().enumerate() {
        for (clause, ty) in of.types.iter().enumerate() {
            for types in ty.argument_types() {
                for fill in [Fill::Full, Fill::Empty] {
                    let arguments = types.iter().map(|ty| ty.value(fill)).collect();
                    probes.push(Probe { function, clause, arguments });
                }
            }
        }
    }
    probes
}

/// Prints for each call the probe, the argument that was replaced (-1: none, -2: all), by which sample, and what happened.
fn program(import: &str, functions: &[Function], probes: &[Probe]) -> String {
    let thunk = |expression: &str| format!("(lambda () {expression})");
    let samples: Vec<String> = SAMPLES.iter().map(|(_, expression)| thunk(expression)).collect();
    let mut program = format!("{import}\n{DECLARATIONS}{PROBE}(define samples [{}])\n", samples.join("\n"));
    for (i, probe) in probes.iter().enumerate() {
        let arguments: Vec<String> = probe.arguments.iter().map(|(_, expression)| thunk(expression)).collect();
        let name = functions[probe.function].name;
        program.push_str(&format!("(probe {i} {name} [{}])\n", arguments.join(" ")));
    }
    // Errors in goroutines, which nobody looks at, are no matter here.
    program.push_str("(io:exit 0)\n");
    program
}

const PROBE: &str = r#"
(define (attempt id position sample f thunks)
  (print id position sample
    (try (str "gave " (type-of (apply f (map (lambda (t) (t)) thunks))))
      (catch (e) (str "raised " (get e "type"))))))
(define (probe id f thunks)
  (attempt id -1 -1 f thunks)
  (dotimes (j (length samples))
    (attempt id -2 j f (map (lambda (t) (nth samples j)) thunks)))
  (dotimes (i (length thunks))
    (dotimes (j (length samples))
      (attempt id i j f (append (take i thunks) [(nth samples j)] (drop (+ i 1) thunks))))))
"#;

struct Judge<'f> {
    functions: &'f [Function<'f>],
    /// By function, clause, position and kind: whether some value did not fail.
    works: BTreeMap<(usize, usize, usize, String), bool>,
    wrong: Vec<String>,
}

impl Judge<'_> {
    /// Takes a line of the program's output; none if it makes no sense.
    fn line(&mut self, probes: &[Probe], line: &str) -> Option<()> {
        let mut words = line.splitn(5, ' ');
        let probe = probes.get(words.next()?.parse::<usize>().ok()?)?;
        let (position, sample) = (words.next()?, words.next()?.parse::<usize>().ok());
        let outcome = match (words.next()?, words.next()?) {
            ("gave", kind) => Effect::Gave(kind_of(kind.trim_start_matches(':')).to_owned()),
            ("raised", error) => Effect::Raised(error.to_owned()),
            _ => return None,
        };
        let mut arguments = probe.arguments.clone();
        let position = position.parse::<usize>().ok();
        if let Some(&(kind, expression)) = sample.and_then(|sample| SAMPLES.get(sample)) {
            let replaced = position.map_or(0..arguments.len(), |p| p..p + 1);
            arguments[replaced].fill((kind.to_owned(), expression.to_owned()));
        }
        self.call(probe, position, &arguments, &outcome);
        Some(())
    }

    fn call(&mut self, probe: &Probe, position: Option<usize>, arguments: &[(String, String)], outcome: &Effect) {
        let function = &self.functions[probe.function];
        let kinds: Vec<&str> = arguments.iter().map(|(kind, _)| kind.as_str()).collect();
        let fitting = function.fitting(&kinds);
        let failed = matches!(outcome, Effect::Raised(error) if error == "type-error" || error == "arity-error");
        // Whatever waits may find that nothing can wake it.
        let failed_to_wait = matches!(outcome, Effect::Raised(error) if error == "deadlock");
        let ty = &function.types[probe.clause];
        if ty.accepts(&kinds) {
            for i in position.map_or(0..kinds.len(), |p| p..p + 1) {
                // All further arguments are of one type.
                let of_type = i.min(ty.params.len());
                let key = (probe.function, probe.clause, of_type, kinds[i].to_owned());
                *self.works.entry(key).or_default() |= !failed;
            }
        }
        let expressions: Vec<&str> = arguments.iter().map(|(_, expression)| expression.as_str()).collect();
        let call = format!("({} {})", function.name, expressions.join(" "));
        let has_effect = fitting.iter().any(|ty| ty.clause.effects.iter().any(|e| e.starts_with("error")));
        match outcome {
            Effect::Gave(kind) if fitting.is_empty() => {
                self.wrong.push(format!("{call} gives a value of kind {kind}, but no type accepts it"));
            }
            Effect::Gave(kind) if !fitting.iter().any(|ty| ty.result.accepts(kind)) => {
                self.wrong.push(format!("{call} gives a value of kind {kind}, which no type promises"));
            }
            Effect::Raised(error) if !(failed || failed_to_wait || fitting.is_empty() || has_effect) => {
                self.wrong.push(format!("{call} raises {error}, but its types have no effect `error`"));
            }
            Effect::Gave(_) | Effect::Raised(_) => {}
        }
    }

    fn finish(mut self) -> Vec<String> {
        for ((function, clause, position, kind), works) in &self.works {
            if !works {
                let function = &self.functions[*function];
                let types = function.types[*clause].clause.params.join(" ");
                self.wrong.push(format!(
                    "({} {types}): argument {} accepts the kind {kind}, but every call failed",
                    function.name,
                    position + 1
                ));
            }
        }
        self.wrong
    }
}

/// The kind that `type-of` names.
fn kind_of(keyword: &str) -> &'static str {
    match keyword {
        "nil" => "Nil",
        "bool" => "Bool",
        "int" => "Int",
        "float" => "Float",
        "string" => "String",
        "symbol" => "Symbol",
        "keyword" => "Keyword",
        "bytes" => "Bytes",
        "list" => "List",
        "array" => "Array",
        "dict" => "Dict",
        "set" => "Set",
        "tuple" => "Tuple",
        "function" => "Function",
        "queue" => "Queue",
        "string-builder" => "StringBuilder",
        "datetime" => "DateTime",
        "regex" => "Regex",
        "channel" => "Channel",
        "promise" => "Promise",
        "goroutine" => "Goroutine",
        "mutex" => "Mutex",
        "semaphore" => "Semaphore",
        "barrier" => "Barrier",
        "wait-group" => "WaitGroup",
        "worker-pool" => "WorkerPool",
        _ => "Data",
    }
}
