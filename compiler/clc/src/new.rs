//! `clc new`: a folder with a project that builds, runs and tests as it stands.

use crate::files::reason;
use crate::project;
use crate::report::{self, Failure};
use std::io;
use std::path::Path;

/// The files of a new project; `{name}` in them is the project's name.
const TEMPLATES: [(&str, &str); 6] = [
    ("clc.toml", include_str!("../templates/clc.toml")),
    ("main.cl", include_str!("../templates/main.cl")),
    ("tests/main_test.cl", include_str!("../templates/tests/main_test.cl")),
    ("Makefile", include_str!("../templates/Makefile")),
    (".gitignore", include_str!("../templates/gitignore")),
    ("README.md", include_str!("../templates/README.md")),
];

/// Makes the folder `path`, whose last part is the project's name.
pub fn run(path: &Path) -> Result<(), Failure> {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or("");
    if !project::is_name(name) {
        let message = format!("`{}` is no name for a project", path.display());
        return Err(Failure::outside(
            message,
            "use letters, digits, `-` and `_`, and a letter first: clc new word-count",
        ));
    }
    if path.symlink_metadata().is_ok() {
        let message = format!("{} is there already", path.display());
        return Err(Failure::outside(message, "choose another name, or remove it first"));
    }
    std::fs::create_dir(path).map_err(|error| cannot_make(path, &error))?;
    if let Err(error) = fill(path, name) {
        // The folder is new, so nothing of the user's is in it.
        let _ = std::fs::remove_dir_all(path);
        return Err(cannot_make(path, &error));
    }
    report::print(&format!("made the project {0}\n  cd {0}\n  clc run\n", path.display()))
}

fn fill(folder: &Path, name: &str) -> io::Result<()> {
    std::fs::create_dir(folder.join("tests"))?;
    for (file, text) in TEMPLATES {
        std::fs::write(folder.join(file), text.replace("{name}", name))?;
    }
    Ok(())
}

fn cannot_make(path: &Path, error: &io::Error) -> Failure {
    let help = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() && !parent.is_dir() => {
            format!("make the folder first: mkdir -p {}", parent.display())
        }
        _ => "choose a folder that you may write to".to_owned(),
    };
    Failure::outside(format!("cannot make {}: {}", path.display(), reason(error)), help)
}
