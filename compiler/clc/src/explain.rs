//! `clc explain`: the page of a code, or the list of all codes.

use crate::report::{self, Failure};
use cl_text::Level;
use cl_text::codes::{self, Code};

pub fn run(code: Option<&str>) -> Result<(), Failure> {
    match code {
        None => report::print(&list()),
        Some(id) => report::print(&page(id)?),
    }
}

fn page(id: &str) -> Result<String, Failure> {
    let id = id.trim_start_matches('[').trim_end_matches(']');
    let Some(code) = codes::find(id).or_else(|| codes::named(id)) else {
        let upper = id.to_uppercase();
        let near = cl_text::near(&upper, codes::ALL.iter().map(|c| c.id));
        let hint = match near.first() {
            Some(near) => format!("did you mean {near}? `clc explain` lists all codes"),
            None => "`clc explain` lists all codes".to_owned(),
        };
        return Err(Failure::outside(format!("there is no code `{id}`"), hint));
    };
    Ok(format!("{}: {}\n\n{}{}", code.id, code.title, code.page, silencing(code)))
}

/// How a warning is silenced, for the end of its page.
fn silencing(code: &Code) -> String {
    let name = codes::name(code.id);
    match code.level {
        Level::Error => String::new(),
        Level::Warning => format!(
            "\nTo silence it, write `; allow: {name}` on its line or on a comment line directly above, or `; allow-file: {name}`\n\
             in a comment at the start of the file.\n"
        ),
    }
}

fn list() -> String {
    codes::ALL.iter().map(|code| format!("{}  {}\n", code.id, code.title)).collect()
}
