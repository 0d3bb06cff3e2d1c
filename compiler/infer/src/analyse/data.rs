//! Values and their parts: constants, constructors, what is taken out.

use super::Analysis;
use crate::scheme::{Def, Derive, Proj};
use crate::types::{DataType, FnId, Kinds, Part, Ty, TyVar, Types};
use cl_core::ir::{Atom, CtorId, DataId, Datum, GlobalKind};
use cl_lang::hir::Type;
use std::rc::Rc;

/// Steps from a parameter that are followed: parts of parts, results of results.
const MAX_STEPS: u8 = 3;

impl<'p> Analysis<'p> {
    pub(super) fn constant(&mut self, atom: Atom) -> Ty {
        let kinds = match atom {
            Atom::Int(_) => Kinds::INT,
            Atom::Nil => Kinds::NIL,
            Atom::Bool(true) => Kinds::TRUE,
            Atom::Bool(false) => Kinds::FALSE,
            Atom::EmptyList => Kinds::EMPTY,
            Atom::Keyword(_) => Kinds::KEYWORD,
            Atom::Symbol(_) => Kinds::SYMBOL,
            Atom::Ctor(ctor) => return self.construct(ctor, &[]),
            Atom::Data(data) => return self.literal(data),
            Atom::Func(f) => return self.function_value(FnId(f.0)),
            Atom::Multi(g) => match &self.core.globals[g.index()].kind {
                GlobalKind::Multi(funcs) if !funcs.is_empty() => {
                    return self.function_value(FnId(funcs[0].0));
                }
                _ => Kinds::FUN,
            },
            Atom::Undef => Kinds::NONE,
            Atom::Var(_) => Kinds::ALL,
        };
        self.types.of_kinds(kinds)
    }

    fn function_value(&mut self, id: FnId) -> Ty {
        self.types.of_part(Part::Fn(id, [].into()))
    }

    fn literal(&mut self, data: DataId) -> Ty {
        if let Some(ty) = self.literals.get(&data) {
            return *ty;
        }
        let ty = match &self.core.data[data.index()] {
            Datum::String(_) => self.types.of_kinds(Kinds::STRING),
            Datum::Float(_) => self.types.of_kinds(Kinds::FLOAT),
            Datum::BigInt { .. } => self.types.of_kinds(Kinds::INT),
            Datum::Cons(..) => self.literal_list(data),
            Datum::Tuple(items) => {
                let items = items.iter().map(|a| self.constant(*a)).collect();
                self.types.of_part(Part::Tuple(items))
            }
        };
        self.literals.insert(data, ty);
        ty
    }

    fn literal_list(&mut self, data: DataId) -> Ty {
        let mut items = Types::NEVER;
        let mut at = Atom::Data(data);
        while let Atom::Data(cell) = at {
            let Datum::Cons(head, tail) = &self.core.data[cell.index()] else { break };
            let head = self.constant(*head);
            items = self.types.union(items, head);
            at = *tail;
        }
        self.types.of_part(Part::Cons(items))
    }

    // ---------------------------------------------------------------- constructors

    /// The type of a new value of a constructor.
    pub(super) fn construct(&mut self, ctor: CtorId, fields: &[Ty]) -> Ty {
        let info = &self.hir.ctors[ctor.index()];
        let mut args = vec![Types::NEVER; info.type_params.len()];
        for (field, value) in info.fields.iter().zip(fields) {
            self.bind_params(&field.ty, *value, &info.type_params, &mut args);
        }
        let ty = self.data_types[ctor.index()];
        self.types.of_part(Part::Data { ty, ctors: [ctor].into(), args: args.into() })
    }

    /// What type parameters must be for a value to be of a type.
    fn bind_params(&mut self, ty: &Type, value: Ty, params: &[Rc<str>], args: &mut [Ty]) {
        if !mentions(ty, params) {
            return;
        }
        match ty {
            Type::Var(name) => {
                if let Some(i) = params.iter().position(|p| p == name) {
                    args[i] = self.types.union(args[i], value);
                }
            }
            Type::List(t) => self.bind_part(t, value, Proj::Item, params, args),
            Type::Set(t) => self.bind_part(t, value, Proj::Element, params, args),
            Type::Dict(k, v) => {
                self.bind_part(k, value, Proj::Key, params, args);
                self.bind_part(v, value, Proj::Value, params, args);
            }
            Type::Tuple(items) => {
                for (i, t) in items.iter().enumerate() {
                    let proj = Proj::TupleItem { size: items.len() as u32, index: i as u32 };
                    self.bind_part(t, value, proj, params, args);
                }
            }
            Type::Or(types) => types.iter().for_each(|t| self.bind_params(t, value, params, args)),
            Type::Data(name, inner) => {
                let Some(data) = self.data_type(name) else { return };
                for (i, t) in inner.iter().enumerate() {
                    self.bind_part(t, value, Proj::Arg { ty: data, index: i as u32 }, params, args);
                }
            }
            _ => {
                // Functions, Arrays and handles: what is inside may be anything.
                for (arg, param) in args.iter_mut().zip(params) {
                    if mentions(ty, std::slice::from_ref(param)) {
                        *arg = Types::ANY;
                    }
                }
            }
        }
    }

