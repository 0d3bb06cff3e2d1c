//! The library's sources, embedded in the compiler.

/// Library files by name, without `.cl`.
pub struct StdLib {
    /// Together one module: the prelude.
    pub prelude: &'static [(&'static str, &'static str)],
    /// Modules `std/NAME`.
    pub modules: &'static [(&'static str, &'static str)],
}

impl StdLib {
    /// The names of the modules that have a file of their own, and std/test.
    pub fn modules(&self) -> impl Iterator<Item = &'static str> + '_ {
        let own = self.modules.iter().map(|(name, _)| *name).filter(|name| *name != "test");
        own.chain(std::iter::once("test"))
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
        "arrays" "datetime" "dicts" "effects" "functions" "io" "kinds" "lists" "numbers" "state" "strings"),
    modules: files!("": "heap" "regex"),
};
