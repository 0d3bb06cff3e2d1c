//! The primitives of Lists and sequences, called as compiled code calls them.

use super::array::{array_from_slice, array_items};
use super::list::*;
use super::list_prims::*;
use super::sequence::*;
use super::{dict_from_pairs, set_from_slice};
use crate::text::string;
use crate::{Context, Value};

fn int(n: i64) -> Value {
    Value::fixnum(n)
}

fn ints(ctx: &mut Context, items: &[i64]) -> Value {
    let items: Vec<Value> = items.iter().map(|&n| int(n)).collect();
    list_from_slice(ctx, &items)
}

/// The Ints of a List.
fn seen(list: Value) -> Vec<i64> {
    list_iter(list).map(|v| v.as_fixnum().expect("an Int")).collect()
}

#[test]
fn positions_beyond_the_ends_are_brought_to_the_ends() {
    let mut ctx = Context::new();
    let list = ints(&mut ctx, &[0, 1, 2, 3]);
    for (n, first, rest) in [(-1, 0, 4), (0, 0, 4), (2, 2, 2), (4, 4, 0), (1 << 40, 4, 0)] {
        let (taken, dropped) = (cl_take(&mut ctx, int(n), list), cl_drop(&mut ctx, int(n), list));
        assert_eq!((list_len(taken), list_len(dropped)), (first, rest), "{n}");
    }
    for (start, end, expected) in [(-5, 2, vec![0, 1]), (1, 3, vec![1, 2]), (3, 1, vec![]), (2, 99, vec![2, 3])] {
        let slice = cl_slice(&mut ctx, list, int(start), int(end));
        assert_eq!(seen(slice), expected);
    }
}

#[test]
fn ranges_stop_before_their_end_in_either_direction() {
    let mut ctx = Context::new();
    for (start, end, step, expected) in [
        (0, 4, 1, vec![0, 1, 2, 3]),
        (0, 10, 3, vec![0, 3, 6, 9]),
        (0, 9, 3, vec![0, 3, 6]),
        (5, 0, -2, vec![5, 3, 1]),
        (4, 0, -2, vec![4, 2]),
        (3, 3, 1, vec![]),
        (3, 1, 1, vec![]),
    ] {
        let range = cl_range(&mut ctx, int(start), int(end), int(step));
        assert_eq!(seen(range), expected);
    }
    let (least, greatest) = (cl_abi::layout::FIXNUM_MIN, cl_abi::layout::FIXNUM_MAX);
    let ends = cl_range(&mut ctx, int(least), int(greatest), int(greatest));
    assert_eq!(seen(ends), [least, -1, greatest - 1]);
}

#[test]
fn appending_shares_the_last_list_and_leaves_the_first_alone() {
    let mut ctx = Context::new();
    let (a, b) = (ints(&mut ctx, &[1, 2]), ints(&mut ctx, &[3]));
    let both = cl_list_append(&mut ctx, a, b);
    assert_eq!(seen(both), [1, 2, 3]);
    assert_eq!(seen(a), [1, 2]);
    assert!(both.field(1).field(1) == b);
    assert!(cl_list_append(&mut ctx, Value::EMPTY, b) == b);
}

#[test]
fn flattening_goes_through_all_levels_in_order() {
    let mut ctx = Context::new();
    let inner = ints(&mut ctx, &[2, 3]);
    let middle = list_from_slice(&mut ctx, &[int(1), inner, Value::EMPTY, int(4)]);
    let outer = list_from_slice(&mut ctx, &[middle, Value::EMPTY, int(5)]);
    let flat = cl_flatten(&mut ctx, outer);
    assert_eq!(seen(flat), [1, 2, 3, 4, 5]);
    let mut deep = ints(&mut ctx, &[7]);
    for _ in 0..1_000_000 {
        deep = list_from_slice(&mut ctx, &[deep]);
    }
    let flat = cl_flatten(&mut ctx, deep);
    assert_eq!(seen(flat), [7]);
}

#[test]
fn permutations_have_each_item_as_often() {
    let mut ctx = Context::new();
    let lists = [[1, 2, 2], [2, 1, 2], [2, 1, 1]].map(|items| ints(&mut ctx, &items));
    assert!(cl_is_permutation(&mut ctx, lists[0], lists[1]) == Value::TRUE);
    assert!(cl_is_permutation(&mut ctx, lists[0], lists[2]) == Value::FALSE);
    assert!(cl_is_permutation(&mut ctx, lists[0], Value::EMPTY) == Value::FALSE);
}

#[test]
fn zipping_ends_with_the_shortest_list() {
    let mut ctx = Context::new();
    let (a, b) = (ints(&mut ctx, &[1, 2, 3]), ints(&mut ctx, &[10, 20]));
    let lists = list_from_slice(&mut ctx, &[a, b]);
    let rows: Vec<Value> = list_iter(cl_zip(&mut ctx, lists)).collect();
    assert_eq!(rows.len(), 2);
    assert!(rows[1].field(0) == int(2) && rows[1].field(1) == int(20));
}

#[test]
fn every_kind_of_sequence_reverses_to_its_own_kind() {
    let mut ctx = Context::new();
    let text = string::make(&mut ctx, "aé€");
    let reversed = cl_reverse(&mut ctx, text);
    assert_eq!(reversed.as_str(), Some("€éa"));
    let array = array_from_slice(&mut ctx, &[int(1), int(2)]);
    let reversed = cl_reverse(&mut ctx, array);
    assert!(array_items(&mut ctx, reversed) == [int(2), int(1)]);
    let dict = dict_from_pairs(&mut ctx, &[(int(1), int(10)), (int(2), int(20))]);
    let reversed = cl_reverse(&mut ctx, dict);
    assert!(super::dict_iter(reversed).next() == Some((int(2), int(20))));
    let set = set_from_slice(&mut ctx, &[int(1), int(2)]);
    let reversed = cl_reverse(&mut ctx, set);
    assert!(super::set_iter(reversed).eq([int(2), int(1)]));
}

#[test]
fn items_that_do_not_fit_the_kind_make_a_list() {
    let mut ctx = Context::new();
    let text = string::make(&mut ctx, "ab");
    let numbers = ints(&mut ctx, &[97, 98]);
    let mapped = cl_like(&mut ctx, text, numbers);
    assert_eq!(seen(mapped), [97, 98]);
    let dict = dict_from_pairs(&mut ctx, &[(int(1), int(10))]);
    let mapped = cl_like(&mut ctx, dict, numbers);
    assert_eq!(seen(mapped), [97, 98]);
}

#[test]
fn wrong_kinds_and_missing_items_raise() {
    let mut ctx = Context::new();
    let list = ints(&mut ctx, &[1]);
    assert!(cl_head(&mut ctx, Value::EMPTY) == Value::RAISED);
    assert!(cl_cons(&mut ctx, int(1), int(2)) == Value::RAISED);
    assert!(cl_nth(&mut ctx, list, int(1)) == Value::RAISED);
    assert!(cl_nth_or(&mut ctx, list, int(1), int(9)) == int(9));
    assert!(cl_chunk(&mut ctx, int(0), list) == Value::RAISED);
    assert!(cl_contains(&mut ctx, int(1), int(1)) == Value::RAISED);
    assert!(cl_concat(&mut ctx, list, int(1)) == Value::RAISED);
    let mixed = list_from_slice(&mut ctx, &[int(1), Value::NIL]);
    assert!(cl_sort(&mut ctx, mixed, Value::FALSE) == Value::RAISED);
}
