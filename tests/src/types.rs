//! Types as `clc doc` writes them, by their outermost kind: what they accept, and expressions that make values of them.

/// A type: a name with arguments, which may be names themselves.
#[derive(Clone, PartialEq, Debug)]
pub struct Type {
    pub head: String,
    pub args: Vec<Type>,
}

/// Kinds of values with expressions that make some; each is evaluated anew for each use, because some can be changed.
/// `Shape` is declared by the program that uses them.
pub const SAMPLES: [(&str, &str); 43] = [
    ("Nil", "nil"),
    ("Bool", "true"),
    ("Int", "2"),
    ("Int", "-1"),
    ("Float", "1.5"),
    ("String", "\"a\""),
    ("String", "\"\""),
    ("Symbol", "'sym"),
    ("Keyword", ":desc"),
    ("List", "[]"),
    ("List", "[1 2]"),
    ("List", "[\"a\" \"b\"]"),
    ("List", "[(tuple 1 2)]"),
    ("Tuple", "(tuple)"),
    ("Tuple", "(tuple 1 2)"),
    ("Dict", "{}"),
    ("Dict", "{\"a\" 1}"),
    ("Dict", "{\"type\" \"t\" \"message\" \"m\"}"),
    ("Set", "#{}"),
    ("Set", "#{1 2}"),
    ("Array", "(array)"),
    ("Array", "(array 1 2)"),
    ("Bytes", "(bytes 1 2)"),
    ("Function", "(lambda (...xs) 1)"),
    ("Function", "inc"),
    ("Data", "Dot"),
    ("Data", "(Circle 1.0)"),
    ("Queue", "(queue-new)"),
    ("Queue", "(queue-enqueue (queue-new) 1)"),
    ("StringBuilder", "(string-builder)"),
    ("DateTime", "(datetime:create 2020 1 2)"),
    ("Regex", "(regex \"a\")"),
    ("Channel", "(full-channel)"),
    ("Channel", "(chan)"),
    ("Promise", "(async:delay 0 1)"),
    ("Promise", "((async () (error \"rejected\")))"),
    ("Goroutine", "(go 1)"),
    ("Mutex", "(locked (concurrent:mutex))"),
    ("Mutex", "(concurrent:mutex)"),
    ("Semaphore", "(concurrent:semaphore 1)"),
    ("Barrier", "(concurrent:barrier 1)"),
    ("WaitGroup", "(concurrent:wait-group)"),
    ("WorkerPool", "(concurrent:worker-pool 1)"),
];

/// What the samples need.
pub const DECLARATIONS: &str = "(import \"std/regex\" (regex))\n(data Shape (Dot) (Circle (radius Float)))\n\
    (define (full-channel) (let ((c (chan 1))) (send! c 1) c))\n\
    (define (locked m) (concurrent:lock m) m)\n";

/// Which value of a type: collections with something in them, or empty ones.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    Full,
    Empty,
}

impl Type {
    /// Reads `(Function a ! e b)`; names after `!` up to the last item are effects, which are left out.
    pub fn parse(text: &str) -> Type {
        let spaced = text.replace('(', " ( ").replace(')', " ) ");
        let mut open: Vec<Vec<Type>> = vec![Vec::new()];
        for word in spaced.split_whitespace() {
            match word {
                "(" => open.push(Vec::new()),
                ")" => {
                    let mut items = open.pop().unwrap_or_default();
                    if let Some(bang) = items.iter().position(|t| t.head == "!") {
                        items.drain(bang..items.len() - 1);
                    }
                    let head = if items.is_empty() { String::new() } else { items.remove(0).head };
                    open.last_mut().expect("brackets match").push(Type { head, args: items });
                }
                _ => open.last_mut().expect("brackets match").push(Type { head: word.to_owned(), args: Vec::new() }),
            }
        }
        open.pop().and_then(|mut types| types.pop()).expect("a type is not empty")
    }

    fn is_variable(&self) -> bool {
        self.args.is_empty() && self.head.starts_with(|c: char| c.is_ascii_lowercase())
    }

    /// Whether values of this kind are accepted: some of them, if the type says more.
    pub fn accepts(&self, kind: &str) -> bool {
        match self.head.as_str() {
            "Any" => true,
            "Never" => false,
            "Number" => matches!(kind, "Int" | "Float"),
            "or" => self.args.iter().any(|t| t.accepts(kind)),
            head => self.is_variable() || head == kind,
        }
    }

