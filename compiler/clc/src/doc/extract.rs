//! The definitions of a source text with what is said of them: how they are called, docstrings or else the comment above,
//! by the section comments of the file. Works on the reader's tree: nothing is expanded or resolved, so a module can be
//! documented whose imports are not there.

use super::model::{Doc, Entry, Kind, Section};
use cl_syntax::literal;
use cl_syntax::{NodeId, NodeKind, Tree};

/// The sections of a text; `tree` is what the reader made of it. Names that start with `%` are left out, and where the
/// file is a `module` form that exports some names, the others.
pub fn sections(text: &str, tree: &Tree) -> Vec<Section> {
    let source = Source { text, tree };
    let (forms, exports) = source.module_body();
    let mut comments = Comments { source: &source, next: 0 };
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut sections = vec![Section { title: String::new(), entries: Vec::new() }];
    for form in forms {
        let before = comments.before(form);
        sections.extend(before.titles.into_iter().map(|title| Section { title, entries: Vec::new() }));
        let line = lines.of(tree.node(form).span.start as usize);
        let Some(mut entry) = source.entry(form, line) else { continue };
        if entry.name.starts_with('%') || exports.as_ref().is_some_and(|names| !names.contains(&&*entry.name)) {
            continue;
        }
        if entry.doc == Doc::default() {
            entry.doc = Doc::parse(&before.block);
        }
        if let Some(section) = sections.last_mut() {
            section.entries.push(entry);
        }
    }
    sections.retain(|section| !section.entries.is_empty());
    sections
}

/// What the comment at the start of a file calls it: its first line up to a colon or full stop.
pub fn title(text: &str) -> Option<String> {
    let line = text.lines().next()?.strip_prefix(';')?.trim_start_matches(';').trim();
    let end = line.find([':', '.', ';']).unwrap_or(line.len());
    Some(line[..end].trim().to_owned()).filter(|title| !title.is_empty())
}

struct Source<'t> {
    text: &'t str,
    tree: &'t Tree,
}

impl<'t> Source<'t> {
    fn kind(&self, node: NodeId) -> NodeKind {
        self.tree.node(node).kind
    }

