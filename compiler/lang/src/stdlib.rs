//! The library's sources, embedded in the compiler.

/// Library files by name, without `.cl`.
pub struct StdLib {
    /// Together one module: the prelude.
    pub prelude: &'static [(&'static str, &'static str)],
    /// Modules `std/NAME`. Those whose names begin with `%` are the library's own and the tests'.
    pub modules: &'static [(&'static str, &'static str)],
}

impl StdLib {
    /// The modules that programs are told of, with their sources.
    pub fn public_modules(&self) -> impl Iterator<Item = (&'static str, &'static str)> {
        self.modules.iter().copied().filter(|(name, _)| !name.starts_with('%'))
    }
}

macro_rules! files {
    ($folder:literal: $($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../../stdlib/", $folder, $name, ".cl")))),*]
    };
}

/// The library that programs are compiled with. A new file is listed here; a test compares the list with the folder.
pub static STD: StdLib = StdLib {
    prelude: files!("prelude/":
        "arrays" "concurrent" "datetime" "dicts" "effects" "functions" "io" "kinds" "lists" "locks" "numbers" "promises" "sequences" "state" "strings"),
    modules: files!("": "%coroutine" "heap" "regex" "test"),
};
