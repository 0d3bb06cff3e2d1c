//! Makefile rules that name the files that a program was made of, for `-MD` and `--emit dep`. Make and ninja read them.

use std::path::{Path, PathBuf};

/// The rule `target: files…`, and an empty rule for each file but the root, so that make does not stop when one has been
/// removed and is no longer imported.
pub fn rule(target: &Path, files: &[PathBuf]) -> String {
    let mut out = escape(target);
    out.push(':');
    for file in files {
        out.push_str(" \\\n  ");
        out.push_str(&escape(file));
    }
    out.push('\n');
    for file in files.iter().skip(1) {
        out.push('\n');
        out.push_str(&escape(file));
        out.push_str(":\n");
    }
    out
}

/// A path as make and ninja read it: white space and `#` get a backslash, `$` is doubled, and a backslash before white
/// space is doubled. A path with a newline cannot be written in a Makefile; it gets a `?` there.
fn escape(path: &Path) -> String {
    let text = path.to_string_lossy();
    let mut out = String::with_capacity(text.len());
    let mut backslashes = 0;
    for c in text.chars() {
        match c {
            ' ' | '\t' => {
                out.extend(std::iter::repeat_n('\\', backslashes + 1));
                out.push(c);
            }
            '#' => out.push_str("\\#"),
            '$' => out.push_str("$$"),
            '\n' => out.push('?'),
            _ => out.push(c),
        }
        backslashes = if c == '\\' { backslashes + 1 } else { 0 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_names_all_files_and_frees_the_imported_ones() {
        let rule = rule(Path::new("bin/app"), &["main.cl".into(), "lib/a b.cl".into()]);
        assert_eq!(rule, "bin/app: \\\n  main.cl \\\n  lib/a\\ b.cl\n\nlib/a\\ b.cl:\n");
    }

    #[test]
    fn special_characters_are_escaped_for_make() {
        assert_eq!(escape(Path::new("a#b$c\\ d")), "a\\#b$$c\\\\\\ d");
    }
}
