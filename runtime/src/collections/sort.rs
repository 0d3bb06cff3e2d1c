//! Sorting by the default order. Comparison can fail (mixed kinds) and need not be total (NaN), so the general case is a
//! merge sort of our own; Rust's sort is used where the keys are all fixnums, all Strings or all Floats but NaN.

use crate::number::order::compare;
use crate::{Context, Value};
use cl_abi::layout::Kind;
use std::cmp::Ordering;

/// Blocks of this many items are sorted by insertion before merging begins.
const BLOCK: usize = 8;

/// Sorts by `compare`, stably. `Err` is what the primitive returns.
pub fn sort(ctx: &mut Context, items: &mut [Value], descending: bool) -> Result<(), Value> {
    sort_by_key(ctx, items, |&v| v, descending)
}

/// Sorts (key, item) by the keys, stably. `Err` is what the primitive returns.
pub fn sort_keyed(ctx: &mut Context, entries: &mut [(Value, Value)], descending: bool) -> Result<(), Value> {
    sort_by_key(ctx, entries, |e| e.0, descending)
}

/// Whether no item is greater than the next. Items after the first that is are not looked at.
pub fn is_sorted(ctx: &mut Context, items: &[Value]) -> Result<bool, Value> {
    for pair in items.windows(2) {
        if compare(ctx, pair[0], pair[1])? == Ordering::Greater {
            return Ok(false);
        }
    }
    Ok(true)
}

fn sort_by_key<T: Copy>(
    ctx: &mut Context,
    items: &mut [T],
    key: impl Fn(&T) -> Value,
    descending: bool,
) -> Result<(), Value> {
    let directed = |o: Ordering| if descending { o.reverse() } else { o };
    if items.iter().all(|x| key(x).is_fixnum()) {
        items.sort_by(|a, b| directed((key(a).0 as i64).cmp(&(key(b).0 as i64))));
        return Ok(());
    }
    if items.iter().all(|x| key(x).is(Kind::String)) {
        items.sort_by(|a, b| directed(key(a).as_str().cmp(&key(b).as_str())));
        return Ok(());
    }
    let is_number = |x: &T| key(x).as_float().is_some_and(|f| !f.is_nan());
    if items.iter().all(is_number) {
        let float = |x: &T| f64::from_bits(key(x).raw(0));
        items.sort_by(|a, b| directed(float(a).partial_cmp(&float(b)).unwrap_or(Ordering::Equal)));
        return Ok(());
    }
    merge_sort(items, |a, b| Ok(directed(compare(ctx, key(a), key(b))?) != Ordering::Greater))
}

/// Bottom-up merge sort. `in_order(a, b)` says whether `a` may stand before `b`.
fn merge_sort<T: Copy>(items: &mut [T], mut in_order: impl FnMut(&T, &T) -> Result<bool, Value>) -> Result<(), Value> {
    for block in items.chunks_mut(BLOCK) {
        insertion_sort(block, &mut in_order)?;
    }
    let mut left = Vec::new();
    let mut width = BLOCK;
    while width < items.len() {
        for pair in items.chunks_mut(2 * width).filter(|p| p.len() > width) {
            merge(pair, width, &mut left, &mut in_order)?;
        }
        width *= 2;
    }
    Ok(())
}

fn insertion_sort<T: Copy>(
    items: &mut [T],
    in_order: &mut impl FnMut(&T, &T) -> Result<bool, Value>,
) -> Result<(), Value> {
    for i in 1..items.len() {
        let item = items[i];
        let mut at = i;
        while at > 0 && !in_order(&items[at - 1], &item)? {
            items[at] = items[at - 1];
            at -= 1;
        }
        items[at] = item;
    }
    Ok(())
}

/// Merges `items[..middle]` and `items[middle..]`; `left` is room for the former.
fn merge<T: Copy>(
    items: &mut [T],
    middle: usize,
    left: &mut Vec<T>,
    in_order: &mut impl FnMut(&T, &T) -> Result<bool, Value>,
) -> Result<(), Value> {
    if in_order(&items[middle - 1], &items[middle])? {
        return Ok(());
    }
    left.clear();
    left.extend_from_slice(&items[..middle]);
    let (mut from, mut right, mut to) = (0, middle, 0);
    while from < left.len() {
        let take_left = right == items.len() || in_order(&left[from], &items[right])?;
        items[to] = if take_left { left[from] } else { items[right] };
        from += take_left as usize;
        right += !take_left as usize;
        to += 1;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn by_tens(a: &u32, b: &u32) -> Result<bool, Value> {
        Ok(a / 10 <= b / 10)
    }

    #[test]
    fn merge_sort_is_stable_at_every_length() {
        for n in 0..200u32 {
            let mut items: Vec<u32> = (0..n).map(|i| i * 7919 % 101).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|x| x / 10);
            assert!(merge_sort(&mut items, by_tens).is_ok());
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn an_inconsistent_order_only_gives_some_order() {
        let mut items: Vec<u32> = (0..100).collect();
        assert!(merge_sort(&mut items, |a, b| Ok((a * b) % 3 == 0)).is_ok());
        items.sort();
        assert!(items.into_iter().eq(0..100));
    }

    #[test]
    fn a_failing_comparison_ends_the_sort() {
        let mut items: Vec<u32> = (0..100).rev().collect();
        let result = merge_sort(&mut items, |&a, &b| if a == 50 || b == 50 { Err(Value::RAISED) } else { Ok(a <= b) });
        assert!(result == Err(Value::RAISED));
    }

    #[test]
    fn floats_sort_stably_and_nan_breaks_nothing() {
        let mut ctx = Context::new();
        for special in [0.5, f64::NAN] {
            let floats = [2.5, -0.0, special, 0.0, f64::NEG_INFINITY, -0.0];
            let mut items = floats.map(|f| {
                let float = ctx.alloc(Kind::Float, 0, 1);
                float.init(0, f.to_bits());
                float
            });
            assert!(sort(&mut ctx, &mut items, false).is_ok());
            let sorted: Vec<f64> = items.iter().filter_map(|v| v.as_float()).collect();
            assert_eq!(sorted.len(), floats.len());
            if !special.is_nan() {
                assert_eq!(sorted, [f64::NEG_INFINITY, -0.0, 0.0, -0.0, 0.5, 2.5]);
                assert!(sorted[1].is_sign_negative() && sorted[2].is_sign_positive());
            }
        }
    }

    #[test]
    fn fixnums_sort_by_value_either_way() {
        let mut ctx = Context::new();
        let mut items: Vec<Value> = [3, -1, 2, -7, 0].map(Value::fixnum).to_vec();
        assert!(sort(&mut ctx, &mut items, false).is_ok());
        assert!(items.iter().map(|v| v.as_fixnum().unwrap_or(99)).eq([-7, -1, 0, 2, 3]));
        assert!(sort(&mut ctx, &mut items, true).is_ok());
        assert!(items.iter().map(|v| v.as_fixnum().unwrap_or(99)).eq([3, 2, 0, -1, -7]));
    }
}
