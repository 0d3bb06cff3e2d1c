//! What a `match` costs: on no path through its tests is the same thing tested twice, and its code grows with its text.
//!
//! Looked at is the printed Core of one function. Variables that hold the same part of the scrutinee count as one.

mod support;

use std::collections::{BTreeSet, HashMap};
use support::function_of;

/// An S-expression of printed Core.
#[derive(Clone, Debug)]
enum Sexp {
    Leaf(String),
    List(Vec<Sexp>),
}

impl Sexp {
    fn items(&self) -> &[Sexp] {
        match self {
            Sexp::Leaf(_) => &[],
            Sexp::List(items) => items,
        }
    }

    fn text(&self, i: usize) -> &str {
        match &self.items()[i] {
            Sexp::Leaf(text) => text,
            Sexp::List(_) => "",
        }
    }
}

fn parse(text: &str) -> Sexp {
    let mut open: Vec<Vec<Sexp>> = vec![Vec::new()];
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '(' | ')' => 1,
            '"' => 2 + rest[1..].find('"').expect("the text ends"),
            _ => rest.find(|c: char| c.is_whitespace() || c == '(' || c == ')').unwrap_or(rest.len()),
        };
        match first {
            '(' => open.push(Vec::new()),
            ')' => {
                let list = Sexp::List(open.pop().expect("brackets match"));
                open.last_mut().expect("brackets match").push(list);
            }
            _ => open.last_mut().expect("brackets match").push(Sexp::Leaf(rest[..length].to_owned())),
        }
        rest = rest[length..].trim_start();
    }
    open.pop().and_then(|mut all| all.pop()).expect("one function")
}

/// The tests of a function as a graph without cycles.
#[derive(Default)]
struct Tests {
    /// What is tested, and where it goes on, before those that come before it.
    nodes: Vec<(String, [Option<usize>; 2])>,
    joins: HashMap<String, (Vec<Sexp>, Option<Option<usize>>)>,
    /// The parts that variables hold.
    parts: HashMap<String, String>,
}

impl Tests {
    fn of(function: &str) -> Tests {
        let mut tests = Tests::default();
        tests.block(&parse(function).items()[3..]);
        tests
    }

    fn canonical(&self, x: &Sexp) -> String {
        match x {
            Sexp::Leaf(name) => self.parts.get(name).unwrap_or(name).clone(),
            Sexp::List(items) => {
                let items: Vec<String> = items.iter().map(|i| self.canonical(i)).collect();
                format!("({})", items.join(" "))
            }
        }
    }

    /// The first test of a block.
    fn block(&mut self, items: &[Sexp]) -> Option<usize> {
        let (term, statements) = items.split_last().expect("a block ends");
        for statement in statements {
            match statement.text(0) {
                "join" => {
                    let body = (statement.items()[3..].to_vec(), None);
                    self.joins.insert(statement.text(1).to_owned(), body);
                }
                "let" if matches!(&statement.items()[2], Sexp::List(_)) => {
                    let value = &statement.items()[2];
                    if ["field", "%head-unchecked", "%tail-unchecked", "%dict-get"].contains(&value.text(0)) {
                        let part = self.canonical(value);
                        self.parts.insert(statement.text(1).to_owned(), part);
                    }
                }
                _ => {}
            }
        }
        match term.text(0) {
            "if" => {
                let what = self.canonical(&term.items()[1]);
                let then = self.block(&term.items()[2].items()[1..]);
                let otherwise = self.block(&term.items()[3].items()[1..]);
                self.nodes.push((what, [then, otherwise]));
                Some(self.nodes.len() - 1)
            }
            "jump" => self.join(term.text(1)),
            _ => None,
        }
    }

    fn join(&mut self, label: &str) -> Option<usize> {
        let (body, known) = self.joins.get(label)?.clone();
        known.unwrap_or_else(|| {
            let first = self.block(&body);
            self.joins.get_mut(label).expect("it was there").1 = Some(first);
            first
        })
    }

    /// The tests that come again after themselves on some path.
    fn repeated(&self) -> Vec<&str> {
        let mut below: Vec<BTreeSet<&str>> = Vec::new();
        let mut repeated = Vec::new();
        for (what, next) in &self.nodes {
            let mut later: BTreeSet<&str> = BTreeSet::new();
            for next in next.iter().flatten() {
                later.extend(&below[*next]);
                later.insert(&self.nodes[*next].0);
            }
            if later.contains(&**what) {
                repeated.push(&**what);
            }
            below.push(later);
        }
        repeated
    }
}

