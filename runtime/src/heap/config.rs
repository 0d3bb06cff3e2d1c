//! What the environment says about memory: `CL_GC`, `CL_HEAP_MAX`, `CL_STACK_MAX`, and how much memory there is.

use std::ffi::CStr;

/// How the collector runs, from `CL_GC`: words separated by commas.
#[derive(Clone, Copy, Default, Debug, PartialEq)]
pub struct Mode {
    /// `stress`: collect at every safepoint and every allocation of compiled code, and poison what was vacated.
    pub stress: bool,
    /// `verify`: after each collection follow every reference and check what it hits.
    pub verify: bool,
}

impl Mode {
    pub fn from_env() -> Mode {
        variable(c"CL_GC").map(Mode::parse).unwrap_or_default()
    }

    /// Unknown words are ignored: the variable only serves tests.
    fn parse(text: &[u8]) -> Mode {
        let mut mode = Mode::default();
        for word in text.split(|&b| b == b',') {
            match word {
                b"stress" => mode.stress = true,
                b"verify" => mode.verify = true,
                _ => (),
            }
        }
        mode
    }
}

/// The bound of the heap in bytes: `CL_HEAP_MAX`, else half of the memory that this process may use. The rest is for the
/// stack, tables, what a single primitive may allocate past the bound, and other programs: where the kernel's killer ends
/// the program first, its output is lost and nothing says why.
pub fn heap_max() -> usize {
    size_variable(c"CL_HEAP_MAX").unwrap_or_else(|| memory() / 2)
}

/// Bytes of stack where nothing else is said: 4 GiB. Ten million frames need about 1 GiB.
pub const STACK_DEFAULT: usize = 4 << 30;

/// The bound of the stack in bytes, if `CL_STACK_MAX` sets one.
pub fn stack_wanted() -> Option<usize> {
    size_variable(c"CL_STACK_MAX")
}

/// The bound of the stack in bytes where nothing is said: at most a quarter of the memory that this process may use. A
/// runaway recursion must end in `stack-overflow`, not in the kernel's killer.
pub fn stack_default() -> usize {
    (memory() / 4).min(STACK_DEFAULT)
}

/// A variable of the environment. It is read once, at the start, before anything could change it.
pub fn variable(name: &CStr) -> Option<&'static [u8]> {
    // SAFETY: `getenv` gives null or a text that lives as long as nobody changes the environment; we do not.
    unsafe {
        let text = libc::getenv(name.as_ptr());
        (!text.is_null()).then(|| CStr::from_ptr(text).to_bytes())
    }
}

/// A size from the environment. What is no size is ignored, with a warning.
fn size_variable(name: &CStr) -> Option<usize> {
    let text = variable(name).filter(|t| !t.is_empty())?;
    let size = parse_size(text);
    if size.is_none() {
        let name = name.to_str().unwrap_or("");
        let text = String::from_utf8_lossy(text);
        crate::control::report::warn(&format!(
            "{name}={text} is ignored: expected a number of bytes, or one with K, M, G or T"
        ));
    }
    size
}

/// `1048576`, `512M`, `2G`: a number of bytes, with an optional binary unit.
pub fn parse_size(text: &[u8]) -> Option<usize> {
    let (digits, shift) = match text.split_last()? {
        (b'k' | b'K', rest) => (rest, 10),
        (b'm' | b'M', rest) => (rest, 20),
        (b'g' | b'G', rest) => (rest, 30),
        (b't' | b'T', rest) => (rest, 40),
        _ => (text, 0),
    };
    let number: usize = std::str::from_utf8(digits).ok()?.parse().ok()?;
    number.checked_mul(1 << shift)
}

/// Bytes of memory that this process may use: the machine's, or less if a control group says so.
pub fn memory() -> usize {
    const GROUP_FILES: [&str; 2] = ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"];
    let machine = physical_memory();
    let group = GROUP_FILES.iter().find_map(|file| std::fs::read(file).ok());
    match group.and_then(|text| parse_size(text.trim_ascii())) {
        Some(limit) => limit.min(machine),
        None => machine,
    }
}

fn physical_memory() -> usize {
    // SAFETY: `sysconf` only reads its argument.
    let (pages, page) = unsafe { (libc::sysconf(libc::_SC_PHYS_PAGES), libc::sysconf(libc::_SC_PAGESIZE)) };
    // A kernel that does not say gets the benefit of the doubt.
    if pages <= 0 || page <= 0 { 4 << 30 } else { pages as usize * page as usize }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_binary_units() {
        assert_eq!(parse_size(b"4096"), Some(4096));
        assert_eq!(parse_size(b"512M"), Some(512 << 20));
        assert_eq!(parse_size(b"2g"), Some(2 << 30));
        assert_eq!(parse_size(b""), None);
        assert_eq!(parse_size(b"max"), None);
        assert_eq!(parse_size(b"-1"), None);
        assert_eq!(parse_size(b"99999999999999999T"), None);
    }

    #[test]
    fn modes_combine() {
        assert_eq!(Mode::parse(b"stress,verify"), Mode { stress: true, verify: true });
        assert_eq!(Mode::parse(b"verify"), Mode { stress: false, verify: true });
        assert_eq!(Mode::parse(b""), Mode::default());
    }
}
