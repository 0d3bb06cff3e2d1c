//! Reads Core from S-expressions, for tests.
//!
//! A program is a sequence of `(func NAME (PARAM …) STMT … TERM)`, of which `main` is the entry; `(inline NAME …)` is a
//! function that is always inlined. A parameter list may end in `& rest`. Statements are `(let x RHS)`,
//! `(join j (p …) BLOCK…)`, `(loop j (p …) BLOCK…)` for a recursive join, `(fun f (p …) BLOCK…)`, and
//! `(funs (f (p …) …) …)`. Right sides are atoms, `(%prim a …)`, `(call f a …)`, `(apply f a)`, `(tuple a …)`,
//! `(construct C a …)`, `(is-ctor C a)`, `(is-tuple n a)`, `(field n a)`, `(cell a)`, `(get c)`, `(set c a)`,
//! `(global g)`, `(set-global g a)`, `(perform kind:op a …)`, `(handled kind:op)`, `(resume a)`, and `(handle body (kind:op f) …)`
//! with clauses that always resume in tail position, or `(aborts kind:op f)`. Terminators are `(return a)`, `(tail f a …)`, `(tail-apply f a)`, `(jump j a …)`,
//! `(if TEST (BLOCK…) (BLOCK…))`, `(try (BLOCK…) e (BLOCK…))`, `(unreachable)`. All names of variables and labels differ.

use cl_abi::prims;
use cl_core::ir::*;
use cl_text::{FileId, Span};
use std::collections::HashMap;

#[derive(Clone, Debug)]
enum Sexp {
    Word(String),
    List(Vec<Sexp>),
}

const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// The program that a text describes.
pub fn program(text: &str) -> Program {
    let mut reader = Reader::default();
    let forms = parse(text);
    for form in &forms {
        let name = word(&list(form)[1]);
        reader.funcs.insert(name.to_string(), FuncId(reader.funcs.len() as u32));
    }
    let funcs = forms.iter().map(|f| reader.top(list(f))).collect();
    let mut program = reader.program;
    program.funcs = funcs;
    program.entry = reader.funcs.get("main").copied();
    program
}

fn parse(text: &str) -> Vec<Sexp> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let mut stack = vec![Vec::new()];
    for token in spaced.split_whitespace() {
        match token {
            "(" => stack.push(Vec::new()),
            ")" => {
                let done = stack.pop().unwrap();
                stack.last_mut().expect("balanced").push(Sexp::List(done));
            }
            _ => stack.last_mut().unwrap().push(Sexp::Word(token.to_string())),
        }
    }
    assert_eq!(stack.len(), 1, "balanced parentheses");
    stack.pop().unwrap()
}

fn list(s: &Sexp) -> &[Sexp] {
    match s {
        Sexp::List(items) => items,
        Sexp::Word(w) => panic!("a list instead of {w}"),
    }
}

fn word(s: &Sexp) -> &str {
    match s {
        Sexp::Word(w) => w,
        Sexp::List(l) => panic!("a word instead of {l:?}"),
    }
}

#[derive(Default)]
struct Reader {
    program: Program,
    funcs: HashMap<String, FuncId>,
    vars: HashMap<String, VarId>,
    labels: HashMap<String, LabelId>,
    names: HashMap<String, NameId>,
    ctors: HashMap<String, CtorId>,
    globals: HashMap<String, GlobalId>,
    ops: HashMap<String, OpId>,
}

impl Reader {
    fn top(&mut self, form: &[Sexp]) -> Func {
        let mut func = self.func(word(&form[1]), list(&form[2]), &form[3..]);
        func.inline = word(&form[0]) == "inline";
        func
    }

    fn func(&mut self, name: &str, params: &[Sexp], body: &[Sexp]) -> Func {
        let variadic = params.iter().any(|p| word(p) == "&");
        let params = params.iter().map(word).filter(|p| *p != "&").map(|p| self.var(p)).collect();
        let body = self.block(body);
        Func { name: name.into(), span: SPAN, params, variadic, captures: Vec::new(), body, inline: false }
    }

