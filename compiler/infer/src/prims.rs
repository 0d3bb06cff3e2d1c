//! What is known of primitives: the kinds of operands that they take, those that their results have beyond what the table
//! of primitives says, and which reach outside the program, as which operation.

use crate::types::Kinds;
use cl_abi::prims::{self, PrimId, Result};
use std::sync::LazyLock;

/// What inference knows of a primitive.
#[derive(Clone, Copy, Default)]
pub struct Info {
    /// By operand; none: anything.
    pub needs: [Option<Kinds>; 3],
    /// It tests its operand for these kinds.
    pub test: Option<Kinds>,
    /// The operation that it does.
    pub op: Option<&'static str>,
    /// It always raises because a check failed, not because the program says so.
    pub fails: bool,
}

pub fn info(prim: PrimId) -> &'static Info {
    static TABLE: LazyLock<Vec<Info>> = LazyLock::new(|| prims::ALL.iter().map(|p| describe(p.name)).collect());
    &TABLE[prim.0 as usize]
}

/// The kinds that a primitive tests its operand for.
pub fn test_of(prim: PrimId) -> Option<Kinds> {
    info(prim).test
}

/// The kinds of a primitive's results.
pub fn result_kinds(result: Result) -> Kinds {
    match result {
        Result::Any => Kinds::ALL,
        Result::Nil => Kinds::NIL,
        Result::Bool => Kinds::BOOL,
        Result::Fixnum | Result::Int => Kinds::INT,
        Result::Float => Kinds::FLOAT,
        Result::Number => Kinds::NUMBER,
        Result::String => Kinds::STRING,
        Result::List => Kinds::LIST,
        Result::Cons => Kinds::CONS,
        Result::Tuple => Kinds::TUPLE,
        Result::Array => Kinds::ARRAY,
        Result::Dict => Kinds::DICT,
        Result::Set => Kinds::SET,
        Result::Never => Kinds::NONE,
    }
}

fn describe(name: &str) -> Info {
    let find = |table: &[(&str, Kinds)]| table.iter().find(|(n, _)| *n == name).map(|(_, k)| *k);
    let needs = NEEDS.iter().find(|(n, _)| *n == name).map_or(&[][..], |(_, needs)| needs);
    let mut info = Info { test: find(TESTS), ..Info::default() };
    for (slot, need) in info.needs.iter_mut().zip(needs) {
        *slot = (*need != Kinds::ALL).then_some(*need);
    }
    info.op = OPS.iter().find(|(n, _)| *n == name).map(|(_, op)| *op);
    info.fails = FAILS.contains(&name);
    info
}

const ANY: Kinds = Kinds::ALL;
const NUM: Kinds = Kinds::NUMBER;
const INT: Kinds = Kinds::INT;
const STR: Kinds = Kinds::STRING;
const LIST: Kinds = Kinds::LIST;
const ARR: Kinds = Kinds::ARRAY;
const DICT: Kinds = Kinds::DICT;

const TESTS: &[(&str, Kinds)] = &[
    ("%is-int", INT),
    ("%is-float", Kinds::FLOAT),
    ("%is-number", NUM),
    ("%is-nil", Kinds::NIL),
    ("%is-bool", Kinds::BOOL),
    ("%is-string", STR),
    ("%is-symbol", Kinds::SYMBOL),
    ("%is-keyword", Kinds::KEYWORD),
    ("%is-bytes", Kinds::BYTES),
    ("%is-list", LIST),
    ("%is-cons", Kinds::CONS),
    ("%is-empty-list", Kinds::EMPTY),
    ("%is-tuple", Kinds::TUPLE),
    ("%is-dict", DICT),
    ("%is-set", Kinds::SET),
    ("%is-array", ARR),
    ("%is-function", Kinds::FUN),
    ("%is-promise", Kinds::PROMISE),
    ("%is-channel", Kinds::CHANNEL),
    ("%is-datetime", Kinds::DATETIME),
    ("%is-regex", Kinds::REGEX),
    ("%is-fiber", Kinds::GOROUTINE),
];

