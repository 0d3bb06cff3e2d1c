//! Finding the end of plain text in a JSON string.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The position of the first quote, backslash or control character from `at` on, or the length; and whether all before it
/// is ASCII.
///
/// Eight bytes at a time, by "determine if a word has a byte less than n" and "equal to n" of Sean Anderson's bit
/// twiddling hacks. A borrow can set further marks only above a true one, so the lowest mark is right.
#[inline]
pub fn plain_end(bytes: &[u8], mut at: usize) -> (usize, bool) {
    let mut seen = 0;
    while let Some(chunk) = bytes.get(at..).and_then(|rest| rest.first_chunk::<8>()) {
        let word = u64::from_le_bytes(*chunk);
        let equal = |byte: u8| {
            let difference = word ^ (ONES * byte as u64);
            difference.wrapping_sub(ONES) & !difference
        };
        let below_space = word.wrapping_sub(ONES * b' ' as u64) & !word;
        let marks = (equal(b'"') | equal(b'\\') | below_space) & HIGH;
        if marks != 0 {
            let before = marks.trailing_zeros() as usize / 8;
            let mask = (1u64 << (8 * before)) - 1;
            return (at + before, (seen | word & mask) & HIGH == 0);
        }
        seen |= word;
        at += 8;
    }
    while let Some(&byte) = bytes.get(at) {
        if byte == b'"' || byte == b'\\' || byte < b' ' {
            break;
        }
        seen |= byte as u64;
        at += 1;
    }
    (at, seen & HIGH == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_found_at_every_distance() {
        for before in ["", "a", "é", "aé", "\u{7f}", "\u{80}\u{ff}"] {
            for length in 0..20 {
                let text = before.to_string() + &"x".repeat(length);
                for stop in ["\"", "\\", "\n", "\u{1f}", "\0"] {
                    for after in ["", "yyyyyyyyyyyy", "\"\"\"\"\"\"\"\"é"] {
                        let whole = format!("{text}{stop}{after}");
                        assert_eq!(plain_end(whole.as_bytes(), 0), (text.len(), text.is_ascii()), "{whole:?}");
                    }
                }
                assert_eq!(plain_end(text.as_bytes(), 0), (text.len(), text.is_ascii()));
            }
        }
    }
}
