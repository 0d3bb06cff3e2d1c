//! Silencing warnings: `; allow: NAME …` on the line of a warning or on a comment line directly above it, and
//! `; allow-file: NAME …` among the comments before a file's first form. A name is that of a diagnostic's code
//! ([`codes::name`]); only warnings are silenced, whichever stage made them. That is why this is one filter over all
//! diagnostics of a program, and it stands here because the reader knows what is a comment.

use crate::NodeId;
use cl_text::{Diagnostic, FileId, Level, SourceMap, Span, codes, near};
use std::collections::BTreeMap;

/// The diagnostics without the silenced ones, with warnings about `allow` comments that name no warning and, if
/// `all_checked` (every stage has run that could have warned), about those that silence nothing. Ascending by place.
pub fn filter(sources: &SourceMap, diagnostics: Vec<Diagnostic>, all_checked: bool) -> Vec<Diagnostic> {
    let mut allowed = Allowed::default();
    for file in sources.user_files() {
        allowed.read_file(sources, file);
    }
    let mut kept = diagnostics;
    kept.append(&mut allowed.wrong);
    kept.retain(|d| !allowed.silences(sources, d));
    if all_checked {
        let useless: Vec<Diagnostic> = allowed.unused().collect();
        kept.extend(useless.into_iter().filter(|d| !allowed.silences(sources, d)));
    }
    kept.sort_by_key(|d| d.labels.first().map(|l| (l.span.file, l.span.start, l.span.end)));
    kept
}

/// Where an allowance holds: in a whole file, or on one line (from 0).
type Place = (FileId, Option<usize>);

/// What the comments of all files allow.
#[derive(Default)]
struct Allowed {
    /// By place and name: where the name is written, and whether it has silenced anything.
    names: BTreeMap<(Place, String), (Span, bool)>,
    /// Warnings about the comments themselves.
    wrong: Vec<Diagnostic>,
}

impl Allowed {
    fn read_file(&mut self, sources: &SourceMap, file: FileId) {
        let text = sources.text(file);
        // Most files have none, and need not be read again.
        if !text.contains("allow:") && !text.contains("allow-file:") {
            return;
        }
        let tree = crate::read(text, file).tree;
        let first_form = tree.children(NodeId(0)).next().map_or(u32::MAX, |form| tree.node(form).span.start);
        // From the last comment up, so that a comment above another one speaks of what stands below both.
        let mut below: Option<(usize, usize)> = None;
        for &comment in tree.comments.iter().rev() {
            let line = sources.line_index(file, comment.start);
            let alone = stands_alone(sources, comment);
            let target = match below {
                _ if !alone => line,
                Some((next, target)) if next == line + 1 => target,
                _ => line + 1,
            };
            below = alone.then_some((line, target));
            match instruction(text, comment) {
                Some((Scope::Line, names)) => self.add(text, (file, Some(target)), names),
                Some((Scope::File, names)) if names.start < first_form => self.add(text, (file, None), names),
                Some((Scope::File, _)) => self.wrong.push(codes::w0004::misplaced(comment)),
                None => {}
            }
        }
    }

    /// Notes the names that stand at `names`.
    fn add(&mut self, text: &str, place: Place, names: Span) {
        let mut any = false;
        for span in words(text, names) {
            any = true;
            let name = &text[span.start as usize..span.end as usize];
            if codes::named(name).is_some() {
                self.names.entry((place, name.to_owned())).or_insert((span, false));
            } else {
                self.wrong.push(unknown(span, name));
            }
        }
        if !any {
            self.wrong.push(codes::w0004::nothing_named(names));
        }
    }

    /// Whether a diagnostic is a warning that a comment silences; notes that the comment was of use.
    fn silences(&mut self, sources: &SourceMap, diagnostic: &Diagnostic) -> bool {
        let Some(at) = diagnostic.labels.first().map(|l| l.span) else { return false };
        if diagnostic.level != Level::Warning || self.names.is_empty() {
            return false;
        }
        let line = sources.line_index(at.file, at.start);
        let name = codes::name(diagnostic.code);
        for place in [(at.file, Some(line)), (at.file, None)] {
            if let Some((_, used)) = self.names.get_mut(&(place, name.clone())) {
                *used = true;
                return true;
            }
        }
        false
    }

    fn unused(&self) -> impl Iterator<Item = Diagnostic> + '_ {
        let unused = self.names.iter().filter(|(_, (_, used))| !used);
        unused.map(|((_, name), (span, _))| codes::w0005::silences_nothing(*span, name))
    }
}

