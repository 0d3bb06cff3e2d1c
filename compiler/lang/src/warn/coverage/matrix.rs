//! The algorithm: a matrix has a row for each pattern and a column for each value that is looked at. Specialising it by
//! a constructor keeps the rows that may match a value with that head and puts its parts in place of the column; the
//! default matrix keeps the rows that take any head.
//!
//! Rows and columns are stacks: the first column is the last item, so that taking it off is cheap.

use super::example::Example;
use super::pattern::{Con, Kind, PatIx, Patterns, Shape, kind_of};
use super::{Known, Ty};
use crate::hir::{CtorId, Type};
use std::collections::BTreeSet;
use std::rc::Rc;

/// So many rows are looked at for one match: this and [`FUEL_A_NODE`] for each node of its patterns. Searching may take
/// exponential time in theory; what people write takes a fraction of this.
const FUEL: usize = 20_000;
const FUEL_A_NODE: usize = 100;

/// Recursion goes one level down for each column.
const MOST_COLUMNS: usize = 2_000;

/// The work that may still be done for one match.
pub struct Fuel(usize);

impl Fuel {
    pub fn for_nodes(nodes: usize) -> Fuel {
        Fuel(FUEL + FUEL_A_NODE * nodes.min(10_000))
    }

    pub fn is_used_up(&self) -> bool {
        self.0 == 0
    }

    /// Takes so many steps if there are enough left.
    pub fn burn(&mut self, steps: usize) -> bool {
        let left = self.0.checked_sub(steps);
        self.0 = left.unwrap_or(0);
        left.is_some()
    }
}

type Row = Vec<PatIx>;

/// What the values of a column may be at their heads.
struct Signature {
    heads: Vec<Con>,
    /// A value whose head no row mentions.
    missing: Option<Example>,
}

pub struct Matrix<'m, 'p> {
    patterns: &'m mut Patterns<'p>,
    fuel: &'m mut Fuel,
    /// Columns without a type hold what their patterns speak of.
    guess: bool,
}

impl<'m, 'p> Matrix<'m, 'p> {
    /// Takes a column without a type to hold what its patterns speak of, and annotations at their word.
    pub fn guessing(patterns: &'m mut Patterns<'p>, fuel: &'m mut Fuel) -> Self {
        Matrix { patterns, fuel, guess: true }
    }

    /// Relies on nothing that is not checked: a type is known of a value itself, not of what is in it.
    pub fn certain(patterns: &'m mut Patterns<'p>, fuel: &'m mut Fuel) -> Self {
        Matrix { patterns, fuel, guess: false }
    }

    // ---------------------------------------------------------------- questions

    /// Values for the columns that no row takes, if there are any; `None` also when the fuel runs out.
    pub fn missing(&mut self, rows: Vec<Row>, mut types: Vec<Ty>) -> Option<Vec<Example>> {
        let Some(ty) = types.pop() else { return rows.is_empty().then(Vec::new) };
        if rows.is_empty() {
            return Some(vec![Example::Any; types.len() + 1]);
        }
        let rows = self.without_alternatives(rows)?;
        if types.len() > MOST_COLUMNS {
            return None;
        }
        let signature = self.signature(&rows, &ty);
        if let Some(head) = signature.missing {
            let mut values = self.missing(self.default(&rows), types)?;
            values.push(head);
            return Some(values);
        }
        for con in signature.heads {
            let parts = self.part_types(&con, &ty);
            let count = parts.len();
            let specialised = self.specialise(&rows, &con, count);
            let inner = types.iter().cloned().chain(parts.into_iter().rev()).collect();
            if let Some(mut values) = self.missing(specialised, inner) {
                let parts = values.drain(values.len() - count..).rev().collect();
                values.push(Example::Con(con, parts));
                return Some(values);
            }
        }
        None
    }

