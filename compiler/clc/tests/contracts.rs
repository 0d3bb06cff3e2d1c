//! `--contracts on|off`: whether programs check the contracts of their functions.

mod common;

use common::{Folder, clc, stderr, stdout};
use std::process::Command;

const PROGRAM: &str = "\
(define (half n) (quot n 2))
(spec:contract half
  :requires [(even? n)]
  :ensures [(do (print \"checked\" result) true) (>= result (old (- n n)))]
  :invariant [(decreasing (abs n))])
(print (half 4))
(print (half (length [1 2 3])))
";

#[test]
fn contracts_are_checked_by_default_and_on_request() {
    let folder = Folder::new();
    folder.file("half.cl", PROGRAM);
    for options in [&["run", "half.cl"][..], &["run", "--contracts", "on", "half.cl"], &["run", "-O0", "half.cl"]] {
        let output = clc(&folder.0, options);
        assert_eq!(output.status.code(), Some(1), "{options:?}");
        assert_eq!(stdout(&output), "checked 2\n2\n", "{options:?}");
        assert!(stderr(&output).contains("half: :requires (even? n) does not hold (n = 3)"), "{options:?}");
    }
}

#[test]
fn without_them_nothing_of_them_is_in_the_program() {
    let folder = Folder::new();
    folder.file("half.cl", PROGRAM);
    let output = clc(&folder.0, ["run", "--contracts", "off", "half.cl"]);
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "2\n1\n"));
    assert!(clc(&folder.0, ["build", "--contracts=off", "half.cl", "-o", "half"]).status.success());
    let output = Command::new(folder.0.join("half")).output().expect("the program runs");
    assert_eq!((output.status.code(), stdout(&output).as_str()), (Some(0), "2\n1\n"));
    // exactly the code of a program that has no contract
    let core = |name: &str, options: &[&str]| {
        let all = ["build", name, "--emit", "core"].iter().chain(options).copied().collect::<Vec<_>>();
        stdout(&clc(&folder.0, all))
    };
    let (before, after) = PROGRAM.split_once("(spec").expect("the program has a contract");
    let (_, after) = after.split_once("])\n").expect("the contract ends");
    folder.file("bare.cl", format!("{before}{after}"));
    assert_eq!(core("half.cl", &["--contracts", "off"]), core("bare.cl", &[]));
    assert_ne!(core("half.cl", &[]), core("bare.cl", &[]));
}

#[test]
fn a_wrong_contract_is_reported_in_either_case() {
    let folder = Folder::new();
    folder.file(
        "wrong.cl",
        "(define (half n) (quot n 2))\n(spec:contract half :requires [(evne? n)])\n(print (half 2))\n",
    );
    for switch in ["on", "off"] {
        let output = clc(&folder.0, ["check", "--contracts", switch, "wrong.cl"]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains("E0101"));
    }
}
