//! The codes of all diagnostics: one module a code, each with the declaration, its explanation page (the text of
//! `clc explain CODE`) and the constructors of its messages.
//!
//! Ranges: E00xx reading and files, E01xx names and modules, E02xx forms, E03xx types and arity, E04xx effects, E06xx
//! contracts, W0xxx warnings. A code never changes its meaning. A code also has a name, the slug of its module's file:
//! `w0001_unreachable_arm` is W0001 and `unreachable-arm`; by it a warning is silenced (`; allow: unreachable-arm`). In a
//! page, the first fenced block is a program that gets the code and the second one is mended.

use crate::{Diagnostic, Label, Level, Span};

/// The declaration of a code.
pub struct Code {
    /// Such as `E0101`.
    pub id: &'static str,
    /// What is wrong, in a few words.
    pub title: &'static str,
    pub level: Level,
    /// Markdown, without the heading.
    pub page: &'static str,
}

impl Code {
    /// A diagnostic of this code whose primary label is at `span`.
    pub fn at(&'static self, span: Span, message: impl Into<String>) -> Diagnostic {
        let mut diagnostic = self.nowhere(message);
        diagnostic.labels.push(Label { span, message: String::new() });
        diagnostic
    }

    /// A diagnostic that is about no source text.
    pub fn nowhere(&'static self, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code: self.id,
            level: self.level,
            message: message.into(),
            labels: Vec::new(),
            notes: Vec::new(),
            edits: Vec::new(),
        }
    }
}

/// Declares the modules, gives each its short name, and lists their codes in [`ALL`].
macro_rules! codes {
    ($($short:ident = $module:ident,)*) => {
        $(pub mod $module; pub use $module as $short;)*

        /// Every code, ascending.
        pub static ALL: &[&Code] = &[$(&$module::CODE),*];

        /// The modules' names, in the order of [`ALL`].
        static MODULES: &[&str] = &[$(stringify!($module)),*];
    };
}

codes! {
    e0001 = e0001_unclosed_bracket,
    e0002 = e0002_mismatched_bracket,
    e0003 = e0003_stray_bracket,
    e0004 = e0004_unclosed_string,
    e0005 = e0005_unclosed_comment,
    e0006 = e0006_bad_escape,
    e0007 = e0007_missing_datum,
    e0008 = e0008_hidden_character,
    e0009 = e0009_not_utf8,
    e0010 = e0010_too_many_errors,
    e0011 = e0011_file_too_large,
    e0012 = e0012_unreadable_file,
    e0101 = e0101_unbound,
    e0102 = e0102_duplicate_definition,
    e0103 = e0103_unknown_module,
    e0104 = e0104_circular_import,
    e0105 = e0105_not_exported,
    e0106 = e0106_export_undefined,
    e0107 = e0107_import_clash,
    e0109 = e0109_main_called,
    e0110 = e0110_not_a_value,
    e0111 = e0111_not_assignable,
    e0112 = e0112_unknown_constructor,
    e0113 = e0113_unknown_type,
    e0114 = e0114_unknown_field,
    e0115 = e0115_or_pattern,
    e0201 = e0201_bad_form,
    e0202 = e0202_misplaced_recur,
    e0203 = e0203_duplicate_key,
    e0204 = e0204_missing_value,
    e0205 = e0205_no_macro_rule,
    e0206 = e0206_bad_macro,
    e0207 = e0207_macro_limit,
    e0208 = e0208_unsupported,
    e0209 = e0209_misplaced_form,
    e0210 = e0210_nesting,
    e0301 = e0301_arity,
    e0302 = e0302_constructor_arity,
    e0303 = e0303_not_a_function,
    e0304 = e0304_wrong_argument,
    e0305 = e0305_broken_annotation,
    e0306 = e0306_wrong_callback,
    e0401 = e0401_bad_clause,
    e0402 = e0402_unknown_effect,
    e0403 = e0403_clause_arity,
    e0404 = e0404_duplicate_clause,
    e0405 = e0405_effect_beyond_contract,
    e0410 = e0410_effect_not_allowed,
    e0411 = e0411_unknown_allowance,
    e0601 = e0601_contract_unknown,
    e0602 = e0602_contract_no_function,
    e0603 = e0603_second_contract,
    e0604 = e0604_bad_contract,
    e0605 = e0605_unknown_clause,
    e0606 = e0606_contract_word,
    e0607 = e0607_bad_extends,
    e0608 = e0608_circular_extends,
    e0609 = e0609_unknown_effect,
    e0801 = e0801_bad_manifest,
    e0802 = e0802_unknown_key,
    e0803 = e0803_bad_value,
    e0804 = e0804_missing_main,
    w0001 = w0001_unreachable_arm,
    w0002 = w0002_incomplete_match,
    w0003 = w0003_used_before_definition,
    w0004 = w0004_bad_allow,
    w0005 = w0005_useless_allow,
    w0006 = w0006_unused_name,
    w0007 = w0007_unused_import,
    w0008 = w0008_shadowed_function,
    w0201 = w0201_older_name,
    w0202 = w0202_effect_form,
    w0203 = w0203_split_rest,
    w0221 = w0221_boolean_if,
    w0222 = w0222_if_nil,
    w0223 = w0223_equals_nil,
    w0224 = w0224_negated_condition,
    w0225 = w0225_useless_do,
    w0301 = w0301_unreachable_code,
    w0302 = w0302_unlike_comparison,
    w0304 = w0304_remaining_check,
    w0401 = w0401_unhandled_operation,
}

