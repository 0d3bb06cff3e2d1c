//! Hashing of any value, consistent with `equal::same_key`: equal keys hash alike, so an Int and the Float of the same
//! value do, and Dicts and Sets whatever their order. There is no random seed: a program's output may depend on nothing
//! but its input. Mixing is by folded multiplication, as in wyhash (Wang Yi, public domain).

use super::entries;
use super::limbs::Limbs;
use crate::Value;
use crate::collections::array;
use crate::control::sched::channel;
use cl_abi::layout::*;

/// What a kind adds, so that values of different kinds with the same content differ.
mod seed {
    pub const NUMBER: u64 = 0x9e37_79b9_7f4a_7c15;
    pub const TEXT: u64 = 0xa076_1d64_78bd_642f;
    pub const IMMEDIATE: u64 = 0xe703_7ed1_a0b4_28db;
    pub const LIST: u64 = 0x8ebc_6af0_9c88_c6e3;
    pub const TUPLE: u64 = 0x5899_65cc_7537_4cc3;
    pub const ARRAY: u64 = 0x1d8e_4e27_c47d_124f;
    pub const DICT: u64 = 0xeb44_acca_b455_d165;
    pub const SET: u64 = 0x2ca1_9f6d_4e3b_8a75;
    pub const DATA: u64 = 0xd6e8_feb8_6659_fd93;
    pub const BYTES: u64 = 0x6c8e_9cf5_7093_2bd5;
    pub const QUEUE: u64 = 0xc2b2_ae3d_27d4_eb4f;
    pub const DATE_TIME: u64 = 0x2127_599b_f432_5c37;
}

/// The hash of a value as a Dict key.
#[inline]
pub fn hash(v: Value) -> u32 {
    if let Some(n) = v.as_fixnum() {
        return fold(hash_i64(n));
    }
    if v.is_pointer() { hash_object(v) } else { fold(mix(v.0, seed::IMMEDIATE)) }
}

/// The hash that a String of this text has. `const`, for static Strings.
pub const fn hash_text(text: &[u8]) -> u32 {
    let mut h = mix(text.len() as u64, seed::TEXT);
    let mut at = 0;
    while at < text.len() {
        let mut word = 0;
        let mut i = 0;
        while i < 8 && at + i < text.len() {
            word |= (text[at + i] as u64) << (8 * i);
            i += 1;
        }
        h = mix(h ^ word, seed::TEXT);
        at += 8;
    }
    let h = fold(h);
    // 0 says "not computed" in a String object.
    if h == 0 { 1 } else { h }
}

#[inline]
const fn mix(a: u64, b: u64) -> u64 {
    let product = (a ^ b) as u128 * 0x9fb2_1c65_1e98_df25;
    product as u64 ^ (product >> 64) as u64
}

#[inline]
const fn fold(h: u64) -> u32 {
    (h ^ h >> 32) as u32
}

#[inline]
fn hash_i64(n: i64) -> u64 {
    mix(n as u64, seed::NUMBER)
}

#[inline(never)]
fn hash_object(v: Value) -> u32 {
    if v.is(Kind::String) {
        return hash_string(v);
    }
    fold(match hash_leaf(v) {
        Some(h) => h,
        None => hash_compound(v),
    })
}

/// A String keeps its hash, in the low half of payload word 1.
fn hash_string(v: Value) -> u32 {
    let known = v.raw(1) as u32;
    if known != 0 {
        return known;
    }
    let bytes = v.raw(0) as u32 as usize;
    let h = v.words()[2..2 + bytes.div_ceil(8)].iter();
    let h = h.fold(mix(bytes as u64, seed::TEXT), |h, &w| mix(h ^ w, seed::TEXT));
    let h = fold(h).max(1);
    v.init(1, v.raw(1) & !0xffff_ffff | h as u64);
    h
}

/// The hash of what contains no other values; `None` for the rest.
fn hash_leaf(v: Value) -> Option<u64> {
    if let Some(n) = v.as_fixnum() {
        return Some(hash_i64(n));
    }
    let Some(kind) = v.kind() else { return Some(mix(v.0, seed::IMMEDIATE)) };
    Some(match kind {
        k if k == Kind::String as u8 => hash_string(v) as u64,
        k if k == Kind::Float as u8 => hash_f64(f64::from_bits(v.raw(0))),
        k if k == Kind::BigInt as u8 => {
            let n = Limbs { negative: v.aux() == 1, magnitude: v.words() };
            residue_hash(n.negative, n.magnitude.iter().rev().fold(0, |r, &l| residue((r as u128) << 64 | l as u128)))
        }
        k if k == Kind::Bytes as u8 => v.words().iter().fold(seed::BYTES, |h, &w| mix(h ^ w, seed::BYTES)),
        // Of the instant: where it was does not count.
        k if k == Kind::DateTime as u8 => mix(v.raw(0) ^ (v.raw(1) & 0xffff_ffff) << 32, seed::DATE_TIME),
        // Functions and handles are keys by identity, but the collector moves them: hash what does not move.
        k if k == Kind::Closure as u8 => mix(v.raw(0), seed::IMMEDIATE),
        k if k == Kind::Fiber as u8 => mix(v.raw(0), seed::IMMEDIATE),
        k if k == Kind::Channel as u8 => mix(channel::number(v), seed::IMMEDIATE),
        k if k == Kind::Handle as u8 => mix(v.raw(0), seed::IMMEDIATE),
        k if [Kind::Cell, Kind::Builder, Kind::Regex, Kind::File].map(|k| k as u8).contains(&k) => {
            mix(k as u64, seed::IMMEDIATE)
        }
        _ => return None,
    })
}

