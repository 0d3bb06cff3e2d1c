//! Older spellings (language §8, and what programs of earlier versions use): each is understood, warned about, and comes with the
//! edit that makes it the present one.

use super::{Meaning, PRELUDE, Resolver, Top};
use crate::names::{Name, words};
use crate::older;
use crate::stx::{Seq, StxKind};
use cl_text::Span;
use cl_text::codes::{e0201, w0201, w0202, w0203};

/// A name is shown at so many places in one warning.
const MOST_PLACES: usize = 8;

impl Resolver<'_> {
    pub fn load_older_names(&mut self) {
        for (index, (name, _)) in older::NAMES.iter().enumerate() {
            let name = self.names.intern(name);
            self.older.insert(name, index);
        }
    }

    /// What a name means at `span`, where it was found to mean `meaning`: for an older name that nothing binds, what its
    /// successor means. Warns about older names, unless they are the user's own.
    pub fn present_meaning(&mut self, name: Name, span: Span, meaning: Meaning) -> Meaning {
        let Some(&index) = self.older.get(&self.names.base(name)) else { return meaning };
        if self.is_std() {
            return meaning;
        }
        let (_, present) = older::NAMES[index];
        let meaning = match (meaning, present) {
            (Meaning::Unbound, [present]) => match self.prelude_meaning(present) {
                Some(successor) => successor,
                None => return meaning,
            },
            (Meaning::Global(global), _) if self.module(self.info(global).module).is_std => meaning,
            (Meaning::Op(_), _) => meaning,
            _ => return meaning,
        };
        self.warn_about_older(name, span, present);
        meaning
    }

    fn prelude_meaning(&mut self, text: &str) -> Option<Meaning> {
        let name = self.names.intern(text);
        if let Some(top @ (Top::Lib(_) | Top::Global(_))) = self.module(PRELUDE).names.get(&name).copied() {
            return Some(self.meaning(top));
        }
        None
    }

    /// One warning for all uses of a name in a module, with an edit for each.
    fn warn_about_older(&mut self, name: Name, span: Span, present: &[&str]) {
        // What macros repeat is resolved more than once.
        if self.older_places.insert(span, ()).is_some() {
            return;
        }
        let key = (self.module, self.names.base(name));
        let text = self.names.text(name).clone();
        let edit = match present {
            // In the text stands what is rewritten, and its successor means here what it means in the library.
            [present] if self.text(span) == &*text && self.is_unshadowed(present) => Some(*present),
            _ => None,
        };
        let Some(index) = self.older_reports.get(&key).copied() else {
            self.older_reports.insert(key, self.diagnostics.len());
            let mut warning = w0201::older(span, &text, present);
            if let Some(present) = edit {
                warning = warning.edit(span, present);
            }
            self.report(warning);
            return;
        };
        let warning = &mut self.diagnostics[index];
        let mut again = std::mem::replace(warning, w0201::older(span, "", present));
        if again.labels.len() < MOST_PLACES {
            again = again.label(span, "and here");
        }
        if let Some(present) = edit {
            again = again.edit(span, present);
        }
        self.diagnostics[index] = again;
    }

    /// Does the name mean the library's here?
    pub fn is_unshadowed(&mut self, text: &str) -> bool {
        let name = self.names.intern(text);
        self.lookup_bound(name).0.is_none()
    }

    /// `(effect kind:op …)`: `whole` is the form, `operation` the name in it.
    pub fn warn_about_effect(&mut self, whole: Span, operation: Span) {
        if self.is_std() {
            return;
        }
        let prefix = Span { end: operation.start, ..whole };
        let name = self.text(operation).to_owned();
        let mut warning = w0202::effect(Span { start: whole.start + 1, ..prefix }, &name);
        if self.text(prefix).trim_end() == "(effect" {
            warning = warning.edit(Span { start: whole.start + 1, ..prefix }, "");
        }
        self.report(warning);
    }

    /// Parameters or items of a pattern in which `... rest` at the end has become `...rest`.
    pub fn joined_rest(&mut self, items: Seq) -> Seq {
        let Some(before) = items.len().checked_sub(2) else { return items };
        let (dots, last) = (self.stx.at(items, before), self.stx.at(items, before + 1));
        let (Some(marker), StxKind::Symbol(name)) = (self.stx.symbol(dots), self.stx.kind(last)) else {
            return items;
        };
        let foreign = matches!(&**self.names.text(marker), "." | "&" | "|");
        if marker != words::ELLIPSIS && !foreign {
            return items;
        }
        let (dots, at) = (self.stx.span(dots), self.stx.span(last));
        if self.names.alias(name).is_some() || name == words::ELLIPSIS || dots.file != at.file || dots.end > at.start {
            return items;
        }
        let span = Span { end: at.end, ..dots };
        let text = self.names.text(name).clone();
        let gap = Span { start: dots.end, end: at.start, ..dots };
        self.report(match self.text(gap).trim().is_empty() {
            _ if foreign => e0201::foreign_rest(Span { end: at.start, ..dots }, self.names.text(marker), &text),
            true => w0203::split(span, &text).edit(gap, ""),
            false => w0203::split(span, &text),
        });
        let joined = self.names.intern(&format!("...{text}"));
        let joined = self.stx.atom(StxKind::Symbol(joined), span);
        let mut all = self.stx.slice(items.take(before)).to_vec();
        all.push(joined);
        let list = self.stx.list(StxKind::Paren, span, &all);
        self.stx.items(list)
    }
}