#[derive(Clone, Copy)]
enum Scope {
    Line,
    File,
}

/// What a comment that begins with `allow:` or `allow-file:` says, and where its names are.
fn instruction(text: &str, comment: Span) -> Option<(Scope, Span)> {
    let whole = &text[comment.start as usize..comment.end as usize];
    let said = whole.strip_prefix(';')?.trim_start_matches([';', ' ', '\t']);
    let (scope, names) = match said.strip_prefix("allow:") {
        Some(names) => (Scope::Line, names),
        None => (Scope::File, said.strip_prefix("allow-file:")?),
    };
    Some((scope, Span { start: comment.end - names.len() as u32, ..comment }))
}

/// The words between white space and commas.
fn words(text: &str, span: Span) -> impl Iterator<Item = Span> {
    let names = &text[span.start as usize..span.end as usize];
    names.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).map(move |word| {
        let start = span.start + (word.as_ptr() as usize - names.as_ptr() as usize) as u32;
        Span { start, end: start + word.len() as u32, ..span }
    })
}

/// Whether nothing stands before a comment on its line.
fn stands_alone(sources: &SourceMap, comment: Span) -> bool {
    let start = sources.line_range(comment.file, sources.line_index(comment.file, comment.start)).start;
    sources.text(comment.file)[start..comment.start as usize].trim().is_empty()
}

fn unknown(span: Span, name: &str) -> Diagnostic {
    let known: Vec<String> = codes::ALL.iter().map(|code| codes::name(code.id)).collect();
    // The code itself is a likely mistake, and says exactly which name was meant.
    if let Some(code) = codes::find(name) {
        return codes::w0004::unknown(span, name, &[&codes::name(code.id)]);
    }
    codes::w0004::unknown(span, name, &near(name, known.iter().map(String::as_str)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A warning `unreachable-arm` at each `!` of the text; gives codes and lines of what is left.
    fn left(text: &str, all_checked: bool) -> Vec<(&'static str, u32)> {
        let mut sources = SourceMap::default();
        let file = sources.add("main.cl".to_owned(), text.to_owned());
        let span = |(at, _): (usize, &str)| Span { file, start: at as u32, end: at as u32 + 1 };
        let warnings = text.match_indices('!').map(|at| codes::w0001::unreachable(span(at), &[])).collect();
        let kept = filter(&sources, warnings, all_checked);
        kept.iter().map(|d| (d.code, sources.position(file, d.labels[0].span.start).0)).collect()
    }

    #[test]
    fn a_comment_silences_its_own_line_or_the_one_below_a_block_of_comments() {
        assert_eq!(left("! ; allow: unreachable-arm\n!", true), [("W0001", 2)]);
        assert_eq!(left("; allow: unreachable-arm\n;; because\n!\n!", true), [("W0001", 4)]);
        assert_eq!(left("x ; allow: unreachable-arm\n!", false), [("W0001", 2)]);
        assert_eq!(left("; allow: unreachable-arm\n\n!", false), [("W0001", 3)]);
    }

    #[test]
    fn a_comment_at_the_start_silences_the_file() {
        assert_eq!(left("; hello\n;; allow-file: used-before-definition, unreachable-arm\n\n!\n!", false), []);
        assert_eq!(left("x\n; allow-file: unreachable-arm\n!", true), [("W0004", 2), ("W0001", 3)]);
    }

    #[test]
    fn only_comments_count_and_only_warnings_are_silenced() {
        assert_eq!(left("\"; allow: unreachable-arm\" !", true), [("W0001", 1)]);
        assert_eq!(left("#| ; allow: unreachable-arm |# !", true), [("W0001", 1)]);
        let mut sources = SourceMap::default();
        let file = sources.add("main.cl".to_owned(), "x ; allow: unbound".to_owned());
        let error = codes::e0101::unbound(Span { file, start: 0, end: 1 }, "x", &[]);
        assert_eq!(filter(&sources, vec![error.clone()], false).len(), 1);
        assert_eq!(filter(&sources, vec![error.as_warning()], false), []);
    }

    #[test]
    fn comments_without_sense_or_use_are_reported() {
        assert_eq!(left("x ; allow: unreachable-arn\n; allow:", true), [("W0004", 1), ("W0004", 2)]);
        assert_eq!(left("x ; allow: unreachable-arm", true), [("W0005", 1)]);
        assert_eq!(left("x ; allow: unreachable-arm", false), []);
        assert_eq!(left("x ; allow: unreachable-arm useless-allow", true), []);
        assert_eq!(left("; allow-file: useless-allow\nx ; allow: unreachable-arm", true), []);
    }
}