    /// Whether `row` takes values that no row of the matrix takes; true also when the fuel runs out.
    pub fn is_useful(&mut self, rows: Vec<Row>, mut row: Row, mut types: Vec<Ty>) -> bool {
        let (Some(ty), Some(first)) = (types.pop(), row.pop()) else { return rows.is_empty() };
        let Some(rows) = self.without_alternatives(rows) else { return true };
        if rows.is_empty() || types.len() > MOST_COLUMNS {
            return true;
        }
        match self.patterns.shape(first).clone() {
            Shape::Or(all) => all.into_iter().any(|alternative| {
                let rows = rows.clone();
                let row = row.iter().copied().chain([alternative]).collect();
                let types = types.iter().cloned().chain([ty.clone()]).collect();
                self.is_useful(rows, row, types)
            }),
            Shape::Con(con, parts) => self.is_useful_with(&rows, &con, &parts, row, &types, &ty),
            Shape::Wild | Shape::Part => {
                let signature = self.signature(&rows, &ty);
                if signature.missing.is_some() {
                    return self.is_useful(self.default(&rows), row, types);
                }
                signature.heads.iter().any(|con| {
                    let parts = vec![PatIx::WILD; self.arity(con)];
                    self.is_useful_with(&rows, con, &parts, row.clone(), &types, &ty)
                })
            }
        }
    }

    fn is_useful_with(
        &mut self,
        rows: &[Row],
        con: &Con,
        parts: &[PatIx],
        mut row: Row,
        types: &[Ty],
        ty: &Ty,
    ) -> bool {
        let specialised = self.specialise(rows, con, self.arity(con));
        let inner = types.iter().cloned().chain(self.part_types(con, ty).into_iter().rev()).collect();
        row.extend(self.padded(con, parts).into_iter().rev());
        self.is_useful(specialised, row, inner)
    }

    // ---------------------------------------------------------------- matrices

    /// The rows with one for each alternative of the first column; `None` when the fuel runs out.
    fn without_alternatives(&mut self, rows: Vec<Row>) -> Option<Vec<Row>> {
        let mut out = Vec::with_capacity(rows.len());
        for row in rows {
            let mut work = vec![row];
            while let Some(mut row) = work.pop() {
                if !self.fuel.burn(1 + row.len() / 8) {
                    return None;
                }
                let first = row.pop().unwrap_or_else(|| unreachable!("a row has an item for each column"));
                if let Shape::Or(all) = self.patterns.shape(first) {
                    let alternatives = all.iter().rev().map(|&p| row.iter().copied().chain([p]).collect::<Row>());
                    work.extend(alternatives);
                } else {
                    row.push(first);
                    out.push(row);
                }
            }
        }
        Some(out)
    }

    /// The rows that take any head, without their first column.
    fn default(&self, rows: &[Row]) -> Vec<Row> {
        let wild = rows.iter().filter(|row| matches!(self.first(row), Shape::Wild));
        wild.map(|row| row[..row.len() - 1].to_vec()).collect()
    }

    /// The rows that may take a value with this head, with its parts in place of their first column.
    fn specialise(&self, rows: &[Row], con: &Con, count: usize) -> Vec<Row> {
        let mut out = Vec::new();
        for row in rows {
            let rest = &row[..row.len() - 1];
            match self.first(row) {
                Shape::Wild => out.push(rest.iter().copied().chain(vec![PatIx::WILD; count]).collect()),
                Shape::Con(own, parts) if own == con => {
                    out.push(rest.iter().copied().chain(self.padded(con, parts).into_iter().rev()).collect());
                }
                Shape::Con(own, _) if own.covers(con) => out.push(rest.to_vec()),
                Shape::Con(..) | Shape::Part | Shape::Or(_) => {}
            }
        }
        out
    }

    fn first(&self, row: &Row) -> &Shape {
        self.patterns.shape(row.last().copied().unwrap_or(PatIx::PART))
    }

    /// The parts, for a Dict one for each key.
    fn padded(&self, con: &Con, parts: &[PatIx]) -> Vec<PatIx> {
        let mut parts = parts.to_vec();
        if *con == Con::Dict {
            parts.resize(self.patterns.keys.len(), PatIx::WILD);
        }
        parts
    }

