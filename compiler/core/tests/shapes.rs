//! What lowering makes of each construct: for each `shapes/NAME.cl` the Core of the function that its second line names
//! is `shapes/NAME.core`. `BLESS=1` writes these files; read the difference before keeping it.

mod support;

use std::path::Path;
use support::function_of;

#[test]
fn each_construct_lowers_to_its_shape() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let mut sources: Vec<_> =
        std::fs::read_dir(&folder).expect("the folder").map(|e| e.expect("a file").path()).collect();
    sources.retain(|p| p.extension().is_some_and(|e| e == "cl"));
    sources.sort();
    assert!(sources.len() > 20, "the shapes are missing");
    let mut different = Vec::new();
    for path in sources {
        let source = std::fs::read_to_string(&path).expect("a text");
        let name = source.lines().find_map(|l| l.strip_prefix("; shows: ")).expect("a line that names the function");
        let found = function_of(&source, name);
        let golden = path.with_extension("core");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&golden, &found).expect("the file is written");
        } else if std::fs::read_to_string(&golden).unwrap_or_default() != found {
            different.push(format!("{}:\n{found}", path.display()));
        }
    }
    assert!(different.is_empty(), "{}", different.join("\n"));
}
