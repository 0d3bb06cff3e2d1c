//! Making errors. An error is a Dict with the keys "type", "message", "data" and "trace". Each function here stores the
//! error in `Context::pending` and returns `RAISED`, for a primitive to return; compiled code then raises it, which
//! adds the trace.

use crate::{Context, Value};

impl Context {
    /// An error of a type; `data` is nil or what the program may look at.
    pub fn error(&mut self, kind: &str, message: &str, data: Value) -> Value {
        let _ = (kind, message, data);
        todo!("control's owner writes this")
    }

    /// Argument `position` (from 1) of the library function `function` is not what was `expected` ("a String").
    pub fn type_error(&mut self, function: &str, position: usize, expected: &str, got: Value) -> Value {
        let _ = (function, position, expected, got);
        todo!("control's owner writes this")
    }

    /// A position outside of a sequence of `length` items.
    pub fn index_error(&mut self, function: &str, index: Value, length: usize) -> Value {
        let _ = (function, index, length);
        todo!("control's owner writes this")
    }

    /// `function` needs a non-empty `what`.
    pub fn empty_error(&mut self, function: &str, what: &str) -> Value {
        let _ = (function, what);
        todo!("control's owner writes this")
    }
}
