//! Integers beyond the fixnum range as raw 64-bit limbs: what equality, order, hashing and conversion need of them
//! without making a copy. Arithmetic on two such numbers is in `big`.

use crate::Value;
use cl_abi::layout::Kind;
use std::cmp::Ordering;

/// A view of a BigInt object: sign and magnitude, least significant limb first, no leading zero limb.
#[derive(Clone, Copy)]
pub struct Limbs<'a> {
    pub negative: bool,
    pub magnitude: &'a [u64],
}

impl<'a> Limbs<'a> {
    /// The view, if the value is a BigInt.
    pub fn of(v: Value) -> Option<Limbs<'a>> {
        v.is(Kind::BigInt).then(|| Limbs { negative: v.aux() == 1, magnitude: v.words() })
    }

    /// Number of bits of the magnitude.
    pub fn bits(self) -> u64 {
        match self.magnitude.last() {
            Some(top) => self.magnitude.len() as u64 * 64 - top.leading_zeros() as u64,
            None => 0,
        }
    }

    /// The 64 most significant bits of the magnitude (top bit set, low bit also set when a lower bit was cut off) and
    /// the power of two that they count. The number must not be 0.
    pub fn leading(self) -> (u64, i64) {
        let n = self.magnitude.len();
        let top = self.magnitude[n - 1];
        let shift = top.leading_zeros();
        let below = if n > 1 { self.magnitude[n - 2] } else { 0 };
        let mut bits = top << shift;
        if shift > 0 {
            bits |= below >> (64 - shift);
        }
        let cut = n > 1 && (below << shift != 0 || self.magnitude[..n - 2].iter().any(|&l| l != 0));
        (bits | cut as u64, 64 * (n as i64 - 1) - shift as i64)
    }

    /// The nearest Float, ties to even; infinite beyond the range.
    pub fn to_f64(self) -> f64 {
        let (bits, exponent) = self.leading();
        scaled(self.negative, bits, exponent)
    }

    /// Order of the two numbers by value.
    pub fn order(self, other: Limbs) -> Ordering {
        match (self.negative, other.negative) {
            (false, true) => Ordering::Greater,
            (true, false) => Ordering::Less,
            (false, false) => self.magnitude_cmp(other),
            (true, true) => other.magnitude_cmp(self),
        }
    }

    /// Order of the two numbers by magnitude.
    pub fn magnitude_cmp(self, other: Limbs) -> Ordering {
        let (a, b) = (self.magnitude, other.magnitude);
        a.len().cmp(&b.len()).then_with(|| a.iter().rev().cmp(b.iter().rev()))
    }

    /// Order by exact value against a Float; `None` for NaN.
    pub fn cmp_f64(self, f: f64) -> Option<Ordering> {
        if f.is_nan() {
            return None;
        }
        let sign = if self.negative { Ordering::Less } else { Ordering::Greater };
        if f == 0.0 || self.negative != (f < 0.0) {
            return Some(sign);
        }
        // Same sign: compare magnitudes, by bit length first.
        let exponent = (f.to_bits() >> 52 & 0x7ff) as i64 - 1022;
        let magnitude = if f.is_infinite() {
            Ordering::Less
        } else {
            (self.bits() as i64).cmp(&exponent).then_with(|| {
                // The Float has 53 significant bits; a cut-off bit of `self` shows in the lowest bit of `bits`.
                let (bits, _) = self.leading();
                bits.cmp(&((f.to_bits() & ((1 << 52) - 1) | 1 << 52) << 11))
            })
        };
        Some(if self.negative { magnitude.reverse() } else { magnitude })
    }
}

/// The Float nearest to `bits * 2^exponent`, ties to even, with a sign. The top bit of `bits` must be set; its lowest
/// bit stands for everything below it ("sticky").
pub fn scaled(negative: bool, bits: u64, exponent: i64) -> f64 {
    let top = exponent + 63;
    let sign = (negative as u64) << 63;
    if top > 1023 {
        return f64::from_bits(sign | f64::INFINITY.to_bits());
    }
    // 53 significant bits, fewer for subnormal results.
    let drop = if top >= -1022 { 11 } else { 11 + (-1022 - top) };
    if drop > 64 {
        return f64::from_bits(sign);
    }
    let (kept, rest) = if drop == 64 { (0, bits) } else { (bits >> drop, bits << (64 - drop)) };
    let half = 1 << 63;
    let up = rest > half || (rest == half && kept & 1 == 1);
    // The implicit bit adds one to the exponent field, so a carry into the next binade or out of the subnormals works.
    let biased = if top >= -1022 { (top + 1022) as u64 } else { 0 };
    f64::from_bits(sign | ((biased << 52) + kept + up as u64))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaled_rounds_to_nearest_even_and_reaches_subnormals() {
        let one = 1u64 << 63;
        assert_eq!(scaled(false, one, -63), 1.0);
        assert_eq!(scaled(true, one, -62), -2.0);
        assert_eq!(scaled(false, u64::MAX, -63), 2.0);
        assert_eq!(scaled(false, one | 1 << 10, -63), 1.0);
        assert_eq!(scaled(false, one | 1 << 10 | 1, -63), 1.0 + f64::EPSILON);
        assert_eq!(scaled(false, one, -1074 - 63), 5e-324);
        assert_eq!(scaled(false, one, -1075 - 63), 0.0);
        assert_eq!(scaled(false, one | 1, -1075 - 63), 5e-324);
        assert_eq!(scaled(false, one, 1024 - 63), f64::INFINITY);
        assert_eq!(scaled(false, one, -1022 - 63), f64::MIN_POSITIVE);
        assert_eq!(scaled(false, u64::MAX, -1023 - 63), f64::MIN_POSITIVE);
    }

    #[test]
    fn big_numbers_compare_exactly_with_floats() {
        let two_70 = Limbs { negative: false, magnitude: &[0, 64] };
        let above = Limbs { negative: false, magnitude: &[1, 64] };
        let f = 2f64.powi(70);
        assert_eq!(two_70.cmp_f64(f), Some(Ordering::Equal));
        assert_eq!(above.cmp_f64(f), Some(Ordering::Greater));
        assert_eq!(above.cmp_f64(f64::INFINITY), Some(Ordering::Less));
        assert_eq!(above.cmp_f64(f64::NEG_INFINITY), Some(Ordering::Greater));
        assert_eq!(above.cmp_f64(0.5), Some(Ordering::Greater));
        assert_eq!(above.cmp_f64(f64::NAN), None);
        assert_eq!(Limbs { negative: true, ..above }.cmp_f64(-f), Some(Ordering::Less));
        assert_eq!(above.to_f64(), f);
    }
}
