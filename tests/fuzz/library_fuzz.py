#!/usr/bin/env python3
"""Compares the library with an independent interpreter of the language: calls of every function with arguments of right and wrong
kinds, by value printed or type of error raised.

    tests/fuzz/library_fuzz.py --oracle FOLDER [--calls N] [--seed N] [--only NAME] [--show N]

FOLDER holds oracle.py. CLC names the compiler (default: target/debug/clc). Functions are called through values, so that nothing is
known at compile time. Calls on which the two are known to differ, and why, are in DIFFERENT.
"""

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile

# Interesting values by kind, as source text.
VALUES = {
    "c": "0 1 2 3 7 -1 -5".split(),
    "i": "0 1 -1 2 7 -5 10 64 100 4611686018427387903 4611686018427387904 -4611686018427387905 9223372036854775808"
    " 1000000000000000000000000000000 -1000000000000000000000000000001".split(),
    "F": "0.0 -0.0 1.5 -2.5 2.0 3.0 0.1 1e21 1e-7 123456.789 1e300 -1e16 +inf -inf +nan".split(),
    "s": ['""', '"a"', '"abc"', '"héllo"', '"日本語"', '"a,b,,c"', '" x y "', '"10"', '"-5"', '"1.5"', '"😀é"', '"B"', '"\\n"',
          '"ab\\ncd\\r\\n"', '"banana"', '"ff"', '"1e5"', '"ß"', '"\\u{301}e"', '"{}"', '"{:.2} {{"', '","'],
    "l": ["[]", "[1]", "[1 2 3]", "[3 1 2]", '["b" "a" "c"]', "[[1 2] [3]]", '[1 "a"]', "[1.0 1 2]", "[[1 [2 []]] 3]", "[nil]",
          "[(tuple 1 2) (tuple 3 4)]", "[[1 2] [3 4]]", "[5 3 5 1 3]", "[true false]", "[:b :a]", "[1 2 3 4 5 6 7 8 9 10]",
          '["x" "y"]', "[+nan 1.0]", "[(tuple :a 1) (tuple :b 2)]", "[2 2.0]", '["a"]', "[-1 0.5]", "[[] [1] []]"],
    "t": ["(tuple)", "(tuple 1)", "(tuple 1 2)", '(tuple "a" 3)', "(tuple [1] nil)"],
    "d": ["{}", '{"a" 1}', '{1 2 "b" [1]}', "{:k {:z 1}}", '{"a" 1 "b" 2 "c" 3}', "{1.0 :f}",
          "{0 0 1 1 2 2 3 3 4 4 5 5 6 6 7 7 8 8 9 9}"],
    "S": ["#{}", "#{1 2}", '#{"a"}', "#{3 1 2}", "#{2 3}", "#{0 1 2 3 4 5 6 7 8 9 10}"],
    "a": ["(array)", "(array 1)", "(array 3 1 2)", "(array 1.5 0.5)", '(array "b" "a")', "(array 1 nil)"],
    "b": ["(bytes)", "(bytes 1 2 255)", "(bytes 104 105)", "(bytes 195 169)", "(bytes 200)"],
    "o": ["nil", "true", "false"],
    "k": [":a", ":desc", ":k"],
    "y": ["'a", "'b"],
    "f": ["inc", "(lambda (x) (* 2 x))", "even?", "(lambda (x) x)", "(lambda (x) (list x))", "str", "length", "(lambda (_x) nil)"],
    "g": ["+", "(lambda (a b) (list a b))", "(lambda (a _b) a)", "max", "list", "(lambda (a b) (< a b))", "compare"],
    "p": ["even?", "(lambda (x) (> x 1))", "(lambda (_x) true)", "(lambda (_x) nil)", "nil?", "string?", "identity"],
    "C": ["compare", "<", ">", "(lambda (a b) (- a b))", "(lambda (a b) (compare b a))"],
    "Q": ["(queue-new)", "(queue-enqueue (queue-new) 1)", "(queue-enqueue (queue-enqueue (queue-new) 1) [2])"],
}
GROUPS = {"n": "iF", "q": "llasdS", "x": "ciFsltdSaboky"}

