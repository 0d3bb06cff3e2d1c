//! The resolved tree as text, for tests and for people: S-expressions in which every variable carries its number.

use crate::hir::*;
use std::fmt::Write;

/// The program's forms, one a line. With `library`, also the library's.
pub fn program(program: &Program, library: bool) -> String {
    let mut out = String::new();
    let dump = Dump { program };
    for form in &program.forms {
        match form {
            Form::Define { global, value, .. } => {
                let info = &program.globals[global.0 as usize];
                if library || !program.modules[info.module.0 as usize].is_std {
                    let _ = writeln!(out, "(define {} {})", info.name, dump.expr(*value));
                }
            }
            Form::Expr(value) => {
                let _ = writeln!(out, "{}", dump.expr(*value));
            }
        }
    }
    out
}

/// One expression.
pub fn expr(program: &Program, id: ExprId) -> String {
    Dump { program }.expr(id)
}

struct Dump<'a> {
    program: &'a Program,
}

impl Dump<'_> {
    fn var(&self, var: VarId) -> String {
        let info = &self.program.vars[var.0 as usize];
        let marks = match (info.assigned, info.captured) {
            (true, true) => "!^",
            (true, false) => "!",
            (false, true) => "^",
            (false, false) => "",
        };
        format!("{}.{}{marks}", info.name, var.0)
    }

    fn exprs(&self, ids: &[ExprId]) -> String {
        ids.iter().map(|id| format!(" {}", self.expr(*id))).collect()
    }

    fn expr(&self, id: ExprId) -> String {
        match &self.program.exprs[id.0 as usize].kind {
            ExprKind::Const(value) => constant(value),
            ExprKind::Local(var) => self.var(*var),
            ExprKind::Global(global) => self.program.globals[global.0 as usize].name.to_string(),
            ExprKind::Ctor(ctor) => self.program.ctors[ctor.0 as usize].name.to_string(),
            ExprKind::Lambda(lambda) => self.lambda(lambda),
            ExprKind::CaseLambda(cases) => {
                format!("(case{})", cases.iter().map(|l| format!(" {}", self.lambda(l))).collect::<String>())
            }
            ExprKind::Call { callee, args } => format!("({}{})", self.expr(*callee), self.exprs(args)),
            ExprKind::Prim { prim, args } => format!("({}{})", prim.get().name, self.exprs(args)),
            ExprKind::If { cond, then, otherwise } => {
                format!("(if {} {} {})", self.expr(*cond), self.expr(*then), self.expr(*otherwise))
            }
            ExprKind::Block(items) => {
                format!("(block{})", items.iter().map(|i| format!(" {}", self.item(i))).collect::<String>())
            }
            ExprKind::SetLocal { var, value } => format!("(set! {} {})", self.var(*var), self.expr(*value)),
            ExprKind::SetGlobal { global, value } => {
                format!("(set! {} {})", self.program.globals[global.0 as usize].name, self.expr(*value))
            }
            ExprKind::Loop { id, vars, body } => {
                let vars: Vec<String> =
                    vars.iter().map(|(v, e)| format!("({} {})", self.var(*v), self.expr(*e))).collect();
                format!("(loop @{} ({}) {})", id.0, vars.join(" "), self.expr(*body))
            }
            ExprKind::Recur { id, args } => format!("(recur @{}{})", id.0, self.exprs(args)),
            ExprKind::Match { scrutinee, arms } => self.match_arms(*scrutinee, arms),
            ExprKind::Try { body, catch, finally } => {
                let mut out = format!("(try {}", self.expr(*body));
                if let Some(Catch { var, body, all }) = catch {
                    let word = if *all { "catch-all" } else { "catch" };
                    let _ = write!(out, " ({word} {} {})", self.var(*var), self.expr(*body));
                }
                if let Some(finally) = finally {
                    let _ = write!(out, " (finally {})", self.expr(*finally));
                }
                out + ")"
            }
            ExprKind::List(items) => format!("[{}]", self.exprs(items).trim_start()),
            ExprKind::Dict(pairs) => {
                let pairs: Vec<String> =
                    pairs.iter().map(|(k, v)| format!("{} {}", self.expr(*k), self.expr(*v))).collect();
                format!("{{{}}}", pairs.join(" "))
            }
            ExprKind::Set(items) => format!("#{{{}}}", self.exprs(items).trim_start()),
            ExprKind::Ascribe { value, ty, blame } => format!("(: {} {} {blame:?})", self.expr(*value), type_text(ty)),
            ExprKind::Perform { op, args } => format!("(perform {}{})", self.op(*op), self.exprs(args)),
            ExprKind::Handled(op) => format!("(handled {})", self.op(*op)),
            ExprKind::Handle(handler) => self.handler(handler),
            ExprKind::Resume(value) => format!("(resume {})", self.expr(*value)),
            ExprKind::Leave(value) => format!("(leave {})", self.expr(*value)),
            ExprKind::Resumption(request) => format!("(resumption {})", self.var(*request)),
        }
    }

    fn op(&self, op: OpId) -> &str {
        &self.program.ops[op.0 as usize].name
    }

    fn handler(&self, handler: &Handler) -> String {
        let mut out = String::from("(handler (");
        for clause in &handler.clauses {
            let target = match &clause.target {
                Target::Op(op) => self.op(*op),
                Target::Kind(kind) => kind,
            };
            let mode = match clause.mode {
                Mode::Aborts => "aborts",
                Mode::TailResumes { .. } => "resumes",
                Mode::General => "general",
            };
            let _ = write!(out, "({target} {mode} {})", self.expr(clause.func));
        }
        if let Some(ret) = handler.ret {
            let _ = write!(out, "(return {})", self.expr(ret));
        }
        out + ") " + &self.expr(handler.body) + ")"
    }

    fn match_arms(&self, scrutinee: ExprId, arms: &[Arm]) -> String {
        let mut out = format!("(match {}", self.expr(scrutinee));
        for arm in arms {
            let _ = write!(out, " ({}", self.pat(arm.pat));
            if let Some(guard) = arm.guard {
                let _ = write!(out, " :when {}", self.expr(guard));
            }
            let _ = write!(out, " {})", self.expr(arm.body));
        }
        out + ")"
    }

    fn item(&self, item: &Item) -> String {
        match item {
            Item::Bind { var, value } => format!("(bind {} {})", self.var(*var), self.expr(*value)),
            Item::Destructure { pat, value } => format!("(take {} {})", self.pat(*pat), self.expr(*value)),
            Item::Do(value) => self.expr(*value),
        }
    }

    fn lambda(&self, lambda: &Lambda) -> String {
        let mut params: Vec<String> = lambda.params.iter().map(|p| self.var(*p)).collect();
        params.extend(lambda.rest.map(|r| format!("...{}", self.var(r))));
        format!("(lambda {} ({}) {})", lambda.name, params.join(" "), self.expr(lambda.body))
    }

    fn pats(&self, ids: &[PatId]) -> String {
        ids.iter().map(|id| format!(" {}", self.pat(*id))).collect()
    }

    fn pat(&self, id: PatId) -> String {
        match &self.program.pats[id.0 as usize].kind {
            PatKind::Wild => "_".into(),
            PatKind::Bind(var) => self.var(*var),
            PatKind::Const(value) => constant(value),
            PatKind::List { items, rest } => {
                let rest = rest.map_or(String::new(), |r| format!(" ...{}", self.pat(r)));
                format!("[{}{rest}]", self.pats(items).trim_start())
            }
            PatKind::Tuple(items) => format!("(tuple{})", self.pats(items)),
            PatKind::Ctor { ctor, args } => {
                format!("({}{})", self.program.ctors[ctor.0 as usize].name, self.pats(args))
            }
            PatKind::Dict(pairs) => {
                let pairs: Vec<String> =
                    pairs.iter().map(|(k, p)| format!("{} {}", constant(k), self.pat(*p))).collect();
                format!("{{{}}}", pairs.join(" "))
            }
            PatKind::Or(items) => format!("(or{})", self.pats(items)),
            PatKind::As { pat, var } => format!("(as {} {})", self.pat(*pat), self.var(*var)),
            PatKind::Type { pat, ty } => format!("(: {} {})", self.pat(*pat), type_text(ty)),
        }
    }
}