    fn arity(&self, con: &Con) -> usize {
        match con {
            Con::Ctor(ctor) => self.patterns.program.ctors[ctor.0 as usize].fields.len(),
            Con::Cons => 2,
            Con::Tuple(count) => *count,
            Con::Dict => self.patterns.keys.len(),
            Con::Present => 1,
            Con::Bool(_) | Con::Nil | Con::Empty | Con::Absent | Con::Literal(..) | Con::Kind(_) | Con::Test(_) => 0,
        }
    }

    // ---------------------------------------------------------------- what there may be

    fn signature(&mut self, rows: &[Row], ty: &Ty) -> Signature {
        let mut met = BTreeSet::new();
        let mut partial = false;
        for row in rows {
            match self.first(row) {
                Shape::Con(con, _) => {
                    met.insert(con.clone());
                }
                Shape::Part => partial = true,
                Shape::Wild | Shape::Or(_) => {}
            }
        }
        if met.is_empty() {
            return Signature { heads: Vec::new(), missing: Some(Example::Any) };
        }
        let mut heads = Vec::new();
        let is_known = ty.as_ref().is_some_and(|known| self.known_heads(known, &mut heads));
        if !is_known {
            heads.clear();
            met.iter().for_each(|con| self.family(con, &mut heads));
        }
        // That a key is there or not is all there is, whatever the types.
        let is_certain = is_known || met.iter().all(|con| matches!(con, Con::Present | Con::Absent));
        let may_be_other = !is_certain && (!self.guess || partial || met.iter().any(is_test));
        let missing = match heads.iter().find(|head| !met.contains(*head)) {
            Some(head) => Some(self.example(head, &met)),
            None => may_be_other.then_some(Example::Any),
        };
        Signature { heads, missing }
    }

    fn known_heads(&mut self, known: &Known, heads: &mut Vec<Con>) -> bool {
        match known {
            Known::Type(ty) => self.heads_of_type(ty, heads),
            Known::Items(items) if self.guess => {
                heads.push(if items.is_empty() { Con::Empty } else { Con::Cons });
                true
            }
            // An arm for other lengths may stand there for show, or for later.
            Known::Items(_) => {
                heads.extend([Con::Empty, Con::Cons]);
                true
            }
        }
    }

    /// Appends the heads that the values of a type have; false if the type says nothing about them.
    fn heads_of_type(&mut self, ty: &Type, heads: &mut Vec<Con>) -> bool {
        let con = match ty {
            Type::Or(all) => return all.iter().all(|ty| self.heads_of_type(ty, heads)),
            Type::Number => {
                heads.extend([Con::Kind(Kind::Int), Con::Kind(Kind::Float)]);
                return true;
            }
            Type::Bool => {
                heads.extend([Con::Bool(true), Con::Bool(false)]);
                return true;
            }
            Type::List(_) => {
                heads.extend([Con::Empty, Con::Cons]);
                return true;
            }
            Type::Data(name, _) => {
                heads.extend(self.patterns.constructors(name).iter().map(|ctor| Con::Ctor(*ctor)));
                return true;
            }
            Type::Any | Type::Var(_) => return false,
            Type::Never => return true,
            Type::Nil => Con::Nil,
            Type::Tuple(items) => Con::Tuple(items.len()),
            Type::Dict(..) => Con::Dict,
            _ => kind_of(ty).map_or_else(|| Con::Test(self.patterns.test_number(ty)), Con::Kind),
        };
        heads.push(con);
        true
    }

    /// Appends the heads of the values among which a constructor is one, those that are not there yet.
    fn family(&self, con: &Con, heads: &mut Vec<Con>) {
        let mut add = |con: Con| {
            if !heads.contains(&con) {
                heads.push(con);
            }
        };
        match con {
            Con::Ctor(ctor) => {
                let type_name = &self.patterns.program.ctors[ctor.0 as usize].type_name;
                self.patterns.constructors(type_name).iter().for_each(|ctor| add(Con::Ctor(*ctor)));
            }
            Con::Bool(_) => [true, false].into_iter().for_each(|b| add(Con::Bool(b))),
            Con::Empty | Con::Cons => [Con::Empty, Con::Cons].into_iter().for_each(add),
            Con::Present | Con::Absent => [Con::Present, Con::Absent].into_iter().for_each(add),
            Con::Literal(kind, _) => add(Con::Kind(*kind)),
            Con::Nil | Con::Tuple(_) | Con::Dict | Con::Kind(_) | Con::Test(_) => add(con.clone()),
        }
    }

