//! Signatures of the library declare all that the bodies behind them do.

mod support;
use cl_lang::stdlib::STD;
use support::resolved;

/// A program that mentions every name of the prelude.
fn mentions_all() -> String {
    let mut text = String::new();
    let mut count = 0;
    for line in STD.prelude.iter().flat_map(|(_, source)| source.lines()) {
        let Some(rest) = line.strip_prefix("(define ") else { continue };
        let name: String =
            rest.trim_start_matches('(').chars().take_while(|c| !c.is_whitespace() && *c != ')').collect();
        if !name.starts_with('%') {
            text += &format!("(define (use{count}) {name})\n");
            count += 1;
        }
    }
    assert!(count > 300, "{count} names");
    text
}

#[test]
fn signatures_declare_what_bodies_do() {
    let (program, core) = resolved(&mentions_all());
    let undeclared = cl_infer::undeclared_effects(&program, &core);
    assert_eq!(undeclared, Vec::<String>::new());
}
