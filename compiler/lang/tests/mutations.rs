//! The resolver never panics: programs whose parts are deleted, doubled, swapped and moved at random.

mod common;
use common::{deep, errors_of};

/// Programs that use every form; mutations mix their tokens.
const SEEDS: &[&str] = &[
    "(define (f (x : Int) [a b ...r] ...more) : (List Int) \"doc\" (define y 1) (let ((z (+ x y)) ({:k v} {:k 1})) (set! y z) [x y z v a r more]))",
    "(data Option a (None) (Some (value a))) (match (Some 1) ((Some x) :when (> x 0) x) (None 0) ((or [p _] (tuple p)) p) ((as (: n Int) m) [n m]) (_ nil))",
    "(loop ((i 0) ([a b] [1 2])) (cond ((< i 3) (recur (+ i 1) [a b])) ((= i 9)) (else (try (error:raise \"t\" \"m\") (catch (e) e) (finally 1)))))",
    "(define-syntax m (syntax-rules (to) ((_ a to b ...) (let ((t a)) [t b ...])) ((_ (k v ...) ...) [(list k v ...) ...]))) (m 1 to 2 3) (m (1 2) (3))",
    "(define-effect ask (name String -> String)) (ask:name \"x\") (effect io:print 1) (type P (Tuple Int P2)) (type P2 Int) (: (tuple 1 2) P)",
    "(import \"lib\" (g (h as k))) (import \"lib\" *) (import \"lib\" :as l) (l:g 1) (k) (for-each (x [1 2]) (print x)) (dotimes (i 3) (while #f i))",
    "(module q (export a b) (define [a _ b] [1 2 3]) (define (main args) (-> args head (- 1)) (->> 2 (+ 1)) (and 1 (or 2 nil)) #{1 :k \"s\"} '(1 x)))",
];

struct Random(u64);

impl Random {
    /// A number below `n`, by a linear congruential generator (Knuth's constants).
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        ((self.0 >> 33) as usize) % n.max(1)
    }
}

fn tokens(text: &str) -> Vec<String> {
    let spaced = "()[]{}'".chars().fold(text.to_string(), |t, c| t.replace(c, &format!(" {c} ")));
    spaced.split_whitespace().map(str::to_string).collect()
}

fn mutate(random: &mut Random) -> String {
    let mut all = tokens(SEEDS[random.below(SEEDS.len())]);
    for _ in 0..1 + random.below(6) {
        let (i, j) = (random.below(all.len()), random.below(all.len()));
        match random.below(5) {
            0 => drop(all.remove(i)),
            1 => all.swap(i, j),
            2 => all.insert(i, all[j].clone()),
            3 => {
                let other = tokens(SEEDS[random.below(SEEDS.len())]);
                all[i] = other[random.below(other.len())].clone();
            }
            _ => {
                let other = tokens(SEEDS[random.below(SEEDS.len())]);
                let from = random.below(other.len());
                let to = (from + random.below(12)).min(other.len());
                all.splice(i..i, other[from..to].iter().cloned());
            }
        }
        if all.is_empty() {
            break;
        }
    }
    all.join(" ")
}

#[test]
fn mutated_programs_do_not_panic() {
    deep(|| {
        let mut random = Random(20_240_607);
        let lib = "(define (g x) x) (define (h) 1) (data L (L Int))";
        for round in 0..4_000 {
            let text = mutate(&mut random);
            let main = ["/p/main.cl", "/p/lib.cl"][usize::from(round % 50 == 0)];
            let result = std::panic::catch_unwind(|| errors_of(&[(main, &text), ("/p/lib.cl", lib)]));
            assert!(result.is_ok(), "panics: {text}");
        }
    });
}

#[test]
fn the_seeds_themselves_are_right() {
    let lib = "(define (g x) x) (define (h) 1)";
    for seed in SEEDS {
        let mut all = errors_of(&[("/p/main.cl", seed), ("/p/lib.cl", lib)]);
        all.retain(|m| !m.starts_with("warning W0202 ")); // `effect` is an older spelling
        assert!(all.is_empty(), "{seed}: {all:?}");
    }
}
