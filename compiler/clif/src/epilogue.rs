//! A shorter way out of functions on x86-64.
//!
//! Cranelift ends a function with `add rsp, N; mov rsp, rbp; pop rbp; ret`. The `mov` changes nothing: after the `add`,
//! `rsp` is `rbp`. But it makes the next return's address wait for the load of `rbp`, and that one for the next, all the
//! way up the stack (measured: fib and ack, which do little else than return, 1.4 times as slow). It becomes a no-op here.

/// `mov rsp, rbp; pop rbp`
const RESTORE: [u8; 4] = [0x48, 0x89, 0xec, 0x5d];
/// A no-op of three bytes, in the place of the `mov`.
const NOP: [u8; 3] = [0x0f, 0x1f, 0x00];

/// Takes the `mov` out of all epilogues of a function's code. The whole pattern, from `add rsp, N` to the `ret` or the
/// jump of a tail call, is at least nine bytes: longer than any constant in an instruction, so it is never found inside
/// of one. `code` must hold no jump tables.
pub fn shorten(code: &mut [u8]) {
    let restores: Vec<usize> = code
        .windows(RESTORE.len() + 1)
        .enumerate()
        .filter(|(_, w)| w[..4] == RESTORE && matches!(w[4], 0xc3 | 0xe9 | 0xff))
        .map(|(at, _)| at)
        .filter(|at| follows_add(code, *at))
        .collect();
    for at in restores {
        code[at..at + NOP.len()].copy_from_slice(&NOP);
    }
}

/// Whether `add rsp, imm8` or `add rsp, imm32` ends at this position.
fn follows_add(code: &[u8], at: usize) -> bool {
    let before = |len: usize| at.checked_sub(len).map(|start| &code[start..start + 3]);
    before(4) == Some(&[0x48, 0x83, 0xc4]) || before(7) == Some(&[0x48, 0x81, 0xc4])
}

/// Whether an address of the stack is put into a register: `lea` from `rsp`. (A constant that looks like it is found, too:
/// this serves checks.)
pub fn has_stack_address(code: &[u8]) -> bool {
    code.windows(4).any(|w| matches!(w[0], 0x48 | 0x4c) && w[1] == 0x8d && w[2] & 7 == 4 && w[2] < 0xc0 && w[3] == 0x24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_epilogues_change() {
        let epilogue = [0x48, 0x83, 0xc4, 0x10, 0x48, 0x89, 0xec, 0x5d, 0xc3];
        let mut code = epilogue;
        shorten(&mut code);
        assert_eq!(code, [0x48, 0x83, 0xc4, 0x10, 0x0f, 0x1f, 0x00, 0x5d, 0xc3]);

        // movabs rax, …: a constant that looks like the middle of one
        let mut constant = [0x48, 0xb8, 0x83, 0xc4, 0x10, 0x48, 0x89, 0xec, 0x5d, 0xc3];
        let before = constant;
        shorten(&mut constant);
        assert_eq!(constant, before);
    }

    #[test]
    fn stack_addresses_in_registers_are_found() {
        assert!(has_stack_address(&[0x90, 0x4c, 0x8d, 0x64, 0x24, 0x08])); // lea r12, [rsp + 8]
        assert!(!has_stack_address(&[0x48, 0x8d, 0x71, 0x01, 0x48, 0x8b, 0x04, 0x24])); // lea rsi, [rcx + 1]; mov rax, [rsp]
    }
}
