//! What `clc doc` shows and writes, seen from outside.

mod common;

use common::{Folder, clc, stderr, stdout};
use serde_json::Value;
use std::fs;
use std::path::Path;

const SHAPES: &str = r#"; Shapes: areas and "more" <safely>.
(module shapes (export area Shape unit)

; ---- measuring

(define (area (s : Shape)) : Float
  "The area of a shape. Raises nothing & never fails <really>.
    (area unit) => 3.0"
  3.0)

; ---- kinds

; What has an area.
(data Shape (Circle (radius Float)))
(define unit (Circle 1.0))
(define (hidden) 1))
"#;

fn doc(folder: &Path, args: &[&str]) -> String {
    let output = clc(folder, ["doc"].iter().chain(args));
    assert_eq!(output.status.code(), Some(0), "{args:?}: {}", stderr(&output));
    stdout(&output)
}

#[test]
fn a_name_is_shown_with_calls_text_examples_types_and_effects() {
    let folder = Folder::new();
    assert_eq!(
        doc(&folder.0, &["sort-by"]),
        "sort-by  (function, Sequences: order)

    (sort-by f xs)
    (sort-by f xs how)

A List in the order of what f gives for its items; with :desc, in the reverse order.
Equal items keep their order.

Examples:
    (sort-by neg [1 3 2]) => [3 2 1]

Types, the first that fits counts:
    (sort-by (Function a ! e Any) (List a)) : (List a) ! e
    (sort-by (Function a ! e Any) (List a) Keyword) : (List a) ! e

Effects: those of the functions given to it
"
    );
    assert!(doc(&folder.0, &["heap-pop!"]).contains("needs (import \"std/heap\" *)"));
    assert!(doc(&folder.0, &["pi"]).ends_with("Type:\n    pi : Float\n"));
}

#[test]
fn a_form_that_is_also_a_function_shows_both() {
    let folder = Folder::new();
    let shown = doc(&folder.0, &["for-each"]);
    assert!(shown.starts_with("for-each  (special form)\n\n    (for-each (name sequence) body …)\n"), "{shown}");
    assert!(shown.contains("\nfor-each  (function, Sequences"), "{shown}");
}

#[test]
fn pages_and_the_overview_list_names() {
    let folder = Folder::new();
    let overview = doc(&folder.0, &[]);
    for page in ["forms", "lists", "heap"] {
        assert!(overview.lines().any(|line| line.starts_with(page)), "{page} is missing in {overview}");
    }
    let heap = doc(&folder.0, &["std/heap"]);
    assert!(heap.contains("  heap-pop!   Takes the first item away and gives it.\n"), "{heap}");
    assert!(doc(&folder.0, &["forms"]).contains("  if      (if condition then [else])\n"));
}

#[test]
fn what_is_not_there_is_an_error_with_near_names() {
    let folder = Folder::new();
    folder.file("bad.cl", "(define (f");
    for (args, texts) in [
        (&["mpa"][..], &["nothing is called `mpa`", "did you mean map"][..]),
        (&["map", "missing.cl"], &["E0012", "no such file"]),
        (&["bad.cl"], &["E0001"]),
        (&["--html", "out", "map"], &["`map` is no file"]),
        (&["--html", "bad.cl/x"], &["cannot write bad.cl"]),
    ] {
        let output = clc(&folder.0, ["doc"].iter().chain(args));
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(output.stdout.is_empty(), "{args:?}");
        assert!(texts.iter().all(|text| stderr(&output).contains(text)), "{args:?}: {}", stderr(&output));
    }
}

#[test]
fn a_module_of_the_user_shows_what_it_exports() {
    let folder = Folder::new();
    folder.file("shapes.cl", SHAPES);
    assert_eq!(
        doc(&folder.0, &["shapes.cl"]),
        "Shapes

measuring
  area  The area of a shape.

kinds
  Shape  What has an area.
  unit

area  (function, Shapes: measuring)

    (area (s : Shape)) : Float

The area of a shape. Raises nothing & never fails <really>.

Examples:
    (area unit) => 3.0

Inferred type:
    area : (Function Shape Float)

Effects: none

Shape  (data type, Shapes: kinds)

    (data Shape (Circle (radius Float)))

What has an area.
"
    );
}

