//! What can go wrong with linking, told so that the user can mend it.

use crate::output;
use crate::report::Failure;
use cl_native::LinkError;
use std::path::Path;

/// How much of the linker's own message is shown, in bytes.
const MOST_SHOWN: usize = 2000;

/// Whether there is a code generator for the target.
pub fn can_compile(target: Option<&str>) -> Result<(), Failure> {
    target.map_or(Ok(()), cl_native::check_target).map_err(|reason| {
        let triple = target.unwrap_or_default();
        let help = format!("this version makes code for the kind of machine that it runs on: {}", cl_native::host());
        Failure::outside(format!("cannot make code for {triple}: {reason}"), help)
    })
}

/// Executables are linked with the runtime inside `clc`, which is for the machine that `clc` runs on.
pub fn can_link(target: Option<&str>) -> Result<(), Failure> {
    match target {
        Some(triple) if !cl_native::is_host(triple) => Err(Failure::outside(
            format!("cannot link for {triple}: this clc holds the runtime of {}", cl_native::host()),
            "write an object file with --emit obj, and link it on that machine",
        )),
        Some(_) | None => Ok(()),
    }
}

pub fn failure(error: LinkError, out: &Path) -> Failure {
    match error {
        LinkError::NoLinker(name) => Failure::outside(
            format!("cannot link: there is no C compiler `{name}` here, and clc links with one"),
            "install one (Debian, Ubuntu: apt install gcc libc6-dev; Fedora: dnf install gcc glibc-devel; Alpine: apk add \
             gcc musl-dev), or name yours: CC=clang clc build …; `clc run` needs none",
        ),
        LinkError::Io(path, error) => output::cannot_write(&path, &error),
        LinkError::Failed(message) => Failure::outside(
            format!("cannot link {}: {}", out.display(), shown(&message)),
            "is the C library's static version installed (Debian, Ubuntu: libc6-dev; Fedora: glibc-devel)? -v shows the \
             linker's command",
        ),
    }
}

fn shown(message: &str) -> &str {
    let message = message.trim();
    let mut end = message.len().min(MOST_SHOWN);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    &message[..end]
}
