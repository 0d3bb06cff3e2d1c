//! Names of machines: which one this compiler runs on, and which ones it can make code for.

use cranelift_codegen::isa;
use std::str::FromStr;

/// The machine that programs are linked for, as a triple such as `x86_64-unknown-linux-gnu`.
pub fn host() -> String {
    cranelift_native::builder().map_or_else(|_| std::env::consts::ARCH.to_owned(), |b| b.triple().to_string())
}

/// Whether `triple` names this machine.
pub fn is_host(triple: &str) -> bool {
    cranelift_native::builder().is_ok_and(|b| parse_like(triple, b.triple()).is_some_and(|t| t == *b.triple()))
}

/// Whether code can be made for `triple`; otherwise why not.
pub fn check_target(triple: &str) -> Result<(), String> {
    let parsed = triple.parse().map_err(|_| "it is no target triple".to_owned())?;
    isa::lookup(parsed).map(drop).map_err(|e| e.to_string())
}

/// Parses as the type of `_like` (Cranelift's triple, a type of a crate that is not named here).
fn parse_like<T: FromStr>(text: &str, _like: &T) -> Option<T> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_is_itself_and_others_are_not() {
        assert!(is_host(&host()));
        assert!(!is_host("riscv64gc-unknown-linux-gnu") && !is_host("nonsense"));
        assert!(check_target(&host()).is_ok() && check_target("nonsense").is_err());
    }
}