/// A constant as the language would write it.
pub fn constant(value: &Const) -> String {
    let list = |items: &[Const]| items.iter().map(constant).collect::<Vec<_>>().join(" ");
    match value {
        Const::Nil => "nil".into(),
        Const::Bool(b) => b.to_string(),
        Const::Int(n) => n.to_string(),
        Const::Float(x) => format!("{x:?}"),
        Const::String(s) => format!("{s:?}"),
        Const::Keyword(s) => format!(":{s}"),
        Const::Symbol(s) => format!("'{s}"),
        Const::List(items) => format!("'[{}]", list(items)),
        Const::Dict(pairs) => {
            let pairs: Vec<String> = pairs.iter().map(|(k, v)| format!("{} {}", constant(k), constant(v))).collect();
            format!("'{{{}}}", pairs.join(" "))
        }
        Const::Set(items) => format!("'#{{{}}}", list(items)),
    }
}

/// A type as the language writes it.
pub fn type_text(ty: &Type) -> String {
    let all = |types: &[Type]| types.iter().map(|t| format!(" {}", type_text(t))).collect::<String>();
    match ty {
        Type::Int => "Int".into(),
        Type::Float => "Float".into(),
        Type::Number => "Number".into(),
        Type::Bool => "Bool".into(),
        Type::Nil => "Nil".into(),
        Type::String => "String".into(),
        Type::Symbol => "Symbol".into(),
        Type::Keyword => "Keyword".into(),
        Type::Bytes => "Bytes".into(),
        Type::DateTime => "DateTime".into(),
        Type::VNode => "VNode".into(),
        Type::Any => "Any".into(),
        Type::Never => "Never".into(),
        Type::List(t) => format!("(List {})", type_text(t)),
        Type::Array(t) => format!("(Array {})", type_text(t)),
        Type::Dict(k, v) => format!("(Dict {} {})", type_text(k), type_text(v)),
        Type::Set(t) => format!("(Set {})", type_text(t)),
        Type::Tuple(types) => format!("(Tuple{})", all(types)),
        Type::Function { params, rest, result, effects } => {
            let rest = rest.as_ref().map_or(String::new(), |t| format!(" (Rest {})", type_text(t)));
            let effects = effects
                .as_ref()
                .map_or(String::new(), |e| format!(" !{}", e.iter().map(|n| format!(" {n}")).collect::<String>()));
            format!("(Function{}{rest}{effects} {})", all(params), type_text(result))
        }
        Type::Promise(t) => format!("(Promise {})", type_text(t)),
        Type::Channel(t) => format!("(Channel {})", type_text(t)),
        Type::Or(types) => format!("(or{})", all(types)),
        Type::Data(name, args) | Type::Kind(name, args) if args.is_empty() => name.to_string(),
        Type::Data(name, args) | Type::Kind(name, args) => format!("({name}{})", all(args)),
        Type::Var(name) => name.to_string(),
    }
}
