//! The reference page of the command line says what `--help` says: each command, and each of its options.

mod common;

use common::{clc, repository, stdout};
use std::collections::BTreeSet;

fn page() -> String {
    std::fs::read_to_string(repository().join("docs/reference/cli.md")).expect("the page is there")
}

/// The commands that `clc --help` lists.
fn commands() -> Vec<String> {
    let help = stdout(&clc(&repository(), ["--help"]));
    let list = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("a list of commands");
    list.lines().filter_map(|line| line.split_whitespace().next().map(str::to_owned)).collect()
}

/// The section of a command, without its heading.
fn section<'p>(page: &'p str, command: &str) -> &'p str {
    let start =
        page.split(&format!("\n## clc {command}\n")).nth(1).unwrap_or_else(|| panic!("no section for {command}"));
    start.split("\n## ").next().unwrap_or(start)
}

/// The long options in a text.
fn options(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
    words.filter(|word| word.starts_with("--") && word.len() > 2).map(str::to_owned).collect()
}

#[test]
fn the_page_has_a_section_for_each_command_and_no_other() {
    let page = page();
    let sections: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("## clc ")).collect();
    let sorted = |mut names: Vec<String>| {
        names.sort();
        names
    };
    assert_eq!(sorted(sections.iter().map(|s| s.to_string()).collect()), sorted(commands()));
}

#[test]
fn each_section_names_the_options_that_its_command_takes_and_shows_an_example() {
    let page = page();
    for command in commands() {
        let section = section(&page, &command);
        let help = stdout(&clc(&repository(), [&command, "--help"]));
        let taken = help.split("Options:").nth(1).and_then(|rest| rest.split("\nExample").next()).unwrap_or("");
        let mut taken: BTreeSet<String> =
            taken.lines().filter(|line| line.trim_start().starts_with('-')).flat_map(options).collect();
        taken.remove("--help");
        for option in &taken {
            assert!(options(section).contains(option), "cli.md, clc {command}: {option} is missing");
        }
        assert!(section.contains(&format!("    clc {command} ")), "cli.md, clc {command}: no example");
        assert!(help.contains("Example"), "clc {command} --help shows no example");
    }
}

#[test]
fn each_option_on_the_page_exists() {
    let page = page();
    for command in commands() {
        let help = stdout(&clc(&repository(), [&command, "--help"]));
        // An example may pass options to the program.
        for option in options(section(&page, &command)).iter().filter(|option| *option != "--limit") {
            assert!(help.contains(option), "cli.md, clc {command}: there is no {option}");
        }
    }
}
