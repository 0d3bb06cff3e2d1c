//! Random programs in nested Core, for tests. They always end: loops and recursion count down.

use cl_abi::prims;
use cl_core::ir::*;
use cl_text::{FileId, Span};

const SPAN: Span = Span { file: FileId(0), start: 0, end: 0 };

/// The program of a seed.
pub fn program(seed: u64) -> Program {
    let mut generator = Generator { state: seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1, program: Program::default() };
    let count = 1 + generator.below(4);
    for i in 0..count {
        let func = generator.top(i);
        generator.program.funcs.push(func);
    }
    let main = generator.main();
    generator.program.funcs.push(main);
    generator.program.entry = Some(FuncId(count as u32));
    generator.program
}

/// What may be used where code is made.
#[derive(Clone, Default)]
struct Scope {
    vars: Vec<VarId>,
    /// Those of them that are numbers.
    numbers: Vec<VarId>,
    /// With the number of parameters; the first counts down.
    funs: Vec<(VarId, usize)>,
    cells: Vec<VarId>,
    end: End,
}

/// How blocks end.
#[derive(Clone, Copy, Default)]
enum End {
    #[default]
    Return,
    /// With one argument.
    Jump(LabelId),
}

fn prim(name: &str) -> prims::PrimId {
    prims::by_name(name).unwrap()
}

struct Generator {
    state: u64,
    program: Program,
}

