//! The formatter on small texts with their expected layout, and its two laws (the same program comes out; formatting again
//! changes nothing) on the corpus, on the corpus with other line breaks and comments, and on generated text.

use super::{WIDTH, format, same_program};
use crate::agreement_tests::{PIECES, Random, corpus};
use cl_text::FileId;
use std::time::{Duration, Instant};

fn formatted(text: &str) -> String {
    format(text, FileId(0)).expect("the text can be read")
}

/// Fails unless the laws hold; for a text that cannot be read there is nothing to hold.
fn assert_laws(text: &str) -> bool {
    let Ok(once) = format(text, FileId(0)) else { return false };
    assert!(same_program(text, &once), "another program came out of {text:?}:\n{once}");
    let twice = formatted(&once);
    if let Some(at) = once.bytes().zip(twice.bytes()).position(|(a, b)| a != b) {
        let around = |text: &str| {
            String::from_utf8_lossy(&text.as_bytes()[at.saturating_sub(200)..]).chars().take(300).collect::<String>()
        };
        panic!("not stable, at the byte {at}:\n{}\n-------- again:\n{}", around(&once), around(&twice));
    }
    true
}

/// Fails unless the layout of `source` is `expected`, and the laws hold.
fn assert_layout(source: &str, expected: &str) {
    assert_laws(source);
    assert_eq!(formatted(source), expected, "{source}");
}

#[test]
fn what_fits_and_was_on_one_line_stays_there() {
    for line in ["(define (f x) (+ x 1))\n", "(print [1 2] {:a 1} #{3} '(a . b))\n", "x\n", "(a)\n", "()\n"] {
        assert_layout(line, line);
    }
    assert_layout("  ( f   1,2,\t3 )", "(f 1 2 3)\n");
    assert_layout("[1, 2, 3]", "[1 2 3]\n");
    assert_layout("", "");
    assert_layout("\n\n  \n", "");
    assert_layout("\u{feff}(f\r\n 1)\r\n", "(f\n  1)\n");
}

#[test]
fn bodies_are_indented_by_two_and_stand_on_lines_of_their_own() {
    assert_layout("(define (f x)\n(print x) x)", "(define (f x)\n  (print x)\n  x)\n");
    assert_layout("(define\n(f x)\n\"Doc\" x)", "(define (f x)\n  \"Doc\"\n  x)\n");
    assert_layout("(let ((x 1)\n(y 2)) (f x\ny))", "(let ((x 1)\n      (y 2))\n  (f x\n     y))\n");
    assert_layout("(lambda (x) : Int\nx)", "(lambda (x) : Int\n  x)\n");
    assert_layout("(when c (do\na b) d)", "(when c\n  (do\n    a\n    b)\n  d)\n");
    assert_layout("(try (f)\n(catch (e) 1))", "(try (f)\n  (catch (e) 1))\n");
    assert_layout("(for-each (x xs)\n(print x))", "(for-each (x xs)\n  (print x))\n");
    assert_layout("(for-each print\nxs)", "(for-each print\n          xs)\n");
}

#[test]
fn branches_stand_under_the_condition_and_clauses_on_lines_of_their_own() {
    assert_layout("(if c a\nb)", "(if c\n    a\n    b)\n");
    assert_layout("(if (and a\nb) a b)", "(if (and a\n         b)\n    a\n    b)\n");
    assert_layout("(-> x (f 1)\n(g 2))", "(-> x\n    (f 1)\n    (g 2))\n");
    assert_layout("(cond (a 1) (b 2)\n(else (f\n3)))", "(cond\n  (a 1)\n  (b 2)\n  (else\n    (f\n      3)))\n");
    assert_layout(
        "(match x\n((Some y) :when (> y 1) (print y) y) (None 0))",
        "(match x\n  ((Some y) :when (> y 1) (print y) y)\n  (None 0))\n",
    );
    assert_layout(
        "(match x\n((Some y) :when (> y 1) (print y)\ny) (None 0))",
        "(match x\n  ((Some y) :when (> y 1)\n    (print y)\n    y)\n  (None 0))\n",
    );
    assert_layout(
        "(handler ((io:print (lambda (x)\nnil)))\n(f))",
        "(handler ((io:print (lambda (x)\n                      nil)))\n  (f))\n",
    );
}