    fn var(&mut self, name: &str) -> VarId {
        let vars = &mut self.program.vars;
        *self.vars.entry(name.to_string()).or_insert_with(|| {
            vars.push(VarInfo { name: name.into() });
            VarId(vars.len() as u32 - 1)
        })
    }

    fn label(&mut self, name: &str) -> LabelId {
        let count = &mut self.program.label_count;
        *self.labels.entry(name.to_string()).or_insert_with(|| {
            *count += 1;
            LabelId(*count - 1)
        })
    }

    fn name(&mut self, name: &str) -> NameId {
        let names = &mut self.program.names;
        *self.names.entry(name.to_string()).or_insert_with(|| {
            names.push(name.into());
            NameId(names.len() as u32 - 1)
        })
    }

    fn ctor(&mut self, name: &str) -> CtorId {
        let ctors = &mut self.program.ctors;
        *self.ctors.entry(name.to_string()).or_insert_with(|| {
            ctors.push(Ctor { name: name.into(), type_name: name.into(), fields: Vec::new() });
            CtorId(ctors.len() as u32 - 1)
        })
    }

    fn global(&mut self, name: &str) -> GlobalId {
        let globals = &mut self.program.globals;
        *self.globals.entry(name.to_string()).or_insert_with(|| {
            globals.push(Global { name: name.into(), kind: GlobalKind::Slot, signature: None });
            GlobalId(globals.len() as u32 - 1)
        })
    }

    fn op(&mut self, s: &Sexp) -> OpId {
        let name = word(s);
        let (kind, _) = name.split_once(':').expect("kind:op");
        let ops = &mut self.program.ops;
        *self.ops.entry(name.to_string()).or_insert_with(|| {
            let (params, result) = (Vec::new(), Type::Any);
            ops.push(Op { name: name.into(), kind: kind.into(), declared: true, params, variadic: false, result });
            OpId(ops.len() as u32 - 1)
        })
    }

    /// `(kind:op function)`, or `(aborts kind:op function)`.
    fn clause(&mut self, s: &[Sexp]) -> Clause {
        let [mode @ .., op, func] = s else { panic!("a clause instead of {s:?}") };
        let mode = if mode.is_empty() { Mode::TailResumes { always: true } } else { Mode::Aborts };
        Clause { target: Target::Op(self.op(op)), func: self.atom(func), mode, span: SPAN }
    }

    fn atom(&mut self, s: &Sexp) -> Atom {
        let text = word(s);
        match text {
            "nil" => Atom::Nil,
            "true" => Atom::Bool(true),
            "false" => Atom::Bool(false),
            "[]" => Atom::EmptyList,
            "undef" => Atom::Undef,
            _ if text.parse::<i64>().is_ok() => Atom::Int(text.parse().unwrap()),
            _ if text.starts_with(':') => Atom::Keyword(self.name(&text[1..])),
            _ if text.starts_with(|c: char| c.is_ascii_uppercase()) => Atom::Ctor(self.ctor(text)),
            _ => match self.funcs.get(text) {
                Some(f) => Atom::Func(*f),
                None => Atom::Var(self.var(text)),
            },
        }
    }

    fn atoms(&mut self, items: &[Sexp]) -> Vec<Atom> {
        items.iter().map(|a| self.atom(a)).collect()
    }

    fn block(&mut self, items: &[Sexp]) -> Block {
        let (last, stmts) = items.split_last().expect("a block has a terminator");
        let stmts = stmts.iter().map(|s| self.stmt(list(s))).collect();
        Block { stmts, term: self.term(list(last)) }
    }

    fn stmt(&mut self, s: &[Sexp]) -> Stmt {
        match word(&s[0]) {
            "let" => {
                let var = self.var(word(&s[1]));
                Stmt::Let { var, rhs: self.rhs(&s[2]), span: SPAN }
            }
            kind @ ("join" | "loop") => {
                let label = self.label(word(&s[1]));
                let params = list(&s[2]).iter().map(|p| self.var(word(p))).collect();
                Stmt::Join(Join { label, params, body: self.block(&s[3..]), recursive: kind == "loop" })
            }
            "fun" => Stmt::Funs(vec![self.local_fun(&s[1..])]),
            "funs" => Stmt::Funs(s[1..].iter().map(|f| self.local_fun(list(f))).collect()),
            other => panic!("a statement instead of {other}"),
        }
    }

