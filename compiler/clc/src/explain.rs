//! `clc explain`: the page of a code, or the list of all codes.

use crate::report::{self, Failure};
use cl_text::codes;

pub fn run(code: Option<&str>) -> Result<(), Failure> {
    match code {
        None => report::print(&list()),
        Some(id) => report::print(&page(id)?),
    }
}

fn page(id: &str) -> Result<String, Failure> {
    let id = id.trim_start_matches('[').trim_end_matches(']');
    let Some(code) = codes::find(id) else {
        let upper = id.to_uppercase();
        let near = cl_text::near(&upper, codes::ALL.iter().map(|c| c.id));
        let hint = match near.first() {
            Some(near) => format!("did you mean {near}? `clc explain` lists all codes"),
            None => "`clc explain` lists all codes".to_owned(),
        };
        return Err(Failure::outside(format!("there is no code `{id}`"), hint));
    };
    Ok(format!("{}: {}\n\n{}", code.id, code.title, code.page))
}

fn list() -> String {
    codes::ALL.iter().map(|code| format!("{}  {}\n", code.id, code.title)).collect()
}