#[test]
fn declarations_have_a_line_for_each_part() {
    assert_layout("(data Option a\n(None) (Some a))", "(data Option a\n  (None)\n  (Some a))\n");
    assert_layout(
        "(spec:contract f :requires [(> n 0)]\n:ensures [(> result 0)])",
        "(spec:contract f\n  :requires [(> n 0)]\n  :ensures [(> result 0)])\n",
    );
    assert_layout("(module m (export a)\n(define a 1))", "(module m (export a)\n  (define a 1))\n");
    assert_layout("(module m\n(export a)\n\n(define a 1))", "(module m\n  (export a)\n\n  (define a 1))\n");
    assert_layout("(define x (let ((y 1))\ny))", "(define x\n  (let ((y 1))\n    y))\n");
}

#[test]
fn arguments_keep_the_breaks_of_the_user_and_are_aligned() {
    assert_layout("(fold +\n0 xs)", "(fold +\n      0 xs)\n");
    assert_layout("(fold\n+ 0 xs)", "(fold\n  + 0 xs)\n");
    assert_layout("(map (lambda (x)\nx) xs)", "(map (lambda (x)\n       x)\n     xs)\n");
    assert_layout("{:a 1\n:b 2}", "{:a 1\n :b 2}\n");
    assert_layout("'(if a\nb)", "'(if a\n  b)\n");
}

#[test]
fn what_is_too_wide_is_broken() {
    let long = "a".repeat(60);
    assert_layout(&format!("(f {long} {long})"), &format!("(f {long}\n   {long})\n"));
    assert_layout(
        &format!("(define (f) (g {long}) (h {long}))"),
        &format!("(define (f)\n  (g {long})\n  (h {long}))\n"),
    );
    assert_layout(&format!("{{:a {long} :b {long}}}"), &format!("{{:a {long}\n :b {long}}}\n"));
    let numbers = "1234567 ".repeat(30);
    let lines = formatted(&format!("[{numbers}]"));
    assert!(lines.lines().count() == 3 && lines.lines().all(|l| l.len() <= WIDTH as usize), "{lines}");
    let head = "h".repeat(50);
    assert_layout(&format!("({head} (f {long}) (g {long}))"), &format!("({head}\n  (f {long})\n  (g {long}))\n"));
}

#[test]
fn comments_and_blank_lines_stay_where_they_are() {
    for same in [
        "; a\n; b\n\n(f) ; c\n; d\n\n(g)\n",
        "(define (f) ; why\n  ; what\n  1)\n",
        "(f 1 ; one\n   2 ; two\n   )\n",
        "(f #| a |# 1 #;2 3)\n",
        "(do\n  (a) #| b |#\n  #| c |# (d))\n",
        "[1 2 ; two\n ; three\n ]\n",
        "'; odd\n x\n",
        "(define a 1)   ; aligned\n(define bc 23) ; comments\n",
        "#|\n  text\n    more\n|#\n(f)\n",
    ] {
        assert_layout(same, same);
    }
    assert_layout("(f)\n\n\n\n(g)\n\n", "(f)\n\n(g)\n");
    assert_layout("(do\n\n(a)\n\n\n(b)\n\n)", "(do\n\n  (a)\n\n  (b))\n");
    assert_layout(";a  \n(f);b\t\n", ";a\n(f) ;b\n");
    assert_layout("#|a|#\n(f)", "#|a|#\n(f)\n");
}

#[test]
fn what_cannot_be_read_is_refused_with_its_errors() {
    let errors = format("(f (g)", FileId(0)).expect_err("a bracket is missing");
    assert_eq!(errors[0].code, "E0001");
}

#[test]
fn the_laws_hold_on_every_program_of_the_repository() {
    let held = corpus().iter().filter(|text| assert_laws(text)).count();
    assert!(held > 150, "too few programs of the corpus can be read: {held}");
}

