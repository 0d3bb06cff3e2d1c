//! How fast the reader is: `cargo run --release -p cl_syntax --example read_speed [MEGABYTES]`.
//!
//! Repeats `sample.cl` to about 20 MB and reports the best of five runs, for the fast reader and (on a small part) for the
//! reference reader, in MB (1e6 bytes) a second.

use cl_text::FileId;
use std::time::Instant;

fn main() {
    let megabytes: usize = std::env::args().nth(1).and_then(|a| a.parse().ok()).unwrap_or(20);
    let sample = include_str!("sample.cl");
    let text = sample.repeat(megabytes * 1_000_000 / sample.len() + 1);
    let fast = best_rate(&text, 5, |t| cl_syntax::read(t, FileId(0)));
    let part = &text[..sample.len() * 50];
    let slow = best_rate(part, 2, |t| cl_syntax::reference::read(t, FileId(0)));
    println!("fast reader: {fast:.0} MB/s ({:.1} MB)", text.len() as f64 / 1e6);
    println!("reference reader: {slow:.1} MB/s");
}

fn best_rate(text: &str, runs: usize, read: impl Fn(&str) -> cl_syntax::Read) -> f64 {
    let mut best = f64::INFINITY;
    for _ in 0..runs {
        let start = Instant::now();
        let found = read(text);
        best = best.min(start.elapsed().as_secs_f64());
        assert!(found.errors.is_empty(), "the sample has errors: {:?}", found.errors);
    }
    text.len() as f64 / 1e6 / best
}
