//! Core as text: S-expressions that a person can read, the same for the same program.
//!
//! ```text
//! (func f0 fib (n.1)
//!   (if (%lt n.1 2)
//!     (return n.1)
//!     (let t.2 (%sub n.1 1))
//!     …
//! ```
//! A variable is written `name.id`, a label `j.id`, a function `f.id`, a global `g.id:name`, static data `d.id`.

use std::fmt::{self, Write};
use std::rc::Rc;

use crate::ir::{
    Atom, Block, Callee, Cond, CtorId, Datum, Effect, Func, FuncId, GlobalId, GlobalKind, Handle, LabelId, Mode,
    NameId, OpId, Program, Rhs, Stmt, Target, Term, VarId,
};

/// Deeper blocks are not indented further: a long body nests a block for each of its branches.
const MAX_INDENT: usize = 60;

/// The program as text.
pub fn print(program: &Program) -> String {
    let mut printer = Printer { program, out: String::new() };
    // Writing to a String does not fail.
    let _ = printer.program();
    printer.out
}

struct Printer<'p> {
    program: &'p Program,
    out: String,
}

/// A thing with what is needed to name it.
struct Named<'p, T>(&'p Program, T);

impl fmt::Display for Named<'_, VarId> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}.{}", name(&self.0.vars[self.1.index()].name), self.1.0)
    }
}

impl fmt::Display for Named<'_, FuncId> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "f.{}:{}", self.1.0, name(&self.0.funcs[self.1.index()].name))
    }
}

impl fmt::Display for Named<'_, GlobalId> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "g.{}:{}", self.1.0, name(&self.0.globals[self.1.index()].name))
    }
}

impl fmt::Display for Named<'_, CtorId> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", name(&self.0.ctors[self.1.index()].name))
    }
}

impl fmt::Display for Named<'_, NameId> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", name(&self.0.names[self.1.index()]))
    }
}

impl fmt::Display for Named<'_, OpId> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "{}", name(&self.0.ops[self.1.index()].name))
    }
}

impl fmt::Display for Named<'_, Atom> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let p = self.0;
        match self.1 {
            Atom::Var(v) => write!(f, "{}", Named(p, v)),
            Atom::Int(n) => write!(f, "{n}"),
            Atom::Nil => write!(f, "nil"),
            Atom::Bool(b) => write!(f, "{b}"),
            Atom::EmptyList => write!(f, "[]"),
            Atom::Undef => write!(f, "undef"),
            Atom::Keyword(n) => write!(f, ":{}", Named(p, n)),
            Atom::Symbol(n) => write!(f, "'{}", Named(p, n)),
            Atom::Ctor(c) => write!(f, "{}", Named(p, c)),
            Atom::Data(d) => match &p.data[d.index()] {
                Datum::String(s) => write!(f, "{s:?}"),
                Datum::Float(bits) => write!(f, "{:?}", f64::from_bits(*bits)),
                Datum::BigInt { .. } | Datum::Cons(..) | Datum::Tuple(_) => write!(f, "d.{}", d.0),
            },
            Atom::Func(func) => write!(f, "{}", Named(p, func)),
            Atom::Multi(global) => write!(f, "{}", Named(p, global)),
        }
    }
}

impl fmt::Display for Named<'_, &[Atom]> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        self.1.iter().try_for_each(|a| write!(f, " {}", Named(self.0, *a)))
    }
}

impl fmt::Display for Named<'_, &[VarId]> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for (i, v) in self.1.iter().enumerate() {
            write!(f, "{}{}", if i == 0 { "" } else { " " }, Named(self.0, *v))?;
        }
        Ok(())
    }
}

impl fmt::Display for Named<'_, &Callee> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let p = self.0;
        match self.1 {
            Callee::Func(func) => write!(f, "call {}", Named(p, *func)),
            Callee::Known(func, closure) => write!(f, "call-known {} {}", Named(p, *func), Named(p, *closure)),
            Callee::Value(value) => write!(f, "call-value {}", Named(p, *value)),
        }
    }
}