/// The text with white space between tokens replaced at random.
fn respaced(text: &str, random: &mut Random) -> String {
    let spaces =
        [" ", " ", " ", "\n", "\n", "\n\n\n", "\t,", " ; comment\n", "\n; line\n", " #| c |# ", "\n#;(skipped\n it) "];
    let tree = crate::read(text, FileId(0)).tree;
    let mut protected = tree
        .nodes
        .iter()
        .filter(|n| !n.kind.is_list())
        .map(|n| n.span)
        .chain(tree.comments.clone())
        .collect::<Vec<_>>();
    protected.sort_by_key(|span| span.start);
    let mut out = String::new();
    let mut at = 0;
    for span in protected {
        if span.start < at {
            continue; // inside a skipped datum
        }
        for c in text[at as usize..span.start as usize].chars() {
            match c {
                ' ' | '\n' if random.below(3) == 0 => out.push_str(random.pick(&spaces)),
                c => out.push(c),
            }
        }
        out.push_str(&text[span.start as usize..span.end as usize]);
        at = span.end;
        if text[span.start as usize..].starts_with(';') {
            out.push('\n');
        }
    }
    out.push_str(&text[at as usize..]);
    out
}

fn for_two_seconds(seed: u64, mut round: impl FnMut(&mut Random) -> bool) {
    let start = Instant::now();
    let mut random = Random(seed);
    let mut held = 0;
    while start.elapsed() < Duration::from_secs(2) {
        held += usize::from(round(&mut random));
    }
    assert!(held > 20, "the generator makes too few texts that can be read: {held}");
}

#[test]
fn the_laws_hold_on_programs_with_other_breaks_and_comments() {
    let texts = corpus();
    for_two_seconds(0x5eed_0011, |random| {
        let text = &texts[random.below(texts.len())];
        assert_laws(&respaced(text, random))
    });
}

#[test]
fn the_laws_hold_on_generated_text() {
    for_two_seconds(0x5eed_0012, |random| {
        let length = random.below(12);
        assert_laws(&(0..length).map(|_| random.pick(PIECES)).collect::<String>())
    });
}

#[test]
fn the_laws_hold_on_generated_forms() {
    const HEADS: &[&str] = &[
        "define",
        "let",
        "lambda",
        "if",
        "cond",
        "match",
        "data",
        "handler",
        "module",
        "spec:contract",
        "->",
        "try",
        "for-each",
        "f",
        "a-long-name-of-a-function",
        "%case-lambda",
        "catch",
        ":",
        "define-syntax",
        "\"a\nb\"",
        ":key",
        "'",
    ];
    const ATOMS: &[&str] =
        &["x", "12", ":key", "\"text\"", "\"two\nlines\"", "; c\n", "#|c|#", "#;x", "'y", ":when", "()", "[]"];
    const GAPS: &[&str] = &[" ", " ", " ", " ", "\n", "\n\n\n"];
    for_two_seconds(0x5eed_0013, |random| {
        let mut text = String::new();
        let mut open = Vec::new();
        for _ in 0..random.below(80) {
            match random.below(5) {
                0 => {
                    let (opener, closer) =
                        [("(", ")"), ("(", ")"), ("(", ")"), ("[", "]"), ("{", "}"), ("#{", "}")][random.below(6)];
                    text += opener;
                    open.push(closer);
                    if closer == ")" {
                        text += random.pick(HEADS);
                    }
                }
                1 => text += open.pop().unwrap_or(""),
                _ => text += random.pick(ATOMS),
            }
            text += random.pick(GAPS);
        }
        text.extend(open.iter().rev().copied());
        assert_laws(&text)
    });
}

#[test]
fn deep_nesting_takes_linear_time_and_no_stack() {
    let start = Instant::now();
    for opener in ["(", "(\n", "[a ", "'", "(f\n", "(let ((x ", "(if a\n", "(f a\n", "{:a\n"] {
        let depth = 200_000;
        let closers: String = opener.chars().rev().filter_map(|c| "([{".find(c).map(|i| [')', ']', '}'][i])).collect();
        let text = opener.repeat(depth) + "x" + &closers.repeat(depth);
        assert_laws(&text);
    }
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[test]
fn long_texts_take_linear_time() {
    let unit = "(define (f x)\n  (let ((y (+ x 1)))\n    (if (> y 2)\n        (print y \"text\" [1 2 3])\n        {:a y})))\n\n";
    let time = |units: usize| {
        let text = unit.repeat(units);
        let start = Instant::now();
        assert!(formatted(&text).len() == text.len() - 1);
        start.elapsed()
    };
    time(1000);
    let (short, long) = (time(2_000), time(20_000));
    assert!(long < short * 40 + Duration::from_millis(200), "{short:?} for 2,000 functions, {long:?} for 20,000");
}
