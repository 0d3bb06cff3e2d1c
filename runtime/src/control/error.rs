//! Making errors. An error is a Dict with the keys "type", "message", "data" and "trace". Each function here stores the
//! error in `Context::pending` and returns `RAISED`, for a primitive to return; compiled code then raises it, which
//! adds the trace.

use crate::collections::dict_from_pairs;
use crate::text::print::brief;
use crate::text::string;
use crate::{Context, Value};

impl Context {
    /// An error of a type; `data` is nil or what the program may look at.
    #[cold]
    pub fn error(&mut self, kind: &str, message: &str, data: Value) -> Value {
        let kind = string::make(self, kind);
        let message = string::make(self, message);
        self.error_of(kind, message, data, Value::EMPTY)
    }

    /// An error of these parts; type and message should be Strings, the trace a List.
    pub(crate) fn error_of(&mut self, kind: Value, message: Value, data: Value, trace: Value) -> Value {
        let keys = ["type", "message", "data", "trace"].map(|key| string::make(self, key));
        let values = [kind, message, data, trace];
        let pairs: [(Value, Value); 4] = std::array::from_fn(|i| (keys[i], values[i]));
        self.pending = dict_from_pairs(self, &pairs);
        Value::RAISED
    }

    /// Argument `position` (from 1) of the library function `function`, which is the error's data, is not what was
    /// `expected` ("a String").
    #[cold]
    pub fn type_error(&mut self, function: &str, position: usize, expected: &str, got: Value) -> Value {
        let found = self.describe(got);
        let message = format!("{function}: argument {position} must be {expected}, got {found}");
        self.error("type-error", &message, got)
    }

    /// A position, the error's data, outside of a sequence of `length` items.
    #[cold]
    pub fn index_error(&mut self, function: &str, index: Value, length: usize) -> Value {
        let position = brief(self, index);
        let range = match length {
            0 => "it is empty".to_string(),
            _ => format!("valid are 0 to {}", length - 1),
        };
        let message = format!("{function}: there is no position {position}, {range}");
        self.error("index-error", &message, index)
    }

    /// `function` needs a non-empty `what`.
    #[cold]
    pub fn empty_error(&mut self, function: &str, what: &str) -> Value {
        let message = format!("{function}: the {what} is empty");
        self.error("empty-error", &message, Value::NIL)
    }

    /// A value for a message: what prints of it, and its kind where that does not show in the print.
    pub(crate) fn describe(&self, value: Value) -> String {
        brief(self, value)
    }
}
