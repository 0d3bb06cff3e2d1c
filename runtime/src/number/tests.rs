//! The primitives on numbers, on operands of every representation. Expected values come from CPython's unlimited ints.

use super::{arith::*, bits::*, math::*, order::*};
use crate::text::print;
use crate::{Context, Value};

fn n(ctx: &mut Context, text: &str) -> Value {
    match super::digits::parse_int(text, 10) {
        Some(n) => super::big::from_big(ctx, &n),
        None => {
            let f = super::digits::parse_float(text).expect("a number");
            make_float(ctx, f)
        }
    }
}

fn shown(ctx: &Context, v: Value) -> String {
    let mut out = String::new();
    print::to_source(ctx, v, &mut out);
    out
}

type Binary = extern "C" fn(&mut Context, Value, Value) -> Value;
type Unary = extern "C" fn(&mut Context, Value) -> Value;

fn check(f: Binary, rows: &[(&str, &str, &str)]) {
    let mut ctx = Context::new();
    for (a, b, expected) in rows {
        let (x, y) = (n(&mut ctx, a), n(&mut ctx, b));
        let result = f(&mut ctx, x, y);
        assert_eq!(shown(&ctx, result), *expected, "of {a} and {b}");
    }
}

fn check_unary(f: Unary, rows: &[(&str, &str)]) {
    let mut ctx = Context::new();
    for (a, expected) in rows {
        let x = n(&mut ctx, a);
        let result = f(&mut ctx, x);
        assert_eq!(shown(&ctx, result), *expected, "of {a}");
    }
}

const RAISED: &str = "#<undefined>";

#[test]
fn sums_and_differences_cross_every_edge() {
    check(
        cl_add,
        &[
            ("4611686018427387903", "1", "4611686018427387904"),
            ("4611686018427387904", "-1", "4611686018427387903"),
            ("-4611686018427387904", "-1", "-4611686018427387905"),
            ("18446744073709551615", "1", "18446744073709551616"),
            ("340282366920938463463374607431768211455", "1", "340282366920938463463374607431768211456"),
            ("340282366920938463463374607431768211456", "-1", "340282366920938463463374607431768211455"),
            ("18446744073709551616", "-18446744073709551616", "0"),
            ("1", "-18446744073709551616", "-18446744073709551615"),
            ("18446744073709551616", "0.5", "18446744073709552000.0"),
            ("1", "2.5", "3.5"),
        ],
    );
    check(
        cl_sub,
        &[
            ("-4611686018427387904", "1", "-4611686018427387905"),
            ("0", "-4611686018427387904", "4611686018427387904"),
            ("0", "18446744073709551616", "-18446744073709551616"),
            ("18446744073709551616", "18446744073709551615", "1"),
            ("3", "3.0", "0.0"),
        ],
    );
    check_unary(
        cl_neg,
        &[
            ("-4611686018427387904", "4611686018427387904"),
            ("4611686018427387904", "-4611686018427387904"),
            ("0.0", "-0.0"),
        ],
    );
    check_unary(
        cl_abs,
        &[
            ("-4611686018427387904", "4611686018427387904"),
            ("-18446744073709551616", "18446744073709551616"),
            ("-0.0", "0.0"),
        ],
    );
}

#[test]
fn products_of_all_sizes() {
    check(
        cl_mul,
        &[
            ("3037000500", "3037000500", "9223372037000250000"),
            ("-4611686018427387904", "-4611686018427387904", "21267647932558653966460912964485513216"),
            ("18446744073709551615", "18446744073709551615", "340282366920938463426481119284349108225"),
            ("340282366920938463463374607431768211455", "-7", "-2381976568446569244243622252022377480185"),
            ("-7", "340282366920938463463374607431768211455", "-2381976568446569244243622252022377480185"),
            ("18446744073709551616", "0", "0"),
            ("0", "18446744073709551616", "0"),
            ("18446744073709551616", "1", "18446744073709551616"),
            ("2", "0.5", "1.0"),
        ],
    );
}

#[test]
fn division_is_exact_or_correctly_rounded() {
    check(
        cl_div_exact,
        &[
            ("20", "4", "5"),
            ("-7", "2", "-3.5"),
            ("1", "3", "0.3333333333333333"),
            ("-4611686018427387904", "-1", "4611686018427387904"),
            ("9007199254740993", "2", "4503599627370496.0"),
            ("9007199254740995", "2", "4503599627370498.0"),
            ("4611686018427387903", "3", "1537228672809129301"),
            ("10000000000000000000000000000000000000000", "100000000000000000000000000000000000000", "100"),
            ("1000000000000000000000000000000", "100000000000000000000000000000000", "0.01"),
            ("1", "18446744073709551616", "5.421010862427522e-20"),
            ("1", "0", RAISED),
            ("18446744073709551616", "0", RAISED),
            ("1", "-0.0", "-inf"),
            ("0.0", "0", "+nan"),
        ],
    );
}