/// The code named `id`, in either letter case.
pub fn find(id: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| code.id.eq_ignore_ascii_case(id))
}

/// The name of the code `id`: `unreachable-arm` for W0001; empty if there is no such code.
pub fn name(id: &str) -> String {
    let index = ALL.binary_search_by_key(&id, |code| code.id);
    // The module is called for code and name: `w0001_unreachable_arm`.
    index.map_or_else(|_| String::new(), |i| MODULES[i].split_once('_').map_or("", |(_, slug)| slug).replace('_', "-"))
}

/// Whether a code is about style: such warnings are found with the others, but only `clc lint` shows them.
pub fn is_style(id: &str) -> bool {
    ("W0220".."W0300").contains(&id)
}

/// The code that has this name.
pub fn named(name: &str) -> Option<&'static Code> {
    ALL.iter().copied().find(|code| self::name(code.id) == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The modules' files: `e0101_unbound` and so on.
    fn files() -> BTreeSet<String> {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/codes");
        let names = std::fs::read_dir(folder).expect("the sources are there");
        let stems = names.filter_map(|f| f.ok()?.file_name().to_str()?.strip_suffix(".rs").map(str::to_owned));
        stems.filter(|stem| stem != "mod").collect()
    }

    #[test]
    fn each_file_is_registered_under_its_own_code() {
        let from_files: Vec<String> = files().iter().map(|f| f[..5].to_uppercase()).collect();
        let registered: Vec<&str> = ALL.iter().map(|c| c.id).collect();
        assert_eq!(registered, from_files);
    }

    #[test]
    fn each_file_says_its_code_and_title_in_its_module_comment() {
        for file in files() {
            let path = format!("{}/src/codes/{file}.rs", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(path).expect("the file is there");
            assert!(text.starts_with(&format!("//! {}: ", file[..5].to_uppercase())), "{file}");
        }
    }

    #[test]
    fn codes_ascend_and_are_found_in_either_case() {
        assert!(ALL.windows(2).all(|w| w[0].id < w[1].id));
        for code in ALL {
            assert!(find(code.id).is_some_and(|c| c.id == code.id));
            assert!(find(&code.id.to_lowercase()).is_some_and(|c| c.id == code.id));
        }
        assert!(find("E9999").is_none());
    }

    #[test]
    fn names_are_unique_words_that_find_their_code() {
        assert_eq!(name("W0001"), "unreachable-arm");
        assert_eq!(name("W9999"), "");
        for code in ALL {
            let name = name(code.id);
            assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name}");
            assert!(named(&name).is_some_and(|found| found.id == code.id), "{name} is the name of two codes");
        }
    }

    #[test]
    fn each_page_explains_and_shows_none_or_both_programs() {
        for code in ALL {
            assert!(code.page.len() > 80 && code.page.ends_with('\n'), "{}", code.id);
            let fences = code.page.matches("```").count();
            assert!(fences == 0 || fences == 4, "{}: a program that gets the code, and it mended", code.id);
            assert_eq!(code.level == Level::Warning, code.id.starts_with('W'), "{}", code.id);
            assert!(!code.title.ends_with('.') && !code.title.is_empty(), "{}", code.id);
        }
    }
}