    fn slice(&self, node: NodeId) -> &'t str {
        self.tree.text(self.text, node)
    }

    fn items(&self, node: NodeId) -> Vec<NodeId> {
        self.tree.children(node).collect()
    }

    /// The text of the first item of a form in parentheses.
    fn head(&self, node: NodeId) -> Option<&'t str> {
        let first = self.tree.children(node).next().filter(|_| self.kind(node) == NodeKind::Paren)?;
        Some(self.slice(first))
    }

    /// The top-level forms, also of a `module` form, and the names that it exports if it says so.
    fn module_body(&self) -> (Vec<NodeId>, Option<Vec<&'t str>>) {
        let forms = self.items(Tree::ROOT);
        let Some(&module) = forms.first().filter(|form| self.head(**form) == Some("module")) else {
            return (forms, None);
        };
        let body = self.items(module);
        let export = body.iter().find(|form| self.head(**form) == Some("export"));
        let exports = export.map(|form| self.tree.children(*form).skip(1).map(|name| self.slice(name)).collect());
        (body, exports)
    }

    fn entry(&self, form: NodeId, line: u32) -> Option<Entry> {
        let head = self.head(form)?;
        let items = self.items(form);
        let entry = |name: &str, kind, forms, doc| {
            Some(Entry { name: name.to_owned(), kind, forms, types: None, inferred: None, doc, line })
        };
        let declared = |kind| {
            let name = items.get(1).filter(|name| self.kind(**name) == NodeKind::Symbol)?;
            entry(self.slice(*name), kind, vec![self.one_line(form)], Doc::default())
        };
        match head {
            "define" => {
                let (name, kind, forms, body) = self.define(&items)?;
                entry(name, kind, forms, self.docstring(body))
            }
            "data" => declared(Kind::Data),
            "type" => declared(Kind::Type),
            "define-effect" => declared(Kind::Effect),
            "define-syntax" => {
                let name = self.slice(*items.get(1)?);
                entry(name, Kind::Macro, self.patterns(name, *items.get(2)?), Doc::default())
            }
            _ => None,
        }
    }

    /// The name that a `define` defines, how it is called, and the body that may start with a docstring.
    #[allow(clippy::type_complexity)]
    fn define(&self, items: &[NodeId]) -> Option<(&'t str, Kind, Vec<String>, Vec<NodeId>)> {
        let target = *items.get(1)?;
        match self.kind(target) {
            NodeKind::Paren => {
                let annotated = items.get(2).is_some_and(|colon| self.slice(*colon) == ":");
                let mut form = self.one_line(target);
                if let (true, Some(ty)) = (annotated, items.get(3)) {
                    form = format!("{form} : {}", self.one_line(*ty));
                }
                let body = items.iter().skip(if annotated { 4 } else { 2 }).copied().collect();
                Some((self.head(target)?, Kind::Function, vec![form], body))
            }
            NodeKind::Symbol => {
                let name = self.slice(target);
                let value = *items.last().filter(|_| items.len() > 2)?;
                let clauses = match self.head(value) {
                    Some("lambda" | "fn") => vec![self.items(value).split_off(1)],
                    Some("%case-lambda") => self.tree.children(value).skip(1).map(|case| self.items(case)).collect(),
                    _ => return Some((name, Kind::Value, vec![name.to_owned()], Vec::new())),
                };
                let forms = clauses.iter().map(|clause| self.call(name, clause)).collect();
                let body = clauses.first().map(|clause| clause.iter().skip(1).copied().collect()).unwrap_or_default();
                Some((name, Kind::Function, forms, body))
            }
            _ => None,
        }
    }

    /// A call with the parameters that stand first in a function's parts.
    fn call(&self, name: &str, parts: &[NodeId]) -> String {
        let params = parts.first().map(|params| self.one_line(*params)).unwrap_or_default();
        let inside = params.get(1..params.len().saturating_sub(1)).unwrap_or_default();
        if inside.is_empty() { format!("({name})") } else { format!("({name} {inside})") }
    }

    /// The patterns of `syntax-rules` as uses of the macro.
    fn patterns(&self, name: &str, rules: NodeId) -> Vec<String> {
        let rules = self.tree.children(rules).skip(2);
        let patterns = rules.filter_map(|rule| self.tree.children(rule).next());
        let uses = patterns.map(|pattern| {
            let args: Vec<String> = self.tree.children(pattern).skip(1).map(|arg| self.one_line(arg)).collect();
            if args.is_empty() { format!("({name})") } else { format!("({name} {})", args.join(" ")) }
        });
        uses.collect()
    }

    /// A String that is not the whole body.
    fn docstring(&self, body: Vec<NodeId>) -> Doc {
        match body.first() {
            Some(first) if body.len() > 1 && self.kind(*first) == NodeKind::String => {
                Doc::parse(&literal::string(self.slice(*first)))
            }
            _ => Doc::default(),
        }
    }

    /// The text of a node without its comments and line ends.
    fn one_line(&self, node: NodeId) -> String {
        let span = self.tree.node(node).span;
        let mut out = String::new();
        let mut at = span.start;
        let first = self.tree.comments.partition_point(|comment| comment.start < span.start);
        for comment in self.tree.comments[first..].iter().take_while(|comment| comment.end <= span.end) {
            out.push_str(&self.text[at as usize..comment.start as usize]);
            at = comment.end;
        }
        out.push_str(&self.text[at as usize..span.end as usize]);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// What the comments before a form say.
struct Before {
    /// Sections that start there.
    titles: Vec<String>,
    /// The comment that stands on the lines directly above the form.
    block: String,
}

/// Goes over the comments beside the forms, which are asked for in their order.
struct Comments<'s, 't> {
    source: &'s Source<'t>,
    next: usize,
}

impl Comments<'_, '_> {
    fn before(&mut self, form: NodeId) -> Before {
        let (text, all) = (self.source.text, &self.source.tree.comments);
        let span = self.source.tree.node(form).span;
        let mut before = Before { titles: Vec::new(), block: String::new() };
        let mut block_end = 0;
        while let Some(comment) = all.get(self.next).filter(|comment| comment.start < span.start) {
            let (start, end) = (comment.start as usize, comment.end as usize);
            self.next += 1;
            let comment = text[start..end].trim_end();
            if !is_next_line(&text[block_end..start]) || !starts_line(text, start) {
                before.block.clear();
            }
            block_end = start + comment.len();
            if let Some(title) = section_title(comment) {
                before.titles.push(title);
                before.block.clear();
            } else if starts_line(text, start) && comment.starts_with(';') && !is_directive(comment) {
                before.block.push_str(comment.trim_start_matches(';'));
                before.block.push('\n');
            }
        }
        if !is_next_line(&text[block_end..span.start as usize]) {
            before.block.clear();
        }
        // Comments inside the form say nothing of the next one.
        self.next = all.partition_point(|comment| comment.start < span.end);
        before
    }
}

/// Whether what lies between two things is the end of one line and the indentation of the next.
fn is_next_line(between: &str) -> bool {
    between.trim().is_empty() && between.matches('\n').count() == 1
}

fn starts_line(text: &str, at: usize) -> bool {
    text[..at].chars().rev().take_while(|c| *c != '\n').all(char::is_whitespace)
}

/// `; ---- title`
fn section_title(comment: &str) -> Option<String> {
    let title = comment.strip_prefix("; --")?.trim_matches('-').trim();
    (!title.is_empty()).then(|| title.to_owned())
}

/// `; allow: unused-name` speaks to the compiler.
fn is_directive(comment: &str) -> bool {
    let words = comment.trim_start_matches(';').trim_start();
    words.starts_with("allow:") || words.starts_with("allow-file:")
}

/// Line numbers of ascending offsets.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    fn of(&mut self, offset: usize) -> u32 {
        self.line += self.text[self.at..offset].matches('\n').count() as u32;
        self.at = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cl_text::FileId;

    fn read(text: &str) -> Vec<Section> {
        sections(text, &cl_syntax::read(text, FileId(0)).tree)
    }

    fn shown(text: &str) -> Vec<String> {
        let show = |entry: Entry| {
            format!("{} {} {} | {}", entry.line, entry.kind.name(), entry.forms.join(", "), entry.doc.text)
        };
        read(text).into_iter().flat_map(|section| section.entries).map(show).collect()
    }

    #[test]
    fn every_way_to_define_is_found() {
        let text = r#"; Shapes: a module.

; ---- making
(define (wrap (x : Int)
              ...more) : (List Int)
  "Puts x into a List.
    (wrap 1) => [1]"
  (cons x more))
(%sig many (() Nil))
(define many (%case-lambda (() "Many." nil) ((x ...y) x)))
(define (%hidden x) "Not shown." x)
(define name (lambda () "is the value"))
(define pair (fn [a b] "Both." [a b]))
; What is left.
; allow: unused-name
(define rest 1) ; not of the next
(data Shape (Dot)
  ; round
  (Circle (radius Float)))
; Twice.

(define-syntax twice (syntax-rules () ((_ e ...) (do e ... e ...)) ((_) nil)))
(type Point (Tuple Int Int))
(define-effect ask (name String -> String))
(print 1)
"#;
        assert_eq!(
            shown(text),
            [
                "4 function (wrap (x : Int) ...more) : (List Int) | Puts x into a List.",
                "10 function (many), (many x ...y) | Many.",
                "12 function (name) | ",
                "13 function (pair a b) | Both.",
                "16 value rest | What is left.",
                "17 data type (data Shape (Dot) (Circle (radius Float))) | ",
                "22 macro (twice e ...), (twice) | ",
                "23 type (type Point (Tuple Int Int)) | ",
                "24 effect (define-effect ask (name String -> String)) | ",
            ]
        );
        assert_eq!(read(text)[0].title, "making");
        assert_eq!(title(text).as_deref(), Some("Shapes"));
    }

    #[test]
    fn a_module_shows_what_it_exports() {
        let text = "(module m (export f)\n  ; A comment.\n  (define (f) 1)\n  (define (g) 2))";
        assert_eq!(shown(text), ["3 function (f) | A comment."]);
        assert_eq!(
            shown("(define (f) \"only a value\")\n(define [a b] x)\n(define)\n(define x)\n()"),
            ["1 function (f) | "]
        );
    }

    #[test]
    fn comments_belong_to_the_line_below() {
        assert_eq!(shown("(define a 1) ; of a\n(define b 2)"), ["1 value a | ", "2 value b | "]);
        assert_eq!(shown("; one\n; two\n(define a 1)"), ["3 value a | one two"]);
        assert_eq!(
            shown("; far\n\n; near\n(define a (f ; inside\n 1))\n(define b 1)"),
            ["4 value a | near", "6 value b | "]
        );
    }
}
