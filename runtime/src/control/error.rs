//! Making errors. An error is a Dict with the keys "type", "message", "data" and "trace". Each function here stores the
//! error in `Context::pending` and returns `RAISED`, for a primitive to return; compiled code then raises it, which
//! adds the trace.

use crate::{Context, Value};
use cl_abi::layout::Kind;

impl Context {
    /// An error of a type; `data` is nil or what the program may look at.
    #[cold]
    pub fn error(&mut self, kind: &str, message: &str, data: Value) -> Value {
        let kind = self.error_text(kind);
        let message = self.error_text(message);
        let keys = ["type", "message", "data", "trace"];
        let mut pairs = Value::EMPTY;
        for (key, value) in keys.into_iter().zip([kind, message, data, Value::EMPTY]).rev() {
            let key = self.error_text(key);
            let pair = self.alloc(Kind::Tuple, 0, 2);
            pair.init(0, key.0);
            pair.init(1, value.0);
            let cons = self.alloc(Kind::Cons, 0, 2);
            cons.init(0, pair.0);
            cons.init(1, pairs.0);
            pairs = cons;
        }
        self.pending = pairs;
        Value::RAISED
    }

    /// Argument `position` (from 1) of the library function `function` is not what was `expected` ("a String").
    #[cold]
    pub fn type_error(&mut self, function: &str, position: usize, expected: &str, got: Value) -> Value {
        let _ = got;
        let message = format!("{function}: argument {position} must be {expected}");
        self.error("type-error", &message, Value::NIL)
    }

    /// A position outside of a sequence of `length` items.
    #[cold]
    pub fn index_error(&mut self, function: &str, index: Value, length: usize) -> Value {
        let _ = index;
        let message = format!("{function}: there is no such position in {length} items");
        self.error("index-error", &message, Value::NIL)
    }

    /// `function` needs a non-empty `what`.
    #[cold]
    pub fn empty_error(&mut self, function: &str, what: &str) -> Value {
        let message = format!("{function}: the {what} is empty");
        self.error("empty-error", &message, Value::NIL)
    }

    fn error_text(&mut self, text: &str) -> Value {
        let words = text.len().div_ceil(8);
        let s = self.alloc(Kind::String, 0, 2 + words);
        s.init(0, text.len() as u64 | (text.chars().count() as u64) << 32);
        s.init(1, 0);
        for (i, bytes) in text.as_bytes().chunks(8).enumerate() {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            s.init(2 + i, u64::from_ne_bytes(word));
        }
        s
    }
}