impl fmt::Display for Named<'_, &Rhs> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let p = self.0;
        match self.1 {
            Rhs::Atom(a) => write!(f, "{}", Named(p, *a)),
            Rhs::Prim(prim, args) => write!(f, "({}{})", prim.get().name, Named(p, &args[..])),
            Rhs::Call(callee, args) => write!(f, "({}{})", Named(p, callee), Named(p, &args[..])),
            Rhs::Apply(function, list) => write!(f, "(apply {} {})", Named(p, *function), Named(p, *list)),
            Rhs::Construct(ctor, args) => write!(f, "(construct {}{})", Named(p, *ctor), Named(p, &args[..])),
            Rhs::Tuple(items) => write!(f, "(tuple{})", Named(p, &items[..])),
            Rhs::IsCtor(ctor, a) => write!(f, "(is {} {})", Named(p, *ctor), Named(p, *a)),
            Rhs::IsTuple(size, a) => write!(f, "(is-tuple {size} {})", Named(p, *a)),
            Rhs::Field(index, a) => write!(f, "(field {index} {})", Named(p, *a)),
            Rhs::Closures { funcs, rest } => {
                write!(f, "(closures ({})", Named(p, &rest[..]))?;
                for (func, captured) in funcs {
                    write!(f, " ({}{})", Named(p, *func), Named(p, &captured[..]))?;
                }
                write!(f, ")")
            }
            Rhs::NewCell(a) => write!(f, "(new-cell {})", Named(p, *a)),
            Rhs::GetCell(a) => write!(f, "(get-cell {})", Named(p, *a)),
            Rhs::SetCell(cell, a) => write!(f, "(set-cell {} {})", Named(p, *cell), Named(p, *a)),
            Rhs::GetGlobal(g) => write!(f, "(get-global {})", Named(p, *g)),
            Rhs::SetGlobal(g, a) => write!(f, "(set-global {} {})", Named(p, *g), Named(p, *a)),
            Rhs::Effect(effect) => write!(f, "{}", Named(p, effect)),
        }
    }
}

impl fmt::Display for Named<'_, &Effect> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let p = self.0;
        match self.1 {
            Effect::Perform(op, args) => write!(f, "(perform {}{})", Named(p, *op), Named(p, &args[..])),
            Effect::Handled(op) => write!(f, "(handled {})", Named(p, *op)),
            Effect::Handle(handle) => write!(f, "{}", Named(p, &**handle)),
            Effect::Resume(a) => write!(f, "(resume {})", Named(p, *a)),
            Effect::Resumption(a) => write!(f, "(resumption {})", Named(p, *a)),
            Effect::Leave(a) => write!(f, "(leave {})", Named(p, *a)),
        }
    }
}

impl fmt::Display for Named<'_, &Handle> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let Named(p, handle) = self;
        write!(f, "(handle {}", Named(p, handle.body))?;
        for clause in &handle.clauses {
            let mode = match clause.mode {
                Mode::Aborts => "aborts",
                Mode::TailResumes { .. } => "resumes",
                Mode::General => "general",
            };
            match &clause.target {
                Target::Op(op) => write!(f, " ({} {mode} {})", Named(p, *op), Named(p, clause.func))?,
                Target::Kind(kind) => write!(f, " ({} {mode} {})", name(kind), Named(p, clause.func))?,
            }
        }
        if let Some(ret) = handle.ret {
            write!(f, " (return {})", Named(p, ret))?;
        }
        write!(f, ")")
    }
}

impl fmt::Display for Named<'_, &Cond> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let p = self.0;
        match self.1 {
            Cond::Truthy(a) => write!(f, "{}", Named(p, *a)),
            Cond::Prim(prim, args, _) => write!(f, "({}{})", prim.get().name, Named(p, &args[..])),
            Cond::IsCtor(ctor, a) => write!(f, "(is {} {})", Named(p, *ctor), Named(p, *a)),
            Cond::IsTuple(size, a) => write!(f, "(is-tuple {size} {})", Named(p, *a)),
        }
    }
}

/// A name that reads as one token.
fn name(text: &Rc<str>) -> String {
    text.chars().map(|c| if c.is_whitespace() || "()[]{}\";,'".contains(c) { '_' } else { c }).collect()
}