#[test]
fn the_quotient_of_huge_ints_rounds_once() {
    let mut ctx = Context::new();
    // 10^400 / (3 * 10^100), and 1 / 2^1074 and its half, both subnormal.
    let ten = n(&mut ctx, "10");
    let power = |ctx: &mut Context, base: Value, e: i64| cl_pow(ctx, base, Value::fixnum(e));
    let (a, b) = (power(&mut ctx, ten, 400), power(&mut ctx, ten, 100));
    let b = cl_mul(&mut ctx, b, Value::fixnum(3));
    let q = cl_div_exact(&mut ctx, a, b);
    assert_eq!(shown(&ctx, q), "3.3333333333333335e299");
    let two = Value::fixnum(2);
    for (exponent, expected) in [(1074, "5e-324"), (1075, "0.0"), (1022, "2.2250738585072014e-308")] {
        let d = power(&mut ctx, two, exponent);
        let q = cl_div_exact(&mut ctx, Value::fixnum(1), d);
        assert_eq!(shown(&ctx, q), expected);
    }
    let huge = cl_div_exact(&mut ctx, a, Value::fixnum(3));
    assert_eq!(shown(&ctx, huge), "+inf");
}

#[test]
fn the_four_divisions_agree_with_their_definitions() {
    let ints = [
        "7",
        "-7",
        "4611686018427387903",
        "-4611686018427387904",
        "4611686018427387904",
        "-18446744073709551617",
        "340282366920938463463374607431768211455",
        "2",
        "-2",
        "1",
        "-1",
        "18446744073709551616",
    ];
    let mut ctx = Context::new();
    for a in ints {
        for b in ints {
            let (x, y) = (n(&mut ctx, a), n(&mut ctx, b));
            for (quotient, remainder) in [(cl_quot as Binary, cl_rem as Binary), (cl_div, cl_mod)] {
                let (q, r) = (quotient(&mut ctx, x, y), remainder(&mut ctx, x, y));
                let product = cl_mul(&mut ctx, q, y);
                let sum = cl_add(&mut ctx, product, r);
                assert!(super::equal::equal(sum, x), "{a} by {b}");
            }
            let (r, m) = (cl_rem(&mut ctx, x, y), cl_mod(&mut ctx, x, y));
            let zero = Value::fixnum(0);
            let negative = |ctx: &mut Context, v: Value| cl_lt(ctx, v, zero).is_true();
            assert!(r == zero || negative(&mut ctx, r) == negative(&mut ctx, x), "rem has the sign of {a}");
            assert!(m == zero || negative(&mut ctx, m) == negative(&mut ctx, y), "mod has the sign of {b}");
        }
    }
    check(
        cl_div,
        &[
            ("7", "-2", "-4"),
            ("-7.5", "2", "-4.0"),
            ("0.5", "-inf", "0.0"),
            ("-0.0", "2", "0.0"),
            ("1", "0", RAISED),
            ("1.0", "0", "+inf"),
        ],
    );
    check(cl_quot, &[("-0.5", "1", "0.0"), ("-7.5", "2", "-3.0")]);
    check(cl_mod, &[("-7", "3", "2"), ("-7.5", "2", "0.5"), ("5.0", "-inf", "-inf"), ("-5.0", "-inf", "-5.0")]);
}

#[test]
fn comparison_is_by_exact_value() {
    let mut ctx = Context::new();
    for (a, b, less, equal) in [
        ("9007199254740993", "9007199254740992.0", false, false),
        ("9007199254740992.0", "9007199254740993", true, false),
        ("1", "1.0", false, true),
        ("1180591620717411303424", "1180591620717411303424.0", false, true),
        ("1180591620717411303423", "1180591620717411303424.0", true, false),
        ("-1180591620717411303425", "-1180591620717411303424.0", true, false),
        ("1180591620717411303424", "+inf", true, false),
        ("4611686018427387903", "4611686018427387904.0", true, false),
        ("1", "+nan", false, false),
        ("+nan", "+nan", false, false),
        ("-1", "-0.5", true, false),
        ("0", "-0.0", false, true),
    ] {
        let (x, y) = (n(&mut ctx, a), n(&mut ctx, b));
        assert_eq!(cl_lt(&mut ctx, x, y).is_true(), less, "{a} < {b}");
        assert_eq!(cl_gt(&mut ctx, y, x).is_true(), less, "{b} > {a}");
        assert_eq!(cl_eq(&mut ctx, x, y).is_true(), equal, "{a} = {b}");
        assert_eq!(cl_le(&mut ctx, x, y).is_true(), less || equal, "{a} <= {b}");
        if equal {
            assert_eq!(super::hash::hash(x), super::hash::hash(y), "{a} and {b} are one key");
        }
    }
}