fn hash_f64(f: f64) -> u64 {
    const BOUND: f64 = (1u64 << 62) as f64;
    if (-BOUND..BOUND).contains(&f) && f == f.trunc() {
        return hash_i64(f as i64);
    }
    if f.is_finite() && f == f.trunc() {
        // mantissa * 2^exponent modulo 2^61 - 1, as a BigInt of the same value has it: 2^61 is 1 there.
        let mantissa = f.to_bits() & ((1 << 52) - 1) | 1 << 52;
        let exponent = (f.to_bits() >> 52 & 0x7ff) - 1075;
        return residue_hash(f < 0.0, residue((mantissa as u128) << (exponent % 61)));
    }
    mix(if f.is_nan() { f64::NAN.to_bits() } else { f.to_bits() }, seed::NUMBER)
}

/// `n` modulo the prime 2^61 - 1.
fn residue(n: u128) -> u64 {
    const P: u128 = (1 << 61) - 1;
    let n = (n & P) + (n >> 61);
    let n = (n & P) + (n >> 61);
    (if n >= P { n - P } else { n }) as u64
}

fn residue_hash(negative: bool, residue: u64) -> u64 {
    mix(residue, if negative { !seed::NUMBER } else { seed::NUMBER })
}

/// A collection whose items are being hashed.
enum Frame {
    /// Hash so far and what remains of a List.
    List(u64, Value),
    /// Hash so far, object, next item, end.
    Items(u64, Value, usize, usize),
    /// Sum so far of the entries, their iterator, and the hash of the key whose value is being hashed.
    Entries(u64, entries::Entries, Option<u64>),
}

impl Frame {
    fn open(v: Value) -> Frame {
        match v.kind() {
            Some(k) if k == Kind::Cons as u8 => Frame::List(seed::LIST, v),
            Some(k) if k == Kind::Array as u8 => {
                let (store, len) = array::view(v);
                Frame::Items(seed::ARRAY, store, 0, len)
            }
            Some(k) if k == Kind::Data as u8 => Frame::Items(mix(v.aux() as u64, seed::DATA), v, 0, v.size()),
            Some(k) if k == Kind::Dict as u8 => Frame::Entries(seed::DICT, entries::of(v), None),
            Some(k) if k == Kind::Set as u8 => Frame::Entries(seed::SET, entries::of(v), None),
            // Front and back of a Queue depend on its history: only the size is known alike.
            Some(k) if k == Kind::Queue as u8 => Frame::Items(mix(v.raw(2), seed::QUEUE), v, 0, 0),
            _ => Frame::Items(seed::TUPLE, v, 0, v.size()),
        }
    }

    /// The next value inside, or the hash of the whole.
    fn next(&mut self) -> Result<Value, u64> {
        match self {
            Frame::List(h, rest) => match rest.as_cons() {
                Some((head, tail)) => {
                    *rest = tail;
                    Ok(head)
                }
                None => Err(*h),
            },
            Frame::Items(h, object, next, end) => {
                // Floats of an unboxed Array are no values: all that are left are hashed here.
                while object.is(Kind::FloatVector) && next < end {
                    *h = mix(*h ^ hash_f64(f64::from_bits(object.load(*next).0)), seed::LIST);
                    *next += 1;
                }
                if next == end {
                    return Err(*h);
                }
                *next += 1;
                Ok(object.load(*next - 1))
            }
            Frame::Entries(sum, entries, key) => match key {
                Some(_) => Ok(entries.value()),
                None => entries.next_key().ok_or(*sum),
            },
        }
    }

    /// Takes the hash of the value that `next` gave.
    fn take(&mut self, inner: u64) {
        match self {
            Frame::List(h, _) | Frame::Items(h, ..) => *h = mix(*h ^ inner, seed::LIST),
            Frame::Entries(sum, entries, key) => match key.take() {
                Some(k) => *sum = sum.wrapping_add(mix(k ^ inner.rotate_left(32), seed::DICT)),
                None if entries.is_set() => *sum = sum.wrapping_add(mix(inner, seed::SET)),
                None => *key = Some(inner),
            },
        }
    }
}

fn hash_compound(v: Value) -> u64 {
    let mut open = vec![Frame::open(v)];
    loop {
        let top = open.last_mut().expect("the outermost frame returns");
        match top.next() {
            Ok(item) => match hash_leaf(item) {
                Some(h) => top.take(h),
                None => open.push(Frame::open(item)),
            },
            Err(h) => {
                open.pop();
                match open.last_mut() {
                    Some(outer) => outer.take(h),
                    None => return h,
                }
            }
        }
    }
}