impl Printer<'_> {
    fn program(&mut self) -> fmt::Result {
        let p = self.program;
        for (i, ctor) in p.ctors.iter().enumerate() {
            write!(self.out, "(constructor {i} {}", name(&ctor.name))?;
            for field in &ctor.fields {
                write!(self.out, " {}", if field.is_empty() { "_".to_owned() } else { name(field) })?;
            }
            self.out.push_str(")\n");
        }
        for (i, global) in p.globals.iter().enumerate() {
            let named = Named(p, GlobalId(i as u32));
            match &global.kind {
                GlobalKind::Slot => writeln!(self.out, "(global {named})")?,
                GlobalKind::Func(f) => writeln!(self.out, "(global {named} {})", Named(p, *f))?,
                GlobalKind::Multi(funcs) => {
                    write!(self.out, "(global {named}")?;
                    funcs.iter().try_for_each(|f| write!(self.out, " {}", Named(p, *f)))?;
                    self.out.push_str(")\n");
                }
            }
        }
        for (i, datum) in p.data.iter().enumerate() {
            self.datum(i, datum)?;
        }
        for (i, func) in p.funcs.iter().enumerate() {
            let entry = p.entry == Some(FuncId(i as u32));
            self.func(&format!("({} f.{i}:{}", if entry { "entry" } else { "func" }, name(&func.name)), func, 0)?;
            self.out.push('\n');
        }
        Ok(())
    }

    /// Strings and floats are written where they are used.
    fn datum(&mut self, index: usize, datum: &Datum) -> fmt::Result {
        let p = self.program;
        match datum {
            Datum::String(_) | Datum::Float(_) => Ok(()),
            Datum::BigInt { negative, limbs } => {
                write!(self.out, "(data d.{index} (int {}", if *negative { "-" } else { "+" })?;
                limbs.iter().try_for_each(|l| write!(self.out, " {l:#x}"))?;
                writeln!(self.out, "))")
            }
            Datum::Cons(head, tail) => {
                writeln!(self.out, "(data d.{index} (cons {} {}))", Named(p, *head), Named(p, *tail))
            }
            Datum::Tuple(items) => writeln!(self.out, "(data d.{index} (tuple{}))", Named(p, &items[..])),
        }
    }

    fn line(&mut self, depth: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n("  ", depth.min(MAX_INDENT)));
    }

    fn func(&mut self, head: &str, func: &Func, depth: usize) -> fmt::Result {
        let p = self.program;
        write!(self.out, "{head} ({}{})", if func.variadic { "... " } else { "" }, Named(p, &func.params[..]))?;
        if !func.captures.is_empty() {
            write!(self.out, " (captures {})", Named(p, &func.captures[..]))?;
        }
        if func.inline {
            self.out.push_str(" inline");
        }
        self.block(&func.body, depth + 1)?;
        self.out.push(')');
        Ok(())
    }

    fn block(&mut self, block: &Block, depth: usize) -> fmt::Result {
        let p = self.program;
        for stmt in &block.stmts {
            self.line(depth);
            match stmt {
                Stmt::Let { var, rhs, span: _ } => write!(self.out, "(let {} {})", Named(p, *var), Named(p, rhs))?,
                Stmt::Join(join) => {
                    let kind = if join.recursive { "loop" } else { "join" };
                    write!(self.out, "({kind} {} ({})", label(join.label), Named(p, &join.params[..]))?;
                    self.block(&join.body, depth + 1)?;
                    self.out.push(')');
                }
                Stmt::Funs(funs) => {
                    self.out.push_str("(funs");
                    for fun in funs {
                        self.line(depth + 1);
                        self.func(&format!("({}", Named(p, fun.var)), &fun.func, depth + 1)?;
                    }
                    self.out.push(')');
                }
            }
        }
        self.line(depth);
        self.term(&block.term, depth)
    }

    fn term(&mut self, term: &Term, depth: usize) -> fmt::Result {
        let p = self.program;
        match term {
            Term::Return(a) => write!(self.out, "(return {})", Named(p, *a)),
            Term::TailCall(callee, args, _) => {
                write!(self.out, "(tail ({}{}))", Named(p, callee), Named(p, &args[..]))
            }
            Term::TailApply(function, list, _) => {
                write!(self.out, "(tail (apply {} {}))", Named(p, *function), Named(p, *list))
            }
            Term::Jump(to, args) => write!(self.out, "(jump {}{})", label(*to), Named(p, &args[..])),
            Term::If { cond, then, otherwise } => {
                write!(self.out, "(if {}", Named(p, cond))?;
                self.branch("then", then, depth + 1)?;
                self.branch("else", otherwise, depth + 1)?;
                self.out.push(')');
                Ok(())
            }
            Term::Try { body, error, handler } => {
                self.out.push_str("(try");
                self.branch("body", body, depth + 1)?;
                self.branch(&format!("catch {}", Named(p, *error)), handler, depth + 1)?;
                self.out.push(')');
                Ok(())
            }
            Term::Unreachable => write!(self.out, "(unreachable)"),
        }
    }

    /// A block that is only a terminator stands in its line.
    fn branch(&mut self, head: &str, block: &Block, depth: usize) -> fmt::Result {
        self.line(depth);
        write!(self.out, "({head}")?;
        if block.stmts.is_empty() && !matches!(block.term, Term::If { .. } | Term::Try { .. }) {
            self.out.push(' ');
            self.term(&block.term, depth)?;
        } else {
            self.block(block, depth + 1)?;
        }
        self.out.push(')');
        Ok(())
    }
}

fn label(id: LabelId) -> String {
    format!("j.{}", id.0)
}
