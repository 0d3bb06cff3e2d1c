//! The files of a program: which are loaded, which are being loaded.

use super::ModIx;
use std::collections::HashMap;
use std::path::PathBuf;

#[derive(Default)]
pub struct Units {
    /// By canonical path; `None` for a file that could not be read.
    loaded: HashMap<PathBuf, Option<ModIx>>,
    /// Canonical path and name of each file that is being loaded, the root first.
    open: Vec<(PathBuf, String)>,
    /// All files that were read, in order.
    paths: Vec<PathBuf>,
}

pub enum State {
    New,
    Loaded(Option<ModIx>),
    /// The names of the modules of the circle, the last one the first again.
    Circle(Vec<String>),
}

impl Units {
    pub fn state(&self, canonical: &PathBuf) -> State {
        if let Some(module) = self.loaded.get(canonical) {
            return State::Loaded(*module);
        }
        match self.open.iter().position(|(path, _)| path == canonical) {
            None => State::New,
            Some(at) => {
                let mut circle: Vec<String> = self.open[at..].iter().map(|(_, name)| name.clone()).collect();
                circle.push(circle[0].clone());
                State::Circle(circle)
            }
        }
    }

    pub fn begin(&mut self, canonical: PathBuf, name: String, path: PathBuf) {
        self.open.push((canonical, name));
        self.paths.push(path);
    }

    /// Ends the file begun last.
    pub fn end(&mut self, module: Option<ModIx>) {
        if let Some((path, _)) = self.open.pop() {
            self.loaded.insert(path, module);
        }
    }

    /// How many imports deep the current file is.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub fn into_paths(self) -> Vec<PathBuf> {
        self.paths
    }
}
