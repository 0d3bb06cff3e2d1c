//! The explanation pages of the codes: the first program of a page gets the code, the second one is mended.

mod common;
use cl_lang::stdlib::STD;
use cl_lang::{Options, resolve};
use cl_text::{SourceMap, codes};
use std::path::Path;

/// Codes of other stages, or whose page needs more than one file.
const ELSEWHERE: &[&str] = &["E0103", "E0104", "E0105", "E0106", "E0107"];

fn blocks(page: &str) -> Vec<&str> {
    page.split("```").skip(1).step_by(2).map(|block| block.split_once('\n').map_or("", |(_, text)| text)).collect()
}

fn messages(text: &str) -> Vec<String> {
    let mut sources = SourceMap::default();
    let options = Options { search: &[], library: &STD, tests: false };
    let files = common::files(&[("/p/main.cl", text)]);
    let resolved = resolve(&mut sources, &files, Path::new("/p/main.cl"), &options);
    common::messages(&resolved, &sources)
}

#[test]
fn the_programs_of_the_pages_show_the_code() {
    let mut seen = 0;
    for code in codes::ALL.iter().filter(|c| c.id > "E0100" && !ELSEWHERE.contains(&c.id)) {
        let blocks = blocks(code.page);
        let [wrong, right, ..] = blocks.as_slice() else { continue };
        let all = messages(wrong);
        assert!(all.iter().any(|m| m.contains(code.id)), "{}: {wrong}\ngives {all:?}", code.id);
        let all = messages(right);
        assert!(all.is_empty(), "{}: {right}\ngives {all:?}", code.id);
        seen += 1;
    }
    assert!(seen > 15, "{seen}");
}