    /// The types of a constructor's parts in a column of type `ty`.
    fn part_types(&self, con: &Con, ty: &Ty) -> Vec<Ty> {
        let inner = |ty: &Type| (self.guess && *ty != Type::Any).then(|| Known::Type(Rc::new(ty.clone())));
        if let (Con::Cons, Some(Known::Items(items))) = (con, ty)
            && let Some((first, rest)) = items.split_first()
        {
            return vec![first.clone(), Some(Known::Items(rest.to_vec()))];
        }
        match con {
            Con::Ctor(ctor) => self.field_types(*ctor, ty),
            Con::Cons => match member(ty, |ty| matches!(ty, Type::List(_))) {
                Some(Type::List(item)) if self.guess => {
                    vec![inner(item), Some(Known::Type(Rc::new(Type::List(item.clone()))))]
                }
                _ => vec![None, Some(Known::Type(Rc::new(Type::List(Box::new(Type::Any)))))],
            },
            Con::Tuple(count) => match member(ty, |ty| matches!(ty, Type::Tuple(items) if items.len() == *count)) {
                Some(Type::Tuple(items)) => items.iter().map(inner).collect(),
                _ => vec![None; *count],
            },
            Con::Present => vec![None],
            _ => vec![None; self.arity(con)],
        }
    }

    /// Field types with the type's arguments in place of its parameters, where they are known.
    fn field_types(&self, ctor: CtorId, ty: &Ty) -> Vec<Ty> {
        let ctor = &self.patterns.program.ctors[ctor.0 as usize];
        let of_type = |ty: &Type| matches!(ty, Type::Data(name, _) if *name == ctor.type_name);
        let args = match member(ty, of_type) {
            Some(Type::Data(_, args)) if self.guess => args.as_slice(),
            _ => &[],
        };
        let known = |ty: &Type| match ty {
            Type::Any => None,
            Type::Var(name) => {
                let index = ctor.type_params.iter().position(|p| p == name)?;
                args.get(index).filter(|arg| !is_open(arg)).map(|arg| Rc::new(arg.clone()))
            }
            Type::Data(name, own) if !own.is_empty() && self.guess => {
                // A recursive type passes its parameters on; anything else is looked at without arguments.
                let same = own.iter().zip(&ctor.type_params).all(|(a, p)| matches!(a, Type::Var(v) if v == p));
                let args = if same { args.to_vec() } else { Vec::new() };
                Some(Rc::new(Type::Data(name.clone(), args)))
            }
            other => Some(Rc::new(other.clone())),
        };
        ctor.fields.iter().map(|field| known(&field.ty).map(Known::Type)).collect()
    }

    /// A value with this head, other than the literals that were met.
    fn example(&self, head: &Con, met: &BTreeSet<Con>) -> Example {
        let Con::Kind(kind) = head else {
            return Example::Con(head.clone(), vec![Example::Any; self.arity(head)]);
        };
        let literal = |con: &Con| match con {
            Con::Literal(k, literal) if k == kind => Some(literal.clone()),
            _ => None,
        };
        Example::Other(*kind, met.iter().filter_map(literal).collect())
    }
}

/// Whether a type says nothing about the heads of its values.
fn is_open(ty: &Type) -> bool {
    match ty {
        Type::Any | Type::Var(_) => true,
        Type::Or(all) => all.iter().any(is_open),
        _ => false,
    }
}

/// Tests of types say nothing of what else there may be.
fn is_test(con: &Con) -> bool {
    matches!(con, Con::Kind(_) | Con::Test(_))
}

/// The part of a union that a constructor belongs to.
fn member(ty: &Ty, belongs: impl Fn(&Type) -> bool) -> Option<&Type> {
    let Known::Type(ty) = ty.as_ref()? else { return None };
    match &**ty {
        Type::Or(all) => all.iter().find(|ty| belongs(ty)),
        ty => belongs(ty).then_some(ty),
    }
}
