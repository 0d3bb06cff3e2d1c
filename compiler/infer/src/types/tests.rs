use super::*;

fn kinds(types: &mut Types, all: &[Kinds]) -> Ty {
    let kinds = all.iter().fold(Kinds::NONE, |a, b| a.or(*b));
    types.of_kinds(kinds)
}

#[test]
fn equal_types_are_one() {
    let mut t = Types::new();
    let a = kinds(&mut t, &[Kinds::INT]);
    let (x, y) = (t.list(a), t.list(a));
    assert_eq!(x, y);
    assert_ne!(x, a);
}

#[test]
fn union_joins_parts_of_one_shape() {
    let mut t = Types::new();
    let (int, string) = (kinds(&mut t, &[Kinds::INT]), kinds(&mut t, &[Kinds::STRING]));
    let (ints, strings) = (t.list(int), t.list(string));
    let both = t.union(int, string);
    let expected = t.list(both);
    assert_eq!(t.union(ints, strings), expected);
    assert_eq!(t.union(strings, ints), expected);
}

#[test]
fn meet_keeps_what_a_test_lets_pass() {
    let mut t = Types::new();
    let int = kinds(&mut t, &[Kinds::INT]);
    let ints = t.list(int);
    let mixed = t.union(ints, int);
    let list = t.of_kinds(Kinds::LIST);
    assert_eq!(t.meet(mixed, list), ints);
    assert_eq!(t.subtract(mixed, list), int);
    let string = t.of_kinds(Kinds::STRING);
    assert!(t.disjoint(mixed, string));
    assert!(!t.disjoint(Types::ANY, string));
}

#[test]
fn a_tuple_of_another_size_is_disjoint() {
    let mut t = Types::new();
    let two = t.of_part(Part::Tuple(vec![Types::ANY; 2].into()));
    let three = t.of_part(Part::Tuple(vec![Types::ANY; 3].into()));
    assert!(t.disjoint(two, three));
    let both = t.union(two, three);
    assert_eq!(t.subtract(both, two), three);
    assert_eq!(t.subtract(two, two), Types::NEVER);
}

#[test]
fn variables_are_known_by_their_bounds_and_replaced_by_their_values() {
    let mut t = Types::new();
    let a = t.of_var(TyVar(7), Types::ANY);
    let string = t.of_kinds(Kinds::STRING);
    let narrowed = t.meet(a, string);
    assert_ne!(narrowed, Types::NEVER);
    assert_eq!(t.close(narrowed), string);
    let int = t.of_kinds(Kinds::INT);
    assert!(t.disjoint(narrowed, int));
    let list = t.list(a);
    let with = Subst { types: &[(TyVar(7), int)], effects: &[] };
    let ints = t.list(int);
    assert_eq!(t.subst(list, &with), ints);
    assert_eq!(t.subst(narrowed, &with), Types::NEVER);
}

#[test]
fn types_that_grow_end() {
    let mut t = Types::new();
    let mut ty = t.of_kinds(Kinds::INT);
    let mut seen = std::collections::HashSet::new();
    while seen.insert(ty) {
        let list = t.list(ty);
        ty = t.union(ty, list);
        assert!(seen.len() < 20, "no end");
    }
}

#[test]
fn unions_of_many_shapes_cost_little() {
    let mut t = Types::new();
    let mut all = Types::NEVER;
    for i in 0..2000u32 {
        let items: Vec<Ty> = (0..1 + i % 20).map(|j| t.of_kinds(Kinds(1 << ((i + j) % 8)))).collect();
        let tuple = t.of_part(Part::Tuple(items.into()));
        let list = t.list(tuple);
        all = t.union(all, list);
    }
    assert!(t.steps < 30_000, "{} steps", t.steps);
    assert_ne!(all, Types::NEVER);
}

#[test]
fn types_print_as_they_are_written() {
    let mut t = Types::new();
    let (int, string) = (t.of_kinds(Kinds::INT), t.of_kinds(Kinds::STRING));
    let number = t.of_kinds(Kinds::NUMBER);
    let list = t.list(int);
    let dict = t.of_part(Part::Dict(string, list));
    let either = t.union(dict, string);
    for (ty, text) in [
        (Types::ANY, "Any"),
        (Types::NEVER, "Never"),
        (number, "Number"),
        (list, "(List Int)"),
        (either, "(or String (Dict String (List Int)))"),
    ] {
        assert_eq!(t.print(ty, &[]), text);
    }
    let truth = t.of_kinds(Kinds::TRUE);
    assert_eq!(t.print(truth, &[]), "Bool");
}