    /// Whether the kind of a value tells that it is accepted.
    pub fn is_flat(&self) -> bool {
        match self.head.as_str() {
            "Any" | "Number" | "Int" | "Float" | "Bool" | "Nil" | "String" | "Symbol" | "Keyword" | "Bytes" => true,
            "Data" | "Queue" | "StringBuilder" | "DateTime" | "Regex" => self.args.is_empty(),
            "Goroutine" | "Mutex" | "Semaphore" | "Barrier" | "WaitGroup" | "WorkerPool" => true,
            "or" => self.args.iter().all(Type::is_flat),
            _ => false,
        }
    }

    /// A value of the type: its kind and an expression.
    pub fn value(&self, fill: Fill) -> (String, String) {
        let part = |i: usize| self.args.get(i).map_or("1".to_owned(), |t| t.value(fill).1);
        let parts = || (0..self.args.len()).map(part).collect::<Vec<_>>().join(" ");
        let full = fill == Fill::Full;
        let expression = match self.head.as_str() {
            "or" => return self.args[0].value(fill),
            "Number" => return ("Int".to_owned(), "2".to_owned()),
            "Any" if full => return ("Int".to_owned(), "1".to_owned()),
            "Any" => return ("List".to_owned(), "[]".to_owned()),
            _ if self.is_variable() => return ("Int".to_owned(), "1".to_owned()),
            "List" if full => format!("[{}]", part(0)),
            "Array" if full => format!("(array {})", part(0)),
            "Set" if full => format!("#{{{}}}", part(0)),
            "Dict" if full => format!("{{{} {}}}", part(0), part(1)),
            "List" => "[]".to_owned(),
            "Array" => "(array)".to_owned(),
            "Set" => "#{}".to_owned(),
            "Dict" => "{}".to_owned(),
            // A generator of std/test, a heap of std/heap.
            "Tuple" if self.args.first().is_some_and(|t| t.head == "Keyword") && self.args.len() == 2 => {
                "(gen:int 0 3)".to_owned()
            }
            "Tuple" if self.args.first().is_some_and(|t| t.head == "Keyword") && full => {
                "(let ((h (heap-new))) (heap-push! h 1) h)".to_owned()
            }
            "Tuple" if self.args.first().is_some_and(|t| t.head == "Keyword") => "(heap-new)".to_owned(),
            "Tuple" => format!("(tuple {})", parts()),
            "Function" => self.function(fill),
            head => sample(head, fill),
        };
        (self.head.clone(), expression)
    }

    /// A function that takes what its type says and gives a value of its result.
    fn function(&self, fill: Fill) -> String {
        let Some((result, params)) = self.args.split_last() else { return "(lambda (...xs) 1)".to_owned() };
        let name = |(i, t): (usize, &Type)| if t.head == "Rest" { "...xs".to_owned() } else { format!("x{i}") };
        let names: Vec<String> = params.iter().enumerate().map(name).collect();
        format!("(lambda ({}) {})", names.join(" "), result.value(fill).1)
    }
}

/// The first or the last sample of a kind.
fn sample(kind: &str, fill: Fill) -> String {
    let mut of_kind = SAMPLES.iter().filter(|(k, _)| *k == kind).map(|(_, expression)| *expression);
    let found = if fill == Fill::Full { of_kind.next() } else { of_kind.next_back() };
    found.unwrap_or_else(|| panic!("there is no sample of the kind {kind}")).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_accept_by_their_outermost_kind() {
        let ty = Type::parse("(or Number (List a) Nil)");
        let accepted: Vec<bool> = ["Int", "Float", "List", "Nil", "String"].map(|k| ty.accepts(k)).to_vec();
        assert_eq!(accepted, [true, true, true, true, false]);
        assert!(Type::parse("a").accepts("Set") && !Type::parse("Never").accepts("Set"));
    }

    #[test]
    fn values_are_of_their_types() {
        let value = |text: &str| Type::parse(text).value(Fill::Full);
        assert_eq!(value("(List (Tuple a String))"), ("List".into(), "[(tuple 1 \"a\")]".into()));
        assert_eq!(
            value("(Function a (Rest Any) ! e error Bool)"),
            ("Function".into(), "(lambda (x0 ...xs) true)".into())
        );
        assert_eq!(Type::parse("(List a)").value(Fill::Empty).1, "[]");
    }
}
