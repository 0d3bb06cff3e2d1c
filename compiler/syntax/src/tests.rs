//! What reading gives, told by behaviour.

use crate::{NodeId, NodeKind, Read, Tree, read};
use cl_text::FileId;

fn reading(text: &str) -> Read {
    read(text, FileId(0))
}

/// A tree as text: leaves as `Kind:text`, the rest in brackets.
fn shape(text: &str) -> String {
    let tree = reading(text).tree;
    let mut out = Vec::new();
    for id in tree.children(Tree::ROOT) {
        out.push(shape_of(&tree, text, id));
    }
    out.join(" ")
}

fn shape_of(tree: &Tree, text: &str, id: NodeId) -> String {
    let inner: Vec<String> = tree.children(id).map(|c| shape_of(tree, text, c)).collect();
    let inner = inner.join(" ");
    match tree.node(id).kind {
        NodeKind::Paren => format!("({inner})"),
        NodeKind::Bracket => format!("[{inner}]"),
        NodeKind::Brace => format!("{{{inner}}}"),
        NodeKind::HashBrace => format!("#{{{inner}}}"),
        NodeKind::Quote => format!("'{inner}"),
        kind => format!("{kind:?}:{}", tree.text(text, id)),
    }
}

/// `CODE@start` for each error.
fn errors(text: &str) -> Vec<String> {
    reading(text).errors.iter().map(|e| format!("{}@{}", e.code, e.labels[0].span.start)).collect()
}

#[test]
fn literals_have_their_kinds() {
    assert_eq!(
        shape("42 -17 +3 1_000 0xff 0b101 -0o17"),
        "Int:42 Int:-17 Int:+3 Int:1_000 Int:0xff Int:0b101 Int:-0o17"
    );
    assert_eq!(
        shape("3.14 -0.5 1e9 2.5e-3 1_0.5_0 +inf -inf +nan"),
        "Float:3.14 Float:-0.5 Float:1e9 Float:2.5e-3 Float:1_0.5_0 Float:+inf Float:-inf Float:+nan"
    );
    assert_eq!(shape("#t #f true false nil"), "Bool:#t Bool:#f Bool:true Bool:false Nil:nil");
    assert_eq!(shape(":name a:b 'x"), "Keyword::name Symbol:a:b 'Symbol:x");
}

#[test]
fn what_is_no_number_is_a_name() {
    for name in [
        "1abc",
        "1.",
        ".5",
        "+",
        "-",
        "...",
        "...rest",
        "..._",
        ":",
        "#x",
        "#",
        "0x",
        "0x_",
        "0b2",
        "0xg",
        "1e",
        "1e+",
        "1e5_0",
        "--1",
        "1.5.2",
        "+.5",
        "true?",
        "inf",
        "a#|b|#",
        "|#",
        "λ",
        "x\u{200d}y",
        "-inf2",
        "1e5e5",
        "_1",
    ] {
        assert_eq!(shape(name), format!("Symbol:{name}"));
        assert!(errors(name).is_empty(), "{name}");
    }
}

#[test]
fn commas_and_comments_are_white_space() {
    let text = "[x, y] ; tail\n#| a #| b |# c |# z #;(skipped ; inner\n 1) w";
    assert_eq!(shape(text), "[Symbol:x Symbol:y] Symbol:z Symbol:w");
    let comments: Vec<&str> =
        reading(text).tree.comments.iter().map(|s| &text[s.start as usize..s.end as usize]).collect();
    assert_eq!(comments, ["; tail", "#| a #| b |# c |#", "#;(skipped ; inner\n 1)"]);
}

#[test]
fn skips_nest_and_take_whole_data() {
    assert_eq!(shape("#; #; a b c"), "Symbol:c");
    assert_eq!(shape("#;'a b"), "Symbol:b");
    assert_eq!(shape("'#;a b"), "'Symbol:b");
    assert_eq!(shape("''a"), "''Symbol:a");
    assert_eq!(shape("(a #;[b c])"), "(Symbol:a)");
}

#[test]
fn a_name_ends_at_a_delimiter() {
    assert_eq!(shape("a'b"), "Symbol:a 'Symbol:b");
    assert_eq!(shape("a\"b\"c;d"), "Symbol:a String:\"b\" Symbol:c");
    assert_eq!(shape("a#{b}"), "Symbol:a# {Symbol:b}");
    assert_eq!(shape("#{1}{2 3}"), "#{Int:1} {Int:2 Int:3}");
}

#[test]
fn a_byte_order_mark_at_the_start_is_skipped() {
    assert_eq!(shape("\u{feff}a"), "Symbol:a");
    assert_eq!(errors("a\u{feff}"), ["E0008@0"]);
}

#[test]
fn hidden_characters_are_refused_in_names_only() {
    assert_eq!(errors("a\0b \u{a0} \x0c \"\0\u{a0}\" ;\0"), ["E0008@0", "E0008@4", "E0008@7"]);
}