    fn local_fun(&mut self, s: &[Sexp]) -> LocalFun {
        let var = self.var(word(&s[0]));
        LocalFun { var, func: self.func(word(&s[0]), list(&s[1]), &s[2..]) }
    }

    fn rhs(&mut self, s: &Sexp) -> Rhs {
        let Sexp::List(s) = s else { return Rhs::Atom(self.atom(s)) };
        let index = |s: &Sexp| word(s).parse::<usize>().unwrap();
        match word(&s[0]) {
            "call" => Rhs::Call(Callee::Value(self.atom(&s[1])), self.atoms(&s[2..])),
            "apply" => Rhs::Apply(self.atom(&s[1]), self.atom(&s[2])),
            "tuple" => Rhs::Tuple(self.atoms(&s[1..])),
            "construct" => Rhs::Construct(self.ctor(word(&s[1])), self.atoms(&s[2..])),
            "is-ctor" => Rhs::IsCtor(self.ctor(word(&s[1])), self.atom(&s[2])),
            "is-tuple" => Rhs::IsTuple(index(&s[1]), self.atom(&s[2])),
            "field" => Rhs::Field(index(&s[1]), self.atom(&s[2])),
            "cell" => Rhs::NewCell(self.atom(&s[1])),
            "get" => Rhs::GetCell(self.atom(&s[1])),
            "set" => Rhs::SetCell(self.atom(&s[1]), self.atom(&s[2])),
            "global" => Rhs::GetGlobal(self.global(word(&s[1]))),
            "set-global" => Rhs::SetGlobal(self.global(word(&s[1])), self.atom(&s[2])),
            "perform" => Rhs::Effect(Effect::Perform(self.op(&s[1]), self.atoms(&s[2..]))),
            "handled" => Rhs::Effect(Effect::Handled(self.op(&s[1]))),
            "resume" => Rhs::Effect(Effect::Resume(self.atom(&s[1]))),
            "handle" => {
                let body = self.atom(&s[1]);
                let clauses = s[2..].iter().map(|c| self.clause(list(c))).collect();
                Rhs::Effect(Effect::Handle(Box::new(Handle { clauses, ret: None, body })))
            }
            prim => Rhs::Prim(prim_of(prim), self.atoms(&s[1..])),
        }
    }

    fn cond(&mut self, s: &Sexp) -> Cond {
        match s {
            Sexp::Word(_) => Cond::Truthy(self.atom(s)),
            Sexp::List(_) => match self.rhs(s) {
                Rhs::Prim(prim, args) => Cond::Prim(prim, args, SPAN),
                Rhs::IsCtor(ctor, a) => Cond::IsCtor(ctor, a),
                Rhs::IsTuple(size, a) => Cond::IsTuple(size, a),
                other => panic!("a test instead of {other:?}"),
            },
        }
    }

    fn term(&mut self, s: &[Sexp]) -> Term {
        match word(&s[0]) {
            "return" => Term::Return(self.atom(&s[1])),
            "tail" => Term::TailCall(Callee::Value(self.atom(&s[1])), self.atoms(&s[2..]), SPAN),
            "tail-apply" => Term::TailApply(self.atom(&s[1]), self.atom(&s[2]), SPAN),
            "jump" => Term::Jump(self.label(word(&s[1])), self.atoms(&s[2..])),
            "if" => Term::If {
                cond: self.cond(&s[1]),
                then: Box::new(self.block(list(&s[2]))),
                otherwise: Box::new(self.block(list(&s[3]))),
            },
            "try" => Term::Try {
                body: Box::new(self.block(list(&s[1]))),
                error: self.var(word(&s[2])),
                handler: Box::new(self.block(list(&s[3]))),
            },
            "unreachable" => Term::Unreachable,
            other => panic!("a terminator instead of {other}"),
        }
    }
}

fn prim_of(name: &str) -> prims::PrimId {
    prims::by_name(name).unwrap_or_else(|| panic!("no primitive {name}"))
}