const TYPES: &str = "(data Expr (Num n) (Add a b) (Mul a b) (Neg a) (Var s) (Let s e b) (If c a b) (Unit))
(data Color (R) (B)) (data Tree (E) (T c l v r))\n";

/// The tests of `(define (f x y) (match SUBJECT ARMS))`.
fn tests(subject: &str, arms: &str) -> Tests {
    let source = format!("{TYPES}(define (f x y) (match {subject} {arms}))\n(print (f (length [1]) (length [2])))");
    Tests::of(&function_of(&source, "f"))
}

#[test]
fn nothing_is_tested_twice() {
    for (subject, arms) in [
        (
            "x",
            "((Num n) n) ((Add a b) [a b]) ((Mul a b) [a b]) ((Neg a) a) ((Var s) s) ((Let s e b) [s e b]) (Unit 0) (_ 1)",
        ),
        ("x", "(\"a\" 1) (\"b\" 2) (\"c\" 3) (_ 4)"),
        ("x", "([] 0) ([a] a) ([a b] b) ([1 ..._] 2) ([_ _ ...r] r) (_ 4)"),
        ("(tuple x y)", "((tuple [] b) b) ((tuple a []) a) ((tuple [a ...as] [b ...bs]) [a as b bs])"),
        ("(tuple x y)", "((tuple (Num a) (Num b)) 1) ((tuple (Neg a) (Neg b)) 2) ((tuple (Var a) (Var b)) 3) (_ 4)"),
        ("(tuple x y)", "((tuple true _) 1) ((tuple _ true) 2) ((tuple false false) 3) (_ 4)"),
        ("x", "({:kind \"a\" :v v} v) ({:kind \"b\" :v v} v) ({:kind k} k) (_ 4)"),
        ("x", "((or 1 2 3) 0) ((or 4 5) 1) (_ 2)"),
        ("x", "((as (Num 1) whole) whole) ((Num 2) 3) ((Num n) n) (_ 4)"),
    ] {
        let tests = tests(subject, arms);
        assert!(!tests.nodes.is_empty());
        assert!(tests.repeated().is_empty(), "{arms}: {:?}", tests.repeated());
    }
}

/// Where both spellings of an inner constructor meet, its arguments are looked for once more if a later arm wants them.
#[test]
fn of_inner_constructors_only_the_place_of_the_arguments_is_asked_again() {
    let arms = "((T B (T R (T R a x b) y c) z d) 1) ((T B (T R a x (T R b y c)) z d) 2)
                ((T B a x (T R (T R b y c) z d)) 3) ((T B a x (T R b y (T R c z d))) 4) (body body)";
    let tests = tests("x", arms);
    assert!(tests.repeated().iter().all(|t| t.starts_with("(is T ")), "{:?}", tests.repeated());
    assert!(tests.nodes.len() < 100, "{}", tests.nodes.len());
}

#[test]
fn code_grows_with_the_text() {
    let count = |arm: &dyn Fn(usize) -> String, subject: &str, n: usize| {
        let arms: Vec<String> = (0..n).map(arm).collect();
        tests(subject, &format!("{} (_ 0)", arms.join(" "))).nodes.len()
    };
    let row = |i: usize| {
        let columns: Vec<&str> = (0..24).map(|j| if j == i % 24 { "(Num 1)" } else { "_" }).collect();
        format!("((tuple {}) {i})", columns.join(" "))
    };
    let arms: [(&str, &dyn Fn(usize) -> String); 5] = [
        ("x", &|i| format!("(\"s{i}\" {i})")),
        ("x", &|i| format!("({i} {i})")),
        ("x", &|i| format!("([{i} (Num {i}) ..._] {i})")),
        ("(tuple x y)", &|i| format!("((tuple {i} (Add {i} (Num {i}))) {i})")),
        ("x", &row),
    ];
    for (subject, arm) in arms {
        let (few, many) = (count(arm, subject, 20), count(arm, subject, 80));
        assert!(many <= 5 * few, "{}: {few} tests of 20 arms, {many} of 80", arm(1));
    }
}