    fn bind_part(&mut self, ty: &Type, value: Ty, proj: Proj, params: &[Rc<str>], args: &mut [Ty]) {
        if mentions(ty, params) {
            let part = self.project(value, proj);
            self.bind_params(ty, part, params, args);
        }
    }

    pub(super) fn data_type(&self, name: &str) -> Option<DataType> {
        self.data_by_name.get(name).copied()
    }

    /// A field's type for type arguments. Of parts inside, only what was followed from where the value was made is believed:
    /// nothing checks the rest.
    fn field(&mut self, ctor: CtorId, index: usize, args: &[Ty]) -> Ty {
        let info = &self.hir.ctors[ctor.index()];
        match info.fields.get(index) {
            Some(field) => self.checked(&field.ty, &info.type_params, args),
            None => Types::NEVER,
        }
    }

    /// The type of what a run-time check of a type lets pass.
    pub(super) fn checked(&mut self, ty: &Type, params: &[Rc<str>], args: &[Ty]) -> Ty {
        let followed = |t: &Type| is_followed(t, params);
        match ty {
            Type::Var(name) => params.iter().position(|p| p == name).map_or(Types::ANY, |i| args[i]),
            Type::Or(types) => {
                let types: Vec<Ty> = types.iter().map(|t| self.checked(t, params, args)).collect();
                self.types.union_all(types)
            }
            Type::List(t) if followed(t) => {
                let item = self.checked(t, params, args);
                self.types.list(item)
            }
            Type::Tuple(items) => {
                let item = |t: &Type| if followed(t) { self.checked(t, params, args) } else { Types::ANY };
                let items = items.iter().map(item).collect();
                self.types.of_part(Part::Tuple(items))
            }
            Type::Data(name, inner) => {
                let Some(data) = self.data_type(name) else { return Types::ANY };
                let count = self.hir.ctors[data.index()].type_params.len();
                let mut inner: Vec<Ty> = inner
                    .iter()
                    .map(|t| if followed(t) { self.checked(t, params, args) } else { Types::ANY })
                    .collect();
                inner.resize(count, Types::ANY);
                let ctors = self.ctors_of(data);
                self.types.of_part(Part::Data { ty: data, ctors, args: inner.into() })
            }
            _ => self.types.of_kinds(outer_kinds(ty)),
        }
    }

    pub(super) fn ctors_of(&self, data: DataType) -> Box<[CtorId]> {
        let first = data.index();
        let same = self.data_types[first..].iter().take_while(|t| **t == data).count();
        (first..first + same).map(|i| CtorId(i as u32)).collect()
    }

    // ---------------------------------------------------------------- parts

    /// What is taken out of values of a type; of a variable, a variable that is derived from it.
    pub(super) fn project(&mut self, ty: Ty, proj: Proj) -> Ty {
        let node = self.types.node(ty).clone();
        let kind = proj.kind();
        let mut out = Types::NEVER;
        if node.kinds.has(kind) && !node.parts.iter().any(|p| p.kind() == kind) {
            return Types::ANY;
        }
        for part in &node.parts {
            let inner = self.part(part, proj);
            out = self.types.union(out, inner);
        }
        for (var, bound) in &node.vars {
            let limit = self.project(*bound, proj);
            let inner = self.derive(Derive::Project(*var, proj), limit);
            out = self.types.union(out, inner);
        }
        out
    }

    fn part(&mut self, part: &Part, proj: Proj) -> Ty {
        match (part, proj) {
            (Part::Cons(t), Proj::Item)
            | (Part::Set(t), Proj::Element)
            | (Part::Promise(t), Proj::Promised)
            | (Part::Channel(t), Proj::Message)
            | (Part::Dict(t, _), Proj::Key)
            | (Part::Dict(_, t), Proj::Value) => *t,
            (Part::Tuple(items), Proj::TupleItem { size, index }) if items.len() == size as usize => {
                items[index as usize]
            }
            (Part::Data { ctors, args, .. }, Proj::Field { ctor, index }) if ctors.contains(&ctor) => {
                let args = args.clone();
                self.field(ctor, index as usize, &args)
            }
            (Part::Data { ty, args, .. }, Proj::Arg { ty: wanted, index }) if *ty == wanted => {
                args.get(index as usize).copied().unwrap_or(Types::ANY)
            }
            _ => Types::NEVER,
        }
    }

    /// The variable that stands for something derived from another one, within a limit; `Any` where it is not followed.
    pub(super) fn derive(&mut self, how: Derive, limit: Ty) -> Ty {
        let (of, is_call) = match how {
            Derive::Project(of, _) => (of, false),
            Derive::Apply(of, ..) => (of, true),
        };
        if limit == Types::NEVER && !is_call {
            return Types::NEVER;
        }
        let limit = self.types.close(limit);
        match self.derived_var(how, of) {
            Some(var) => self.types.of_var(var, limit),
            None => limit,
        }
    }

