//! Names of older programs with their present spelling. Those that the library no longer has are taken for their successor; all are
//! warned about (W0201), and `clc check --fix` rewrites them.
//!
//! Only names that mean the same with the same arguments are here: a name with another order of arguments, say, must
//! stay unbound, so that its use is an error and not another program.

/// Older names, and the names to use: one, or several of which the user must choose.
pub const NAMES: &[(&str, &[&str])] = &[
    ("car", &["head"]),
    ("cdr", &["tail"]),
    ("cadr", &["second"]),
    ("caddr", &["third"]),
    ("list-find", &["find"]),
    ("list-flatten", &["flatten"]),
    ("list-index-of", &["index-of"]),
    ("list-partition", &["partition"]),
    ("list-reverse", &["reverse"]),
    ("list-slice", &["slice"]),
    ("list-sort", &["sort"]),
    ("list-unique", &["unique"]),
    ("list-unzip", &["unzip"]),
    ("list-zip", &["zip"]),
    ("random:randint", &["random:int"]),
    ("random:random", &["random:float"]),
    ("state:reactive-get", &["reactive:get"]),
    ("state:reactive-ref", &["reactive:ref"]),
    ("state:reactive-set", &["reactive:set"]),
    ("state:reactive-update", &["reactive:update"]),
    ("string-append", &["concat"]),
    ("to-int", &["int", "parse-int"]),
];