/// Operands, for code that is not known by a signature.
const NEEDS: &[(&str, &[Kinds])] = &[
    ("%add", &[NUM, NUM]),
    ("%sub", &[NUM, NUM]),
    ("%mul", &[NUM, NUM]),
    ("%div-exact", &[NUM, NUM]),
    ("%quot", &[NUM, NUM]),
    ("%rem", &[NUM, NUM]),
    ("%div", &[NUM, NUM]),
    ("%mod", &[NUM, NUM]),
    ("%neg", &[NUM]),
    ("%abs", &[NUM]),
    ("%head", &[LIST]),
    ("%tail", &[LIST]),
    ("%cons", &[ANY, LIST]),
    ("%last", &[LIST]),
    ("%init", &[LIST]),
    ("%tuple-size", &[Kinds::TUPLE]),
    ("%tuple-ref", &[Kinds::TUPLE, INT]),
    ("%string-length", &[STR]),
    ("%char-at", &[STR, INT]),
    ("%array-length", &[ARR]),
    ("%array-get", &[ARR, INT]),
    ("%array-set", &[ARR, INT]),
    ("%array-push", &[ARR]),
    ("%dict-set", &[DICT]),
    ("%dict-remove", &[DICT]),
    ("%dict-keys", &[DICT]),
    ("%dict-values", &[DICT]),
    ("%set-add", &[Kinds::SET]),
];

/// Checks that failed. Raising on purpose and ending the program are none.
const FAILS: &[&str] = &["%match-error", "%used-before-definition", "%annotation-error", "%argument-error"];

/// What reaches outside the program.
const OPS: &[(&str, &str)] = &[
    ("%print", "io:print"),
    ("%print1", "io:print"),
    ("%write", "io:write"),
    ("%print-err", "io:print-err"),
    ("%read-line", "io:read-line"),
    ("%args", "io:args"),
    ("%env", "io:env"),
    ("%exit", "io:exit"),
    ("%file-open", "io:open-file"),
    ("%file-close", "io:close-file"),
    ("%file-read-line", "io:read-line"),
    ("%file-read", "io:read-file"),
    ("%file-read-bytes", "io:read-file"),
    ("%file-size", "io:read-file"),
    ("%file-exists", "io:read-file"),
    ("%dir-list", "io:read-file"),
    ("%current-directory", "io:env"),
    ("%temp-dir", "io:env"),
    ("%file-write", "io:write-file"),
    ("%file-write-bytes", "io:write-file"),
    ("%file-delete", "io:write-file"),
    ("%file-copy", "io:write-file"),
    ("%file-rename", "io:write-file"),
    ("%dir-create", "io:write-file"),
    ("%dir-delete", "io:write-file"),
    ("%process-run", "io:process-run"),
    ("%uuid", "random:int"),
    ("%time-now", "time:now"),
    ("%time-elapsed", "time:elapsed"),
    ("%time-sleep", "time:sleep"),
    ("%random-float", "random:float"),
    ("%random-int", "random:int"),
    ("%random-shuffle", "random:shuffle"),
    ("%random-seed", "random:seed"),
    ("%gc-collect", "gc:collect"),
    ("%gc-stats", "gc:stats"),
    ("%gc-enable", "gc:enable"),
    ("%gc-is-enabled", "gc:is-enabled?"),
    ("%gc-set-threshold", "gc:set-threshold"),
    ("%gc-threshold", "gc:get-threshold"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_names_a_primitive() {
        let names = TESTS.iter().map(|r| r.0).chain(NEEDS.iter().map(|r| r.0)).chain(OPS.iter().map(|r| r.0));
        for name in names.chain(FAILS.iter().copied()) {
            assert!(prims::by_name(name).is_some(), "{name}");
        }
    }

    #[test]
    fn what_reaches_outside_is_an_operation() {
        const OUTSIDE: &[&str] = &[
            "%print",
            "%write",
            "%read-line",
            "%args",
            "%env",
            "%exit",
            "%file-",
            "%dir-",
            "%process",
            "%uuid",
            "%time-",
            "%random-",
            "%current-directory",
            "%temp-dir",
            "%gc-",
        ];
        for prim in prims::ALL {
            // Who makes time virtual reaches nothing: the library's tests do.
            let outside = prim.name != "%time-virtual" && OUTSIDE.iter().any(|prefix| prim.name.starts_with(prefix));
            let known = OPS.iter().any(|(name, _)| *name == prim.name);
            assert!(!outside || known, "{}", prim.name);
        }
    }

    #[test]
    fn every_failing_primitive_never_returns() {
        for name in FAILS {
            let prim = prims::by_name(name).map(PrimId::get);
            assert_eq!(prim.map(|p| p.result), Some(Result::Never), "{name}");
        }
    }
}
