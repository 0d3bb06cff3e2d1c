//! Runs Core, nested or flat, for tests: output and result of a program before and after a pass must agree.

use cl_core::ir::*;
use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::kinds::{Bits, Kinds};

/// What a run did.
#[derive(PartialEq, Debug)]
pub struct Outcome {
    pub output: Vec<String>,
    pub end: End,
}

#[derive(PartialEq, Debug)]
pub enum End {
    Value(String),
    Raised(String),
    /// The steps ran out.
    Endless,
}

#[derive(Clone)]
enum Value<'p> {
    Int(i128),
    Nil,
    Bool(bool),
    Empty,
    Undef,
    Keyword(u32),
    Cons(Rc<(Value<'p>, Value<'p>)>),
    Tuple(Rc<Vec<Value<'p>>>),
    Data(CtorId, Rc<Vec<Value<'p>>>),
    Closure(Rc<Closure<'p>>),
    Cell(Rc<RefCell<Value<'p>>>),
}

struct Closure<'p> {
    func: &'p Func,
    env: RefCell<HashMap<VarId, Value<'p>>>,
}

enum Stop<'p> {
    Raise(Value<'p>),
    Endless,
}

enum Flow<'p> {
    Return(Value<'p>),
    Tail(Target<'p>, Vec<Value<'p>>),
    Jump(LabelId, Vec<Value<'p>>),
}

enum Target<'p> {
    /// With a List for the rest parameter.
    Direct(&'p Func, Option<Rc<Closure<'p>>>),
    Value(Value<'p>),
}

struct Frame<'p> {
    env: HashMap<VarId, Value<'p>>,
    joins: HashMap<LabelId, (usize, &'p Join)>,
}

struct Machine<'p> {
    program: &'p Program,
    /// What every variable is checked against.
    kinds: Option<&'p Kinds>,
    globals: Vec<Value<'p>>,
    output: Vec<String>,
    steps: u64,
}

/// Runs the entry for at most so many steps.
pub fn run(program: &Program, steps: u64) -> Outcome {
    run_checked(program, None, steps)
}

/// Runs the entry and stops the test where a variable is not of the kinds that it should be.
pub fn run_checked(program: &Program, kinds: Option<&Kinds>, steps: u64) -> Outcome {
    let globals = vec![Value::Undef; program.globals.len()];
    let mut machine = Machine { program, kinds, globals, output: Vec::new(), steps };
    let entry = &program.funcs[program.entry.expect("an entry").index()];
    let end = match machine.call(Target::Direct(entry, None), Vec::new()) {
        Ok(value) => End::Value(show(&value)),
        Err(Stop::Raise(value)) => End::Raised(show(&value)),
        Err(Stop::Endless) => End::Endless,
    };
    Outcome { output: machine.output, end }
}

fn show(value: &Value) -> String {
    match value {
        Value::Int(n) => n.to_string(),
        Value::Nil => "nil".into(),
        Value::Bool(b) => b.to_string(),
        Value::Empty => "[]".into(),
        Value::Undef => "undef".into(),
        Value::Keyword(n) => format!(":{n}"),
        Value::Cons(pair) => format!("({} . {})", show(&pair.0), show(&pair.1)),
        Value::Tuple(items) => format!("tuple{:?}", items.iter().map(show).collect::<Vec<_>>()),
        Value::Data(c, items) => format!("data{}{:?}", c.0, items.iter().map(show).collect::<Vec<_>>()),
        Value::Closure(_) => "function".into(),
        Value::Cell(_) => "cell".into(),
    }
}

/// `None`: not known here.
fn kind_of(value: &Value) -> Option<Bits> {
    Some(match value {
        Value::Int(_) => return None,
        Value::Nil => Bits::NIL,
        Value::Bool(true) => Bits::TRUE,
        Value::Bool(false) => Bits::FALSE,
        Value::Empty => Bits::EMPTY_LIST,
        Value::Undef => Bits::UNDEF,
        Value::Keyword(_) => Bits::KEYWORD,
        Value::Cons(_) => Bits::CONS,
        Value::Tuple(_) => Bits::TUPLE,
        Value::Data(_, items) => {
            if items.is_empty() {
                Bits::CTOR
            } else {
                Bits::DATA
            }
        }
        Value::Closure(_) => Bits::CLOSURE,
        Value::Cell(_) => Bits::CELL,
    })
}

fn truthy(value: &Value) -> bool {
    !matches!(value, Value::Nil | Value::Bool(false))
}

fn raise<'p, T>(what: &str) -> Result<T, Stop<'p>> {
    let codes: Vec<Value<'p>> = what.bytes().map(|b| Value::Int(b.into())).collect();
    Err(Stop::Raise(Value::Tuple(Rc::new(codes))))
}

impl<'p> Machine<'p> {
    fn call(&mut self, target: Target<'p>, args: Vec<Value<'p>>) -> Result<Value<'p>, Stop<'p>> {
        let (mut target, mut args) = (target, args);
        loop {
            let (func, closure) = match target {
                Target::Direct(func, closure) => (func, closure),
                Target::Value(Value::Closure(closure)) => {
                    let func = closure.func;
                    args = spread(func, args)?;
                    (func, Some(closure))
                }
                Target::Value(_) => return raise("not a function"),
            };
            let env = closure.map(|c| c.env.borrow().clone()).unwrap_or_default();
            let mut frame = Frame { env, joins: HashMap::new() };
            assert_eq!(func.params.len(), args.len(), "a direct call of {} has the right arguments", func.name);
            self.bind(&mut frame, &func.params, args);
            match self.block(&mut frame, &func.body, 0)? {
                Flow::Return(value) => return Ok(value),
                Flow::Tail(next, next_args) => (target, args) = (next, next_args),
                Flow::Jump(label, _) => panic!("jump to {label:?} out of {}", func.name),
            }
        }
    }

    fn bind(&self, frame: &mut Frame<'p>, vars: &[VarId], values: Vec<Value<'p>>) {
        for (var, value) in vars.iter().zip(values) {
            if let Some(kinds) = self.kinds {
                let known = kinds.of(*var);
                let fits = match &value {
                    Value::Int(n) if known.bits.and(Bits::FIXNUM).is_empty() => {
                        known.bits.0 & Bits::BIG_INT.0 != 0 && *n > 1 << 62
                    }
                    Value::Int(n) => {
                        let fixnum = i64::try_from(*n).is_ok_and(|n| known.min <= n && n <= known.max);
                        fixnum || !known.bits.and(Bits::BIG_INT).is_empty()
                    }
                    other => kind_of(other).is_none_or(|bits| bits.within(known.bits)),
                };
                assert!(fits, "{var:?} is {}, not {known:?}", show(&value));
            }
            frame.env.insert(*var, value);
        }
    }

    fn step(&mut self) -> Result<(), Stop<'p>> {
        self.steps = self.steps.checked_sub(1).ok_or(Stop::Endless)?;
        Ok(())
    }

    fn block(&mut self, frame: &mut Frame<'p>, block: &'p Block, depth: usize) -> Result<Flow<'p>, Stop<'p>> {
        let mut block = block;
        loop {
            self.step()?;
            for stmt in &block.stmts {
                self.stmt(frame, stmt, depth)?;
            }
            let flow = match &block.term {
                Term::Return(a) => {
                    assert_eq!(depth, 0, "no return inside a try");
                    return Ok(Flow::Return(self.atom(frame, *a)));
                }
                Term::TailCall(callee, args, _) => {
                    return Ok(Flow::Tail(self.target(frame, callee), self.atoms(frame, args)));
                }
                Term::TailApply(f, list, _) => {
                    let args = items(self.atom(frame, *list))?;
                    return Ok(Flow::Tail(Target::Value(self.atom(frame, *f)), args));
                }
                Term::Jump(label, args) => Flow::Jump(*label, self.atoms(frame, args)),
                Term::If { cond, then, otherwise } => {
                    block = if self.cond(frame, cond)? { then } else { otherwise };
                    continue;
                }
                Term::Try { body, error, handler } => match self.block(frame, body, depth + 1) {
                    Ok(flow) => flow,
                    Err(Stop::Raise(value)) => {
                        frame.env.insert(*error, value);
                        self.block(frame, handler, depth + 1)?
                    }
                    Err(stop) => return Err(stop),
                },
                Term::Unreachable => panic!("the unreachable is reached"),
            };
            let Flow::Jump(label, args) = flow else { return Ok(flow) };
            let (owner, join) = frame.joins[&label];
            if owner < depth {
                return Ok(Flow::Jump(label, args));
            }
            assert_eq!(join.params.len(), args.len(), "a jump has the right arguments");
            self.bind(frame, &join.params, args);
            block = &join.body;
        }
    }

    fn stmt(&mut self, frame: &mut Frame<'p>, stmt: &'p Stmt, depth: usize) -> Result<(), Stop<'p>> {
        self.step()?;
        match stmt {
            Stmt::Let { var, rhs, span: _ } => {
                if let Rhs::Closures { funcs, rest } = rhs {
                    self.closures(frame, *var, funcs, rest);
                } else {
                    let value = self.rhs(frame, rhs)?;
                    self.bind(frame, &[*var], vec![value]);
                }
            }
            Stmt::Join(join) => {
                frame.joins.insert(join.label, (depth, join));
            }
            Stmt::Funs(funs) => {
                let env = frame.env.clone();
                let made: Vec<_> = funs
                    .iter()
                    .map(|f| (f.var, Rc::new(Closure { func: &f.func, env: RefCell::new(env.clone()) })))
                    .collect();
                for (_, closure) in &made {
                    let group = made.iter().map(|(v, c)| (*v, Value::Closure(c.clone())));
                    closure.env.borrow_mut().extend(group);
                }
                frame.env.extend(made.into_iter().map(|(v, c)| (v, Value::Closure(c))));
            }
        }
        Ok(())
    }

    fn closures(&mut self, frame: &mut Frame<'p>, first: VarId, funcs: &[(FuncId, Vec<Atom>)], rest: &[VarId]) {
        let vars = std::iter::once(first).chain(rest.iter().copied());
        let made: Vec<Rc<Closure>> = funcs
            .iter()
            .map(|(f, _)| Rc::new(Closure { func: &self.program.funcs[f.index()], env: RefCell::default() }))
            .collect();
        frame.env.extend(vars.zip(made.iter().cloned().map(Value::Closure)));
        for ((f, captured), closure) in funcs.iter().zip(&made) {
            let values = self.atoms(frame, captured);
            let names = &self.program.funcs[f.index()].captures;
            assert_eq!(names.len(), values.len(), "a closure has the right captures");
            closure.env.borrow_mut().extend(names.iter().copied().zip(values));
        }
    }

    fn rhs(&mut self, frame: &Frame<'p>, rhs: &'p Rhs) -> Result<Value<'p>, Stop<'p>> {
        Ok(match rhs {
            Rhs::Atom(a) => self.atom(frame, *a),
            Rhs::Prim(prim, args) => {
                let args = self.atoms(frame, args);
                self.prim(prim.get().name, &args)?
            }
            Rhs::Call(callee, args) => {
                let (target, args) = (self.target(frame, callee), self.atoms(frame, args));
                self.call(target, args)?
            }
            Rhs::Apply(f, list) => {
                let args = items(self.atom(frame, *list))?;
                self.call(Target::Value(self.atom(frame, *f)), args)?
            }
            Rhs::Construct(c, args) => Value::Data(*c, Rc::new(self.atoms(frame, args))),
            Rhs::Tuple(args) => Value::Tuple(Rc::new(self.atoms(frame, args))),
            Rhs::IsCtor(c, a) => Value::Bool(matches!(self.atom(frame, *a), Value::Data(d, _) if d == *c)),
            Rhs::IsTuple(n, a) => Value::Bool(matches!(self.atom(frame, *a), Value::Tuple(items) if items.len() == *n)),
            Rhs::Field(i, a) => match self.atom(frame, *a) {
                Value::Tuple(items) | Value::Data(_, items) => items[*i].clone(),
                other => panic!("a field of {}", show(&other)),
            },
            Rhs::NewCell(a) => Value::Cell(Rc::new(RefCell::new(self.atom(frame, *a)))),
            Rhs::GetCell(a) => match self.atom(frame, *a) {
                Value::Cell(cell) => cell.borrow().clone(),
                other => panic!("the content of {}", show(&other)),
            },
            Rhs::SetCell(a, value) => match self.atom(frame, *a) {
                Value::Cell(cell) => {
                    *cell.borrow_mut() = self.atom(frame, *value);
                    Value::Nil
                }
                other => panic!("a store into {}", show(&other)),
            },
            Rhs::GetGlobal(g) => self.globals[g.index()].clone(),
            Rhs::SetGlobal(g, a) => {
                self.globals[g.index()] = self.atom(frame, *a);
                Value::Nil
            }
            Rhs::Effect(_) => unreachable!("effects are expanded"),
            Rhs::Closures { .. } => unreachable!("handled by the statement"),
        })
    }

    fn cond(&mut self, frame: &Frame<'p>, cond: &'p Cond) -> Result<bool, Stop<'p>> {
        Ok(match cond {
            Cond::Truthy(a) => truthy(&self.atom(frame, *a)),
            Cond::Prim(prim, args, _) => {
                let args = self.atoms(frame, args);
                truthy(&self.prim(prim.get().name, &args)?)
            }
            Cond::IsCtor(c, a) => matches!(self.atom(frame, *a), Value::Data(d, _) if d == *c),
            Cond::IsTuple(n, a) => matches!(self.atom(frame, *a), Value::Tuple(items) if items.len() == *n),
        })
    }

    fn target(&self, frame: &Frame<'p>, callee: &Callee) -> Target<'p> {
        let func = |f: FuncId| &self.program.funcs[f.index()];
        match callee {
            Callee::Func(f) => Target::Direct(func(*f), None),
            Callee::Known(f, closure) => match self.atom(frame, *closure) {
                Value::Closure(closure) => Target::Direct(func(*f), Some(closure)),
                other => panic!("a known call of {}", show(&other)),
            },
            Callee::Value(a) => Target::Value(self.atom(frame, *a)),
        }
    }

    fn atoms(&self, frame: &Frame<'p>, atoms: &[Atom]) -> Vec<Value<'p>> {
        atoms.iter().map(|a| self.atom(frame, *a)).collect()
    }

    fn atom(&self, frame: &Frame<'p>, atom: Atom) -> Value<'p> {
        match atom {
            Atom::Var(v) => frame.env.get(&v).unwrap_or_else(|| panic!("{v:?} is bound")).clone(),
            Atom::Int(n) => Value::Int(n.into()),
            Atom::Nil => Value::Nil,
            Atom::Bool(b) => Value::Bool(b),
            Atom::EmptyList => Value::Empty,
            Atom::Undef => Value::Undef,
            Atom::Keyword(n) | Atom::Symbol(n) => Value::Keyword(n.0),
            Atom::Ctor(c) => Value::Data(c, Rc::default()),
            Atom::Func(f) => {
                let func = &self.program.funcs[f.index()];
                Value::Closure(Rc::new(Closure { func, env: RefCell::default() }))
            }
            Atom::Data(_) | Atom::Multi(_) => unimplemented!("not in the tests"),
        }
    }

    fn prim(&mut self, name: &str, args: &[Value<'p>]) -> Result<Value<'p>, Stop<'p>> {
        use Value::{Bool, Cons, Int};
        Ok(match (name, args) {
            ("%print", [list]) => {
                let line: Vec<String> = items(list.clone())?.iter().map(show).collect();
                self.output.push(line.join(" "));
                Value::Nil
            }
            ("%raise", [kind, _, data]) => {
                return Err(Stop::Raise(Value::Tuple(Rc::new(vec![kind.clone(), data.clone()]))));
            }
            ("%cons", [_, tail]) if !matches!(tail, Value::Empty | Cons(_)) => return raise("cons"),
            ("%cons" | "%cons-unchecked", [a, b]) => Cons(Rc::new((a.clone(), b.clone()))),
            ("%head" | "%head-unchecked", [Cons(pair)]) => pair.0.clone(),
            ("%tail" | "%tail-unchecked", [Cons(pair)]) => pair.1.clone(),
            ("%head", [_]) => return raise("head"),
            ("%tail", [_]) => return raise("tail"),
            ("%not", [a]) => Bool(!truthy(a)),
            ("%same" | "%eq", [a, b]) => Bool(show(a) == show(b)),
            ("%is-cons", [a]) => Bool(matches!(a, Cons(_))),
            ("%is-nil", [a]) => Bool(matches!(a, Value::Nil)),
            ("%is-fixnum" | "%is-int" | "%is-number", [a]) => Bool(matches!(a, Int(_))),
            ("%is-bool", [a]) => Bool(matches!(a, Bool(_))),
            ("%is-list", [a]) => Bool(matches!(a, Cons(_) | Value::Empty)),
            (_, [Int(a), Int(b)]) => arithmetic(name, *a, *b)?,
            (_, [_, _]) => return raise(name),
            _ => unimplemented!("primitive {name}"),
        })
    }
}

fn arithmetic<'p>(name: &str, a: i128, b: i128) -> Result<Value<'p>, Stop<'p>> {
    Ok(match name {
        "%add" => Value::Int(a.wrapping_add(b)),
        "%sub" => Value::Int(a.wrapping_sub(b)),
        "%mul" => Value::Int(a.wrapping_mul(b)),
        "%lt" => Value::Bool(a < b),
        "%le" => Value::Bool(a <= b),
        "%gt" => Value::Bool(a > b),
        "%ge" => Value::Bool(a >= b),
        "%bit-and" => Value::Int(a & b),
        "%quot" | "%rem" if b == 0 => return raise(name),
        "%quot" => Value::Int(a / b),
        "%rem" => Value::Int(a % b),
        _ => unimplemented!("primitive {name}"),
    })
}

fn items<'p>(list: Value<'p>) -> Result<Vec<Value<'p>>, Stop<'p>> {
    let mut found = Vec::new();
    let mut list = list;
    loop {
        list = match list {
            Value::Empty => return Ok(found),
            Value::Cons(pair) => {
                found.push(pair.0.clone());
                pair.1.clone()
            }
            _ => return raise("not a list"),
        };
    }
}

/// Arguments of a checked call as the function's parameters take them.
fn spread<'p>(func: &Func, mut args: Vec<Value<'p>>) -> Result<Vec<Value<'p>>, Stop<'p>> {
    let fixed = func.params.len() - usize::from(func.variadic);
    if args.len() < fixed || !func.variadic && args.len() > fixed {
        return raise("arity");
    }
    if func.variadic {
        let rest = args.split_off(fixed).into_iter().rev();
        args.push(rest.fold(Value::Empty, |tail, head| Value::Cons(Rc::new((head, tail)))));
    }
    Ok(args)
}
