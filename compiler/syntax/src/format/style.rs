//! How each form is laid out: how many items stay on the line of its head, where lines break, how far the rest is indented.
//! [`special`] is the table of special forms; everything else is a call or data.

use super::pieces::{Break, Kind, Piece, children, nodes};
use crate::NodeKind;

/// How a list lays out what is in it. Items are counted without comments, from 0, the head.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Style {
    /// So many items after the head stay on its line,
    fixed: u32,
    /// and so many after those stay there if the user put them there.
    soft: u32,
    /// For the items after those.
    body: Break,
    pub indent: Indent,
    pub pairs: Pairs,
    head_role: Role,
    fixed_role: Role,
    body_role: Role,
}

/// Where the lines after a list's first one begin.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Indent {
    /// Two columns after the opener.
    Two,
    /// Under the first item after the head, if that is on the head's line; otherwise like `Two`.
    First,
    /// Right after the opener.
    Open,
}

/// Items that belong together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pairs {
    None,
    /// A Keyword and what follows it.
    Keywords,
    /// Items 0 and 1, 2 and 3, and so on.
    All,
}

/// What a list is for the form around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Role {
    /// An expression, a pattern, a definition.
    Code,
    /// Data through and through: quoted, or a list of parameters.
    Data,
    /// Head and arguments, whatever the head: a type, the header of a function.
    Plain,
    /// A list of `Binding`s.
    Bindings,
    /// A name or pattern with its value.
    Binding,
    /// A test or pattern with what is done then.
    Clause,
}

impl Style {
    const CALL: Style = Style {
        fixed: 0,
        soft: 0,
        body: Break::Free,
        indent: Indent::First,
        pairs: Pairs::Keywords,
        head_role: Role::Code,
        fixed_role: Role::Code,
        body_role: Role::Code,
    };
    pub const DATA: Style = Style { indent: Indent::Open, pairs: Pairs::None, ..Style::CALL };
    const ROOT: Style = Style { body: Break::Always, ..Style::DATA };
    const FORM: Style = Style { body: Break::Always, indent: Indent::Two, pairs: Pairs::None, ..Style::CALL };

    /// All items have this role.
    const fn of(self, role: Role) -> Style {
        Style { head_role: role, fixed_role: role, body_role: role, ..self }
    }

    const fn fixed(self, fixed: u32, fixed_role: Role) -> Style {
        Style { fixed, fixed_role, ..self }
    }

    const fn body(self, body_role: Role) -> Style {
        Style { body_role, ..self }
    }

    /// Do all items but the head break only where there is a reason?
    pub fn is_free(self) -> bool {
        self.body == Break::Free
    }

    fn role(self, position: u32) -> Role {
        match position {
            0 => self.head_role,
            p if p <= self.fixed + self.soft => self.fixed_role,
            _ => self.body_role,
        }
    }

    fn before(self, position: u32) -> Break {
        match position {
            0 => Break::Never,
            p if p <= self.fixed => Break::Never,
            p if p <= self.fixed + self.soft => Break::Soft,
            _ => self.body,
        }
    }
}

/// Sets `style` of all lists and `before` of all pieces.
pub fn assign(pieces: &mut [Piece]) {
    let mut roles = vec![Role::Code; pieces.len()];
    let mut inside = Vec::new();
    for index in 0..pieces.len() {
        if pieces[index].is_list() {
            pieces[index].style = style_of(pieces, index, roles[index]);
            inside.clear();
            inside.extend(children(pieces, index));
            assign_items(pieces, index, &inside, &mut roles);
        }
    }
}

fn assign_items(pieces: &mut [Piece], list: usize, inside: &[usize], roles: &mut [Role]) {
    let style = pieces[list].style;
    let is_root = pieces[list].kind == Kind::Node(NodeKind::Root);
    let (mut position, mut after_keyword) = (0, false);
    for (i, &item) in inside.iter().enumerate() {
        pieces[item].before = if i == 0 { Break::Never } else { Break::Free };
        if pieces[item].is_node() {
            roles[item] = style.role(position);
            pieces[item].before = match style.before(position) {
                _ if is_root => Break::Always,
                Break::Never if position == 0 && i > 0 => Break::Free,
                Break::Always if after_keyword && style.pairs == Pairs::Keywords => Break::Free,
                before => before,
            };
            after_keyword = pieces[item].kind == Kind::Node(NodeKind::Keyword);
            position += 1;
        }
    }
    // A comment on the line of the item that it precedes takes the item's break.
    for pair in inside.windows(2).rev() {
        let (comment, next) = (pair[0], pair[1]);
        if pieces[comment].kind != Kind::BlockComment || pieces[comment].before == Break::Never {
            continue;
        }
        if pieces[next].before == Break::Never {
            pieces[comment].before = Break::Never;
        } else if pieces[next].breaks == 0 {
            pieces[comment].before = std::mem::replace(&mut pieces[next].before, Break::Free);
        }
    }
}