    /// The variable for something derived in the function that is being walked; none where it is not followed.
    pub(super) fn derived_var(&mut self, how: Derive, of: TyVar) -> Option<TyVar> {
        let id = self.frame.id;
        let info = &self.vars[of.index()];
        let depth = info.depth + 1;
        if self.given_up || depth > MAX_STEPS || !self.table.is_inside(id, info.owner) {
            return None;
        }
        let var = match self.derived.get(&(id, how)) {
            Some(var) => *var,
            None => {
                let var = self.new_var(id, depth);
                self.derived.insert((id, how), var);
                var
            }
        };
        if self.definitions.contains_key(&var) {
            return Some(var);
        }
        let def = match how {
            Derive::Project(of, proj) => Def::Project { var, of, proj },
            Derive::Apply(callee, count, spread) => {
                Def::Apply { var, callee, args: vec![Types::NEVER; count as usize], spread }
            }
        };
        let scheme = Rc::make_mut(&mut self.schemes[id.index()]);
        self.definitions.insert(var, scheme.defs.len());
        Rc::make_mut(&mut scheme.defs).push(def);
        scheme.version += 1;
        self.grown |= self.recursive;
        Some(var)
    }
}

impl Proj {
    /// The kinds of values that have such a part.
    fn kind(self) -> Kinds {
        match self {
            Proj::Item => Kinds::CONS,
            Proj::Element => Kinds::SET,
            Proj::Key | Proj::Value => Kinds::DICT,
            Proj::TupleItem { .. } => Kinds::TUPLE,
            Proj::Field { .. } | Proj::Arg { .. } => Kinds::DATA,
            Proj::Promised => Kinds::PROMISE,
            Proj::Message => Kinds::CHANNEL,
        }
    }
}

/// Whether a type mentions one of some type parameters.
fn mentions(ty: &Type, params: &[Rc<str>]) -> bool {
    let all = |types: &[Type]| types.iter().any(|t| mentions(t, params));
    match ty {
        Type::Var(name) => params.contains(name),
        Type::List(t) | Type::Array(t) | Type::Set(t) | Type::Promise(t) | Type::Channel(t) => mentions(t, params),
        Type::Dict(k, v) => mentions(k, params) || mentions(v, params),
        Type::Tuple(ts) | Type::Or(ts) | Type::Data(_, ts) | Type::Kind(_, ts) => all(ts),
        Type::Function { params: inner, rest, result, .. } => {
            all(inner) || rest.iter().any(|t| mentions(t, params)) || mentions(result, params)
        }
        Type::Int | Type::Float | Type::Number | Type::Bool | Type::Nil | Type::String | Type::Symbol => false,
        Type::Keyword | Type::Bytes | Type::DateTime | Type::VNode | Type::Any | Type::Never => false,
    }
}

/// Whether values of the type's parts are known from where the whole was made.
fn is_followed(ty: &Type, params: &[Rc<str>]) -> bool {
    match ty {
        Type::Var(name) => params.contains(name),
        Type::List(t) => is_followed(t, params),
        Type::Data(_, inner) | Type::Tuple(inner) => inner.iter().all(|t| is_followed(t, params)),
        _ => false,
    }
}

/// The kinds of a type's values, by the outermost alone.
pub(super) fn outer_kinds(ty: &Type) -> Kinds {
    match ty {
        Type::Int => Kinds::INT,
        Type::Float => Kinds::FLOAT,
        Type::Number => Kinds::NUMBER,
        Type::Bool => Kinds::BOOL,
        Type::Nil => Kinds::NIL,
        Type::String => Kinds::STRING,
        Type::Symbol => Kinds::SYMBOL,
        Type::Keyword => Kinds::KEYWORD,
        Type::Bytes => Kinds::BYTES,
        Type::List(_) => Kinds::LIST,
        Type::Array(_) => Kinds::ARRAY,
        Type::Dict(..) => Kinds::DICT,
        Type::Set(_) => Kinds::SET,
        Type::Tuple(_) => Kinds::TUPLE,
        Type::Function { .. } => Kinds::FUN,
        Type::Promise(_) => Kinds::PROMISE,
        Type::Channel(_) => Kinds::CHANNEL,
        Type::Data(..) => Kinds::DATA,
        Type::Kind(name, _) => match &**name {
            "Tuple" => Kinds::TUPLE,
            "Data" => Kinds::DATA,
            "Regex" => Kinds::REGEX,
            "File" => Kinds::FILE,
            "Queue" => Kinds::QUEUE,
            "StringBuilder" => Kinds::STRING_BUILDER,
            "Goroutine" => Kinds::GOROUTINE,
            "Mutex" => Kinds::MUTEX,
            "Semaphore" => Kinds::SEMAPHORE,
            "Barrier" => Kinds::BARRIER,
            "WaitGroup" => Kinds::WAIT_GROUP,
            "WorkerPool" => Kinds::WORKER_POOL,
            _ => Kinds::OTHER,
        },
        Type::DateTime => Kinds::DATETIME,
        Type::VNode => Kinds::VNODE,
        Type::Or(types) => types.iter().fold(Kinds::NONE, |k, t| k.or(outer_kinds(t))),
        Type::Any | Type::Var(_) => Kinds::ALL,
        Type::Never => Kinds::NONE,
    }
}
