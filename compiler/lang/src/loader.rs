//! How the compiler gets at files: through a trait, so that this crate never touches the file system itself and editors
//! and tests can put their own texts in its place.

use std::path::{Path, PathBuf};

/// Reads source files. Paths are as the user wrote them, joined to folders, not yet canonical.
pub trait Loader {
    /// The bytes of a file.
    fn load(&self, path: &Path) -> Result<Vec<u8>, LoadError>;

    fn is_file(&self, path: &Path) -> bool;

    /// The one spelling that tells whether two paths are the same file; the path itself if it cannot be found out.
    fn canonical(&self, path: &Path) -> PathBuf;
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LoadError {
    NotFound,
    /// What the system said, such as "permission denied".
    Other(String),
}

/// Where the file of an `import` may be, first place first (language §5).
pub struct SearchPath {
    /// The folder of the nearest `clc.toml` above the root file, else the root file's folder.
    pub project: PathBuf,
    /// The folders of `CL_PATH`.
    pub extra: Vec<PathBuf>,
}

impl SearchPath {
    pub fn new(loader: &dyn Loader, root: &Path, extra: &[PathBuf]) -> SearchPath {
        let folder = root.parent().unwrap_or(Path::new(""));
        let absolute = loader.canonical(root);
        let project = absolute.ancestors().skip(1).find(|dir| loader.is_file(&dir.join("clc.toml")));
        SearchPath { project: project.unwrap_or(folder).to_path_buf(), extra: extra.to_vec() }
    }

    /// The file that `name` means in an import of `importer`; otherwise all places that were tried.
    pub fn find(&self, loader: &dyn Loader, importer: &Path, name: &str) -> Result<PathBuf, Vec<PathBuf>> {
        let here = importer.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut places = vec![here, self.project.clone(), self.project.join("modules")];
        places.extend(self.extra.iter().cloned());
        let spelled =
            if name.ends_with(".cl") { vec![name.to_string()] } else { vec![format!("{name}.cl"), name.into()] };
        let mut tried = Vec::new();
        for place in places {
            for file in &spelled {
                let path = clean(&place.join(file));
                if tried.contains(&path) {
                    continue;
                }
                if loader.is_file(&path) {
                    return Ok(path);
                }
                tried.push(path);
            }
        }
        Err(tried)
    }
}

/// Without `.` parts, so that diagnostics name files as a person would.
fn clean(path: &Path) -> PathBuf {
    path.components().filter(|c| !matches!(c, std::path::Component::CurDir)).collect()
}

/// Where no file is to be read.
pub struct NoFiles;

impl Loader for NoFiles {
    fn load(&self, _: &Path) -> Result<Vec<u8>, LoadError> {
        Err(LoadError::NotFound)
    }

    fn is_file(&self, _: &Path) -> bool {
        false
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        path.to_path_buf()
    }
}