#[test]
fn bits_are_those_of_twos_complement() {
    check(cl_bit_and, &[("-1", "1180591620717411303424", "1180591620717411303424"), ("12", "10", "8")]);
    check(
        cl_bit_xor,
        &[
            ("18446744073709551615", "255", "18446744073709551360"),
            ("-1", "18446744073709551616", "-18446744073709551617"),
        ],
    );
    check(cl_bit_or, &[("1", "1180591620717411303424", "1180591620717411303425")]);
    check_unary(
        cl_bit_not,
        &[
            ("0", "-1"),
            ("18446744073709551616", "-18446744073709551617"),
            ("4611686018427387903", "-4611686018427387904"),
        ],
    );
    check(
        cl_shift_left,
        &[
            ("1", "100", "1267650600228229401496703205376"),
            ("-3", "62", "-13835058055282163712"),
            ("0", "99999999999999999999", "0"),
            ("1", "99999999999999999999", RAISED),
            ("1", "-1", RAISED),
        ],
    );
    check(
        cl_shift_right,
        &[
            ("-1", "10", "-1"),
            ("-5", "1", "-3"),
            ("-18446744073709551617", "1", "-9223372036854775809"),
            ("-18446744073709551617", "200", "-1"),
            ("18446744073709551616", "99999999999999999999", "0"),
            ("6338253001141147007483516026880", "100", "5"),
        ],
    );
}

#[test]
fn powers_and_factorials() {
    check(
        cl_pow,
        &[
            ("3", "100", "515377520732011331036461129765621272702107522001"),
            ("-2", "63", "-9223372036854775808"),
            ("0", "0", "1"),
            ("2", "-2", "0.25"),
            ("2", "0.5", "1.4142135623730951"),
            ("-1", "99999999999999999999", "-1"),
            ("-1", "99999999999999999998", "1"),
            ("2", "99999999999999999999", RAISED),
            ("0", "-1", "+inf"),
            ("-8.0", "0.5", "+nan"),
        ],
    );
    check_unary(
        cl_factorial,
        &[
            ("0", "1"),
            ("20", "2432902008176640000"),
            ("25", "15511210043330985984000000"),
            ("-1", RAISED),
            ("1.0", RAISED),
        ],
    );
    check(
        cl_gcd,
        &[
            ("12", "-18", "6"),
            ("0", "0", "0"),
            ("-4611686018427387904", "0", "4611686018427387904"),
            ("0", "-18446744073709551616", "18446744073709551616"),
            ("18446744073709551616", "12", "4"),
        ],
    );
}

#[test]
fn rounding_gives_ints_of_any_size() {
    check_unary(
        cl_round,
        &[
            ("0.5", "0"),
            ("1.5", "2"),
            ("2.5", "2"),
            ("-1.5", "-2"),
            ("1e20", "100000000000000000000"),
            ("+inf", RAISED),
            ("7", "7"),
        ],
    );
    check_unary(
        cl_floor,
        &[
            ("-2.1", "-3"),
            ("-4611686018427387904.0", "-4611686018427387904"),
            ("4611686018427387904.0", "4611686018427387904"),
        ],
    );
    check_unary(cl_ceil, &[("2.1", "3"), ("-0.5", "0")]);
    check_unary(cl_int, &[("-2.9", "-2"), ("-1e25", "-10000000000000000905969664"), ("+nan", RAISED)]);
    check(
        cl_round_to,
        &[
            ("3.14159", "2", "3.14"),
            ("2.5", "0", "2.0"),
            ("2.675", "2", "2.67"),
            ("1250.0", "-2", "1200.0"),
            ("1350.0", "-2", "1400.0"),
            ("-4.0", "-1", "-0.0"),
            ("5", "-1", "5"),
            ("1e300", "5", "1e300"),
            ("5e-324", "2000", "5e-324"),
        ],
    );
}

#[test]
fn logarithms_reach_beyond_the_floats() {
    let mut ctx = Context::new();
    let big = cl_pow(&mut ctx, Value::fixnum(10), Value::fixnum(400));
    let log = cl_log10(&mut ctx, big);
    assert!((log.as_float().unwrap() - 400.0).abs() < 1e-10);
    check_unary(cl_log2, &[("8", "3.0"), ("0", RAISED)]);
    check_unary(cl_sqrt, &[("16", "4.0"), ("-1", RAISED), ("+nan", "+nan")]);
}