# name and kinds of arguments; `?` before what may be left out, `+` after what may come again.
FUNCTIONS = """
+ n+; - n n+; * n+; / n n+; quot n n; rem n n; div n n; mod n n; abs n; neg n; inc n; dec n; min n n+; max n n+; clamp n n n
= x x+; not= x x; < n n+; > s s; <= n n; >= n n; compare x x; compare l l; compare t t; zero? n; positive? n; negative? n; even? i; odd? i
number? x; int? x; float? x; nan? n; float n; int n; floor n; ceil n; round n; round-to F c; sqrt n; pow c c; pow F c; pow c F
exp c; log n; log2 n; log10 n; sin c; cos c; tan c; asin F; acos F; atan c; atan2 c c; degrees c; radians c; hypot c c
gcd i i; lcm i i; factorial c; sum l; product l; mean l; bit-and i i; bit-or i i; bit-xor i i; bit-not i; shift-left i c; shift-right i c
parse-int s; parse-int s c; parse-float s; number->string n; number->string i c
list x+; cons x l; head l; tail l; first l; rest l; second l; third l; last l; init l; nth l c ?x; length q; length t; empty? q
append q q; append l l l; reverse q; take c l; drop c l; take-while p l; drop-while p l; slice q c c; range c; range c c; range c c c; range F c
map f q; map g l l; filter p q; remove p q; fold g x q; reduce g q; reduce g x q; fold-right g x q; scan g x l; map-indexed g l
filter-map f l; flat-map f l; for-each f q; any? p q; all? p q; none? p q; find p q; index-of l x; contains? q x; contains? s s; count p q
zip l l; zip l l l; unzip l; zip-with g l l; partition p l; group-by f l; chunk c l; sliding-window c l; split-at c l; interleave l l
sort q; sort l k; sort-by f l; sort-by f l k; sort-with C l; unique q; flatten l; flatten-once l; repeat x c; iterate f c c
sorted? l; permutation? l l; concat s s; concat l l; concat; list->array l; array->list a; tuple x+; tuple-ref t c; tuple->list t
list-sort l; list-flatten l; list-zip l l; list-unzip l; list-partition p l; list-find p l; list-index-of l x; list-unique l
list-reverse l; list-slice l c c
array x+; array-new c x; array-get a c; array-set! a c x; array-length a; array-push! a x; array-pop! a; array-fill! a x; array-swap! a c c
array-copy a; array-slice a c c; array-map f a; array-sort! a
str x+; string-concat x+; to-string x; to-source x; string-length s; char-at s c; substring s c ?c; string-slice s c ?c; string-upper s
string-lower s; string-upcase s; string-downcase s; string-trim s; string-trim-left s; string-trim-right s; string-split s s
string-join l ?s; string-contains? s s; string-starts-with? s s; string-ends-with? s s; string-replace s s s; string-index-of s s
string-repeat s c; string-pad-left s c ?s; string-pad-right s c ?s; string-reverse s; string->list s; list->string l; char-code s
code-char i; string-lines s; string-words s; string->symbol s; symbol->string y; keyword->string k; format s x; format s n n
string-empty? s; string-compare s s
nil? x; bool? x; string? x; symbol? x; keyword? x; list? x; tuple? x; dict? x; set? x; array? x; bytes? x; function? x; type-of x
arity f; arity g; identity x; error? x; error? d; not x
get d x ?x; get S x; get l c ?x; get x x; set d x x; get-in d l ?x; set-in d l x; update d x f; update d x f x; update-in d l f
dict x x; dict x x x x; dict-new; dict-get d x; dict-get-or d x x; dict-set d x x; dict-remove d x; dict-has? d x; dict-keys d
dict-values d; dict-items d; dict-size d; dict-merge d d; dict-first d; dict-last d; dict-map g d; dict-filter g d; dict-from-list l
set-new; set-from-list l; set-add S x; set-remove S x; set-has? S x; set-union S S; set-intersection S S; set-difference S S
set-subset? S S; set-size S; set-to-list S; queue-new; queue-enqueue Q x; queue-dequeue Q; queue-peek Q; queue-empty? Q; queue-size Q
apply g l; apply f l; |> x f f; <| f x; tap f x
json-parse s; json-stringify x; json-stringify x c; base64-encode s; base64-encode b; base64-decode s; hex-encode b; hex-decode s; sha256 s
bytes c c; string->bytes s; bytes->string b; bytes-length b; bytes-get b c; bytes-slice b c c; bytes-concat b b
"""

# Results go to standard error, which nobody buffers: what was told before a crash is not lost.
PRELUDE = """
(define (show i f args)
  (print-err i (try (to-source (apply f args)) (catch (e) (str "error " (get e "type"))))))
"""