impl Generator {
    fn below(&mut self, n: usize) -> usize {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 33) as usize % n
    }

    fn var(&mut self, name: &str) -> VarId {
        self.program.vars.push(VarInfo { name: name.into() });
        VarId(self.program.vars.len() as u32 - 1)
    }

    fn label(&mut self) -> LabelId {
        self.program.label_count += 1;
        LabelId(self.program.label_count - 1)
    }

    fn params(&mut self, count: usize) -> Vec<VarId> {
        (0..count).map(|_| self.var("p")).collect()
    }

    fn top(&mut self, i: usize) -> Func {
        let count = 1 + self.below(3);
        let params = self.params(count);
        let scope = Scope { vars: params.clone(), ..Scope::default() };
        let body = self.counted(&scope, params[0], Callee::Value(Atom::Func(FuncId(i as u32))), params.len());
        let inline = self.below(6) == 0;
        Func { name: format!("f{i}").into(), span: SPAN, params, variadic: false, captures: vec![], body, inline }
    }

    /// A body that may call its own function while the counter is positive.
    fn counted(&mut self, scope: &Scope, counter: VarId, itself: Callee, arity: usize) -> Block {
        if self.below(3) == 0 {
            return self.block(scope, 5);
        }
        let less = self.var("less");
        let mut stmts = vec![self.prim_stmt(less, "%sub", vec![Atom::Var(counter), Atom::Int(1)])];
        let mut args = vec![Atom::Var(less)];
        args.extend((1..arity).map(|_| self.atom(scope)));
        let term = if self.below(2) == 0 {
            Term::TailCall(itself, args, SPAN)
        } else {
            let var = self.var("again");
            stmts.push(Stmt::Let { var, rhs: Rhs::Call(itself, args), span: SPAN });
            let mut inner = scope.clone();
            inner.vars.push(var);
            let rest = self.block(&inner, 4);
            stmts.extend(rest.stmts);
            rest.term
        };
        let low = prim("%le");
        let test = prim("%is-fixnum");
        let counting = Block { stmts, term };
        let counted = Block {
            stmts: vec![],
            term: Term::If {
                cond: Cond::Prim(low, vec![Atom::Var(counter), Atom::Int(0)], SPAN),
                then: Box::new(self.block(scope, 3)),
                otherwise: Box::new(counting),
            },
        };
        let cond = Cond::Prim(test, vec![Atom::Var(counter)], SPAN);
        let otherwise = Box::new(self.block(scope, 2));
        Block { stmts: vec![], term: Term::If { cond, then: Box::new(counted), otherwise } }
    }

    fn main(&mut self) -> Func {
        let end = self.var("end");
        let mut stmts = Vec::new();
        for _ in 0..1 + self.below(3) {
            let body = self.block(&Scope::default(), 8);
            let fun = self.var("part");
            let func = self.func("part", vec![], body);
            stmts.push(Stmt::Funs(vec![LocalFun { var: fun, func }]));
            let var = self.var("value");
            stmts.push(Stmt::Let { var, rhs: Rhs::Call(Callee::Value(Atom::Var(fun)), vec![]), span: SPAN });
            self.print(Atom::Var(var), &mut stmts);
        }
        stmts.push(Stmt::Let { var: end, rhs: Rhs::Atom(Atom::Nil), span: SPAN });
        let body = Block { stmts, term: Term::Return(Atom::Var(end)) };
        self.func("main", vec![], body)
    }

    fn func(&mut self, name: &str, params: Vec<VarId>, body: Block) -> Func {
        Func { name: name.into(), span: SPAN, params, variadic: false, captures: vec![], body, inline: false }
    }

    fn print(&mut self, atom: Atom, out: &mut Vec<Stmt>) {
        let (list, done) = (self.var("list"), self.var("done"));
        out.push(self.prim_stmt(list, "%cons-unchecked", vec![atom, Atom::EmptyList]));
        out.push(self.prim_stmt(done, "%print", vec![Atom::Var(list)]));
    }

    fn prim_stmt(&mut self, var: VarId, name: &str, args: Vec<Atom>) -> Stmt {
        Stmt::Let { var, rhs: Rhs::Prim(prim(name), args), span: SPAN }
    }

    /// Most likely a number.
    fn number(&mut self, scope: &Scope) -> Atom {
        match self.below(8) {
            0 => self.atom(scope),
            1..=4 if !scope.numbers.is_empty() => Atom::Var(scope.numbers[self.below(scope.numbers.len())]),
            _ => Atom::Int(self.below(7) as i64 - 3),
        }
    }

    fn atom(&mut self, scope: &Scope) -> Atom {
        match self.below(10) {
            0 => Atom::Nil,
            1 => Atom::Bool(self.state & 64 != 0),
            2 | 3 => Atom::Int(self.below(5) as i64),
            4 if !scope.funs.is_empty() => Atom::Var(scope.funs[self.below(scope.funs.len())].0),
            _ if !scope.vars.is_empty() => Atom::Var(scope.vars[self.below(scope.vars.len())]),
            _ => Atom::Int(3),
        }
    }

    fn cond(&mut self, scope: &Scope) -> Cond {
        let (a, b) = (self.atom(scope), self.atom(scope));
        match self.below(6) {
            0 => Cond::Prim(prim("%is-fixnum"), vec![a], SPAN),
            1 => Cond::Prim(prim("%same"), vec![a, b], SPAN),
            2 => Cond::Prim(prim("%not"), vec![a], SPAN),
            3 => Cond::Prim(prim("%lt"), vec![a, b], SPAN),
            4 => Cond::IsTuple(2, a),
            _ => Cond::Truthy(a),
        }
    }

    /// A block of about `size` statements.
    fn block(&mut self, scope: &Scope, size: usize) -> Block {
        let mut scope = scope.clone();
        let mut stmts = Vec::new();
        for _ in 0..self.below(size.max(1)) {
            self.stmt(&mut scope, &mut stmts, size);
        }
        let term = self.term(&mut scope, &mut stmts, size);
        Block { stmts, term }
    }

    fn stmt(&mut self, scope: &mut Scope, out: &mut Vec<Stmt>, size: usize) {
        let var = self.var("v");
        let (a, b) = (self.atom(scope), self.atom(scope));
        let rhs = match self.below(20) {
            0 => return self.print(a, out),
            1..=3 => {
                let name = ["%add", "%sub", "%lt", "%cons", "%eq", "%mul", "%bit-and", "%quot"][self.below(8)];
                let args = match name {
                    "%cons" if self.below(4) > 0 => vec![a, Atom::EmptyList],
                    "%cons" | "%eq" => vec![a, b],
                    _ => vec![self.number(scope), self.number(scope)],
                };
                if !matches!(name, "%cons" | "%eq" | "%lt") {
                    scope.numbers.push(var);
                }
                Rhs::Prim(prim(name), args)
            }
            4 => Rhs::Prim(prim(["%not", "%is-nil", "%is-cons", "%head", "%is-bool"][self.below(5)]), vec![a]),
            5 => Rhs::Tuple(vec![a, b]),
            6 | 7 => {
                scope.cells.push(var);
                out.push(Stmt::Let { var, rhs: Rhs::NewCell(a), span: SPAN });
                return;
            }
            8 | 9 if !scope.cells.is_empty() => Rhs::GetCell(Atom::Var(scope.cells[self.below(scope.cells.len())])),
            10 | 11 if !scope.cells.is_empty() => {
                Rhs::SetCell(Atom::Var(scope.cells[self.below(scope.cells.len())]), a)
            }
            12 | 13 if !scope.funs.is_empty() => {
                let (fun, arity) = scope.funs[self.below(scope.funs.len())];
                Rhs::Call(Callee::Value(Atom::Var(fun)), self.arguments(scope, arity))
            }
            14 if !self.program.funcs.is_empty() => self.top_call(scope),
            15 | 16 if size > 2 => {
                self.local_function(scope, out, size);
                return;
            }
            17 => Rhs::Call(Callee::Value(a), vec![b]),
            _ => Rhs::Atom(a),
        };
        scope.vars.push(var);
        out.push(Stmt::Let { var, rhs, span: SPAN });
    }

    fn arguments(&mut self, scope: &Scope, arity: usize) -> Vec<Atom> {
        let mut args = vec![Atom::Int(self.below(3) as i64)];
        args.extend((1..arity).map(|_| self.atom(scope)));
        args
    }

    fn top_call(&mut self, scope: &Scope) -> Rhs {
        let i = self.below(self.program.funcs.len());
        let arity = self.program.funcs[i].params.len();
        Rhs::Call(Callee::Value(Atom::Func(FuncId(i as u32))), self.arguments(scope, arity))
    }

    fn local_function(&mut self, scope: &mut Scope, out: &mut Vec<Stmt>, size: usize) {
        let fun = self.var("f");
        let count = 1 + self.below(2);
        let params = self.params(count);
        let mut inner = Scope { end: End::Return, ..scope.clone() };
        inner.vars.extend(&params);
        let body = if self.below(3) == 0 {
            self.counted(&inner, params[0], Callee::Value(Atom::Var(fun)), params.len())
        } else {
            self.block(&inner, size / 2)
        };
        let func = self.func("local", params.clone(), body);
        out.push(Stmt::Funs(vec![LocalFun { var: fun, func }]));
        scope.funs.push((fun, params.len()));
    }

    fn finish(&mut self, scope: &Scope) -> Term {
        let atom = self.atom(scope);
        match scope.end {
            End::Return if !scope.funs.is_empty() && self.below(3) == 0 => {
                let (fun, arity) = scope.funs[self.below(scope.funs.len())];
                Term::TailCall(Callee::Value(Atom::Var(fun)), self.arguments(scope, arity), SPAN)
            }
            End::Return => Term::Return(atom),
            End::Jump(label) => Term::Jump(label, vec![atom]),
        }
    }

    fn term(&mut self, scope: &mut Scope, out: &mut Vec<Stmt>, size: usize) -> Term {
        if size < 2 {
            return self.finish(scope);
        }
        match self.below(7) {
            0..=2 => Term::If {
                cond: self.cond(scope),
                then: Box::new(self.block(scope, size / 2)),
                otherwise: Box::new(self.block(scope, size / 2)),
            },
            3 => {
                let (label, join) = self.join(scope, size);
                let inner = Scope { end: End::Jump(label), ..scope.clone() };
                let rest = self.block(&inner, size - 1);
                out.push(join);
                out.extend(rest.stmts);
                rest.term
            }
            4 => self.counted_loop(scope, out, size),
            5 => {
                let (label, join) = self.join(scope, size);
                out.push(join);
                let inner = Scope { end: End::Jump(label), ..scope.clone() };
                let error = self.var("e");
                let mut handled = inner.clone();
                handled.vars.push(error);
                let body = Box::new(self.block(&inner, size / 2 + 1));
                Term::Try { body, error, handler: Box::new(self.block(&handled, size / 2)) }
            }
            _ => self.finish(scope),
        }
    }

    /// A join with one parameter that goes on as the scope does.
    fn join(&mut self, scope: &Scope, size: usize) -> (LabelId, Stmt) {
        let (label, param) = (self.label(), self.var("j"));
        let mut inner = scope.clone();
        inner.vars.push(param);
        let body = self.block(&inner, size / 2);
        (label, Stmt::Join(Join { label, params: vec![param], body, recursive: false }))
    }

    /// A loop that runs a few times, then goes on as the scope does.
    fn counted_loop(&mut self, scope: &Scope, out: &mut Vec<Stmt>, size: usize) -> Term {
        let (head, next) = (self.label(), self.label());
        let (i, acc, value, less) = (self.var("i"), self.var("acc"), self.var("x"), self.var("less"));
        let mut inner = scope.clone();
        inner.vars.extend([i, acc]);
        let exit = self.block(&inner, size / 2);
        let turn = self.block(&Scope { end: End::Jump(next), ..inner.clone() }, size / 2);
        let step = vec![self.prim_stmt(less, "%sub", vec![Atom::Var(i), Atom::Int(1)])];
        let back = Block { stmts: step, term: Term::Jump(head, vec![Atom::Var(less), Atom::Var(value)]) };
        let mut stmts = vec![Stmt::Join(Join { label: next, params: vec![value], body: back, recursive: false })];
        stmts.extend(turn.stmts);
        let again = Block { stmts, term: turn.term };
        let cond = Cond::Prim(prim("%le"), vec![Atom::Var(i), Atom::Int(0)], SPAN);
        let body = Block { stmts: vec![], term: Term::If { cond, then: Box::new(exit), otherwise: Box::new(again) } };
        out.push(Stmt::Join(Join { label: head, params: vec![i, acc], body, recursive: true }));
        let first = Atom::Int(self.below(4) as i64);
        Term::Jump(head, vec![first, self.atom(scope)])
    }
}