#[test]
fn an_unclosed_bracket_is_reported_where_it_was_opened_with_the_line_that_betrays_it() {
    let text = "(define (f x)\n  (* x 2)\n\n(print (f 4))\n";
    let errors = reading(text).errors;
    assert_eq!(errors.len(), 1);
    assert_eq!((errors[0].code, errors[0].labels[0].span.start), ("E0001", 0));
    assert_eq!(errors[0].labels[1].span.start as usize, text.find("(print").unwrap());
}

#[test]
fn unclosed_brackets_of_one_place_share_a_message() {
    let text = "(define (f) (g (h 1\n(define (k) [1 2\n(a)";
    let found = reading(text).errors;
    let at: Vec<u32> = found.iter().map(|e| e.labels[0].span.start).collect();
    assert_eq!(at, [15, 32]);
    assert!(found[0].notes[0].contains("add `)))`"), "{:?}", found[0].notes);
    assert!(found[1].notes[0].contains("add `])`"), "{:?}", found[1].notes);
}

#[test]
fn lines_inside_strings_betray_nothing() {
    let found = reading("(f \"a\nb\"\n   c").errors;
    assert_eq!(found[0].labels.len(), 1);
}

#[test]
fn a_closer_of_another_kind_names_both() {
    let found = reading("(a [b c) d").errors;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "`[` is closed by `)`");
    assert_eq!(found[0].labels[1].span.start, 7);
    assert_eq!(shape("(a [b c) d"), "(Symbol:a [Symbol:b Symbol:c]) Symbol:d");
    assert_eq!(shape("(a] b"), "(Symbol:a) Symbol:b");
}

#[test]
fn a_closer_of_the_wrong_kind_makes_no_second_error() {
    assert_eq!(errors("(print [1 2 3))\n(f {1 2]) x\n(a))"), ["E0002@7", "E0002@19", "E0003@31"]);
    assert_eq!(errors("((f [1 2)) x)"), ["E0002@4"]);
}

#[test]
fn stray_closers_in_a_row_are_one_error() {
    assert_eq!(errors("a ))] b )"), ["E0003@2", "E0003@8"]);
}

#[test]
fn strings_and_comments_that_do_not_end_hide_no_other_error() {
    assert_eq!(errors(") (a \"b"), ["E0003@0", "E0004@5"]);
    assert_eq!(errors(") (a #| b #| c"), ["E0003@0", "E0005@5"]);
    let found = reading("(print \"a)\n(print \"b\")").errors;
    assert_eq!((found[0].code, found[0].labels[1].span.start), ("E0004", 7));
}

#[test]
fn each_bad_escape_is_reported() {
    assert_eq!(
        errors(r#""a\qb\u{110000}\u{}\ud\n\u{41}\u{1234567}""#),
        ["E0006@2", "E0006@5", "E0006@15", "E0006@19", "E0006@30"]
    );
    assert_eq!(errors("\"a\\\nb\\\r\nc\""), [""; 0]);
}

#[test]
fn prefixes_without_a_datum_are_reported_once() {
    assert_eq!(errors("(a ')"), ["E0007@3"]);
    assert_eq!(errors("(a #;)"), ["E0007@3"]);
    assert_eq!(errors("''"), ["E0007@1"]);
    assert_eq!(shape("(a ') b"), "(Symbol:a ') Symbol:b");
}

#[test]
fn all_independent_errors_come_in_one_run_in_order() {
    assert_eq!(errors(")\n\"\\q\"\n(a]\n('"), ["E0003@0", "E0006@3", "E0002@7", "E0001@11", "E0007@12"]);
}

#[test]
fn a_hostile_file_does_not_fill_the_memory_with_messages() {
    let found = reading(&"] x ".repeat(100_000)).errors;
    assert_eq!(found.len(), 201);
    assert_eq!(found[200].code, "E0010");
}

#[test]
fn a_million_nested_brackets_read_well() {
    let n = 1_000_000;
    let found = reading(&("(".repeat(n) + &")".repeat(n)));
    assert!(found.errors.is_empty());
    assert_eq!(found.tree.nodes.len(), n + 1);
    for text in
        ["(".repeat(n), ")".repeat(n), "'".repeat(n), "#;".repeat(n), "#|".repeat(n), "([".repeat(n) + &")".repeat(n)]
    {
        assert!(!reading(&text).errors.is_empty());
    }
}

#[test]
fn every_subtree_is_inside_its_parent() {
    let text = "(a [b 'c #;d) {e \"f\\q\" #{g}]) ' \"";
    let tree = reading(text).tree;
    for (i, node) in tree.nodes.iter().enumerate() {
        assert!(node.subtree_end as usize > i && node.subtree_end as usize <= tree.nodes.len());
        assert!(node.span.start <= node.span.end && node.span.end as usize <= text.len());
        for child in tree.children(NodeId(i as u32)) {
            let inner = tree.node(child);
            assert!(inner.span.start >= node.span.start && inner.span.end <= node.span.end);
            assert!(inner.subtree_end <= node.subtree_end);
        }
    }
}