# (function, what differs, why): a call is no finding where the pattern fits the line `CALL -> oracle | ours`.
DIFFERENT = [
    (r"(\[\]|\{\}|\(array\)|#\{\}|\(queue-new\)).* \| error type-error$", "the oracle does not look at what it has no use for"),
    (r"^\(sort-with \S+ \[[^ ]*\]\) .* \| error type-error$", "the same: one item is not compared"),
    (r"^\((parse-int|number->string) .* -?\d+\) .* \| error domain-error$", "the oracle does not check the radix"),
    (r"^\(json-stringify .* -\d+\) .* \| error domain-error$", "the oracle does not check the indentation"),
    (r'^\(json-stringify \S+ \S.*\) -> "[^\[{]*" \| error type-error$', "nor its kind where nothing is indented"),
    (r"^\(hex-decode .*\\n.* \| error parse-error$", "the oracle skips white space"),
    (r"^\((bytes|array)-(length|slice|concat) .* \| error type-error$", "the oracle does not check the kind"),
]


def functions():
    for entry in re.split(r"[;\n]", FUNCTIONS):
        words = entry.split()
        if words:
            yield words[0], words[1:]


def value(rng, kind):
    kinds = GROUPS.get(kind, kind)
    return rng.choice(VALUES[rng.choice(kinds)])


def arguments(rng, params, wrong):
    args = []
    for param in params:
        if param[0] == "?" and rng.random() < 0.5:
            break
        times = 1 + (rng.randrange(3) if param.endswith("+") else 0)
        for _ in range(times):
            kind = "x" if rng.random() < wrong else param.strip("?+")
            args.append(value(rng, kind))
    if rng.random() < 0.03:
        args = args[1:] if rng.random() < 0.5 else args + [value(rng, "x")]
    return args


def calls(rng, count, only):
    for name, params in functions():
        if only and name != only:
            continue
        for i in range(count if params else 1):
            yield name, arguments(rng, params, 0 if i < count // 2 else 0.3)


def run(command, path, seconds):
    """The numbers and results that a program told, and the end of what else it said."""
    try:
        done = subprocess.run([*command, path], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, timeout=seconds)
        text = done.stderr.decode("utf-8", "replace")
    except subprocess.TimeoutExpired as error:
        text = (error.stderr or b"").decode("utf-8", "replace") + "\ntoo slow"
    lines = {}
    for line in text.split("\n"):
        number, _, result = line.partition(" ")
        if number.isdigit():
            lines[int(number)] = result
    return lines, text[-200:].replace("\n", " ")


def evaluate(command, batch, folder):
    """The result of each call; a call that ends the program has the program's last words."""
    path = os.path.join(folder, "calls.cl")
    results = {}
    start = 0
    while start < len(batch):
        with open(path, "w", encoding="utf-8") as f:
            f.write(PRELUDE)
            for i, (name, args) in enumerate(batch[start:], start):
                f.write("(show %d %s [%s])\n" % (i, name, " ".join(args)))
        lines, last_words = run(command, path, 30)
        results.update(lines)
        start = max(lines, default=start - 1) + 1
        if start < len(batch):
            results[start] = "!! " + last_words
            start += 1
    return results


def compare(batch, ours, oracle, folder):
    a = evaluate(oracle, batch, folder)
    b = evaluate(ours, batch, folder)
    for i, (name, args) in enumerate(batch):
        # The oracle does not check all its arguments: its own failures say nothing.
        if a[i] != b[i] and not a[i].startswith("!!"):
            yield name, "(%s) -> %s | %s" % (" ".join([name, *args]), a[i], b[i])


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--oracle", required=True)
    parser.add_argument("--calls", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only")
    parser.add_argument("--show", type=int, default=3, help="findings shown for a function")
    args = parser.parse_args()
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../..")
    ours = [os.environ.get("CLC", os.path.join(root, "target/debug/clc")), "run", "-O0"]
    oracle = [sys.executable, os.path.join(args.oracle, "oracle.py")]
    batch = list(calls(random.Random(args.seed), args.calls, args.only))
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(batch), 1000):
            for name, text in compare(batch[start : start + 1000], ours, oracle, folder):
                if not any(re.search(pattern, text) for pattern, _why in DIFFERENT):
                    found.setdefault(name, []).append(text)
    for name, texts in found.items():
        for text in texts[: args.show]:
            print(text)
    print("%d calls, %d functions with differences" % (len(batch), len(found)))
    sys.exit(1 if found else 0)


main()