/// An error elsewhere in the file takes only the types away.
#[test]
fn functions_of_the_user_show_inferred_types_and_effects() {
    let folder = Folder::new();
    let text = "(define (twice f x) (f (f x)))\n(define (greet n) (define m (* n 2)) (print \"hi\" m))\n(define pair (fn (a b) (+ a b)))\n";
    folder.file("good.cl", text);
    folder.file("bad.cl", format!("(import \"missing\" *)\n{text}"));
    let good = doc(&folder.0, &["good.cl"]);
    let shown = |ty: &str, effects: &str| format!("Inferred type:\n    {ty}\n\nEffects: {effects}\n");
    for (ty, effects) in [
        ("twice : (Function Function Any Any)", "those of the functions given to it"),
        ("greet : (Function Number Nil ! io)", "io"),
        ("pair : (Function Number Number Number)", "none"),
    ] {
        assert!(good.contains(&shown(ty, effects)), "{ty} is missing in {good}");
    }
    let bad = doc(&folder.0, &["bad.cl"]);
    assert!(bad.contains("  greet\n") && !bad.contains("Inferred"), "{bad}");
}

#[test]
fn json_has_a_line_for_each_name() {
    let folder = Folder::new();
    folder.file("shapes.cl", SHAPES);
    let lines = |args: &[&str]| -> Vec<Value> {
        let text = doc(&folder.0, args);
        text.lines().map(|line| serde_json::from_str(line).expect("each line is JSON")).collect()
    };
    let nth = &lines(&["nth", "--format", "json"])[0];
    assert_eq!((&nth["schema"], &nth["page"], &nth["kind"]), (&1.into(), &"lists".into(), &"function".into()));
    assert_eq!(nth["forms"], serde_json::json!(["(nth xs i)", "(nth xs i default)"]));
    let clause = serde_json::json!({"params": ["(List a)", "Int"], "rest": null, "result": "a", "effects": ["error"]});
    assert_eq!(nth["clauses"][0], clause);
    assert_eq!(nth["examples"][1], serde_json::json!({"expression": "(nth [10] 5 \"none\")", "value": "\"none\""}));
    assert_eq!(lines(&["shapes.cl", "--format", "json"]).len(), 3);
    assert!(lines(&["--format", "json"]).len() > 350);
}

#[test]
fn the_site_is_whole_safe_and_the_same_each_time() {
    let folder = Folder::new();
    folder.file("shapes.cl", SHAPES);
    for site in ["one", "two"] {
        doc(&folder.0, &["--html", site, "shapes.cl"]);
    }
    let files = |site: &str| {
        let mut found: Vec<_> = fs::read_dir(folder.0.join(site)).unwrap().map(|e| e.unwrap().file_name()).collect();
        found.sort();
        found
    };
    assert_eq!(files("one"), files("two"));
    let read = |site: &str, name: &Path| fs::read_to_string(folder.0.join(site).join(name)).unwrap();
    for name in files("one") {
        let (name, page) = (Path::new(&name), read("one", Path::new(&name)));
        assert_eq!(page, read("two", name), "{}", name.display());
        assert!(!page.contains("http:") && !page.contains("https:"), "{} loads something", name.display());
    }
    let page = read("one", Path::new("shapes.html"));
    assert!(page.contains("Raises nothing &amp; never fails &lt;really&gt;."), "{page}");
    assert!(!page.contains("<really>"));
    let index = read("one", Path::new("index.html"));
    assert_links_lead_somewhere(&folder.0.join("one"), &index);
    assert!(index.contains("<a href=\"lists.html#any%3F\"><code>any?</code></a> <span>Whether pred holds"), "{index}");
}

/// Each link of the index names a file of the site and an id in it.
fn assert_links_lead_somewhere(site: &Path, index: &str) {
    let links: Vec<&str> = index.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    assert!(links.len() > 350);
    for link in links {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let page = fs::read_to_string(site.join(file)).unwrap_or_else(|_| panic!("{link} leads nowhere"));
        let id = anchor.replace("%3E", "&gt;").replace("%3C", "&lt;").replace("%7C", "|").replace("%3F", "?");
        let id = ["%2B", "+", "%2F", "/", "%3D", "="].chunks(2).fold(id, |id, pair| id.replace(pair[0], pair[1]));
        assert!(anchor.is_empty() || page.contains(&format!("id=\"{id}\"")), "{link}: no id {id}");
    }
}