fn style_of(pieces: &[Piece], list: usize, role: Role) -> Style {
    let Kind::Node(kind) = pieces[list].kind else { return Style::DATA };
    let inner = if role == Role::Data { Role::Data } else { Role::Code };
    match (kind, role) {
        (NodeKind::Root, _) => Style::ROOT,
        (NodeKind::Quote, _) => Style::DATA.of(Role::Data),
        (NodeKind::Brace, _) => Style { pairs: Pairs::All, ..Style::DATA.of(inner) },
        (NodeKind::Paren | NodeKind::Bracket, Role::Clause) => clause(pieces, list),
        (NodeKind::Paren, Role::Data) => Style::DATA.of(Role::Data),
        (NodeKind::Paren, Role::Plain) => Style::CALL.of(Role::Plain),
        (NodeKind::Paren, Role::Bindings) => Style::DATA.of(Role::Binding),
        (NodeKind::Paren, Role::Binding) => Style { head_role: Role::Data, ..Style::FORM.with_body(Break::Soft) },
        (NodeKind::Paren, Role::Code) => code(pieces, list),
        _ => Style::DATA.of(inner),
    }
}

impl Style {
    const fn with_body(self, body: Break) -> Style {
        Style { body, ..self }
    }
}

/// `(test expression …)`, `(pattern :when guard expression …)`
fn clause(pieces: &[Piece], list: usize) -> Style {
    let mut items = nodes(pieces, list);
    let guarded = items.nth(1).is_some_and(|second| pieces[second].text == ":when");
    let fixed = if guarded { 2 } else { 0 };
    let single = nodes(pieces, list).nth(fixed as usize + 2).is_none();
    let style = Style::FORM.fixed(fixed, Role::Code);
    if single { style.with_body(Break::Whole) } else { style }
}

/// An expression in parentheses.
fn code(pieces: &[Piece], list: usize) -> Style {
    let mut items = nodes(pieces, list);
    let Some(head) = items.next().filter(|&head| pieces[head].kind == Kind::Node(NodeKind::Symbol)) else {
        return Style::DATA;
    };
    let first = items.next();
    let is_list = first.is_some_and(|first| pieces[first].is_list());
    let annotated = items.next().is_some_and(|second| pieces[second].text == ":");
    match pieces[head].text {
        "define" if !is_list => Style::FORM.fixed(1, Role::Code).with_body(Break::Whole),
        "for-each" if !first.is_some_and(|first| is_binding(pieces, first)) => Style::CALL,
        "data" => {
            let names = nodes(pieces, list).skip(1).take_while(|&item| !pieces[item].is_list());
            Style::FORM.of(Role::Plain).fixed(names.count() as u32, Role::Plain)
        }
        // One attempt may stand beside `try`.
        "try" if nodes(pieces, list).nth(2).is_some_and(|second| is_try_clause(pieces, second)) => {
            Style { soft: 1, ..Style::FORM }
        }
        name => match special(name) {
            Some(style) if annotated && matches!(name, "lambda" | "fn" | "define") => Style { fixed: 3, ..style },
            Some(style) => style,
            None => Style::CALL,
        },
    }
}

/// Is it `(x xs)`, the form that `for-each` tells from a function?
fn is_binding(pieces: &[Piece], item: usize) -> bool {
    pieces[item].is_list() && nodes(pieces, item).take(3).count() == 2
}

fn is_try_clause(pieces: &[Piece], item: usize) -> bool {
    pieces[item].is_form()
        && nodes(pieces, item).next().is_some_and(|head| matches!(pieces[head].text, "catch" | "finally"))
}

/// The special forms, and macros and functions of the library that read like them.
fn special(name: &str) -> Option<Style> {
    const FORM: Style = Style::FORM;
    Some(match name {
        "lambda" | "fn" | "async" | "catch" | "forall" | "exists" => FORM.fixed(1, Role::Data),
        "define" => FORM.fixed(1, Role::Plain),
        "let" | "let*" | "letrec" | "loop" => FORM.fixed(1, Role::Bindings),
        "property" => FORM.fixed(2, Role::Bindings),
        "when" | "unless" | "while" | "test" | "with-lock" | "concurrent:with-lock" | "with-network-policy" => {
            FORM.fixed(1, Role::Code)
        }
        "for-each" | "dotimes" => FORM.fixed(1, Role::Binding),
        "match" => FORM.fixed(1, Role::Code).body(Role::Clause),
        "cond" | "select" | "uncertain" | "%case-lambda" => FORM.body(Role::Clause),
        "do" | "begin" | "go" | "parallel" | "scope" | "finally" => FORM,
        "if" | "->" | "->>" => Style { indent: Indent::First, ..FORM }.fixed(1, Role::Code),
        "try" => FORM,
        "handler" => Style { soft: 1, fixed_role: Role::Bindings, ..FORM },
        "module" => Style { soft: 1, ..FORM }.fixed(1, Role::Plain),
        "import" | "export" => Style::CALL.of(Role::Plain),
        "quote" => Style::CALL.of(Role::Data),
        "type" => FORM.of(Role::Plain).fixed(1, Role::Plain).with_body(Break::Soft),
        "define-effect" => FORM.of(Role::Plain).fixed(1, Role::Plain),
        "define-syntax" => FORM.fixed(1, Role::Code),
        "syntax-rules" => FORM.fixed(1, Role::Data).body(Role::Clause),
        "%sig" => FORM.of(Role::Data).fixed(1, Role::Data),
        "spec:contract" => Style { pairs: Pairs::Keywords, ..FORM }.fixed(1, Role::Code),
        _ => return None,
    })
}
