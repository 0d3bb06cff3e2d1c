//! Reserved address space: one mapping that the heap (and one that the stack) lives in. Pages cost nothing before they
//! are touched and can be given back.

use std::ptr;

/// Bytes of a page. All addresses that are given to the kernel are multiples of it; a kernel with larger pages rounds
/// our requests itself, since the spaces above are aligned to 64 KiB or more.
pub const PAGE: usize = 4096;

/// A private mapping, readable and writable, without backing store until it is touched.
pub struct Reservation {
    base: usize,
    size: usize,
}

impl Reservation {
    /// Reserves `size` bytes, a multiple of [`PAGE`]. `None` when the kernel refuses (a limit on address space, or strict
    /// accounting of memory).
    pub fn new(size: usize) -> Option<Reservation> {
        let flags = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_NORESERVE;
        // SAFETY: an anonymous mapping at an address that the kernel chooses touches no memory of ours.
        let at = unsafe { libc::mmap(ptr::null_mut(), size, libc::PROT_READ | libc::PROT_WRITE, flags, -1, 0) };
        (at != libc::MAP_FAILED).then_some(Reservation { base: at as usize, size })
    }

    /// Reserves `largest` bytes or, where the kernel refuses, the largest of its halves, quarters … down to `smallest`.
    pub fn up_to(largest: usize, smallest: usize) -> Option<Reservation> {
        let mut size = largest;
        loop {
            match Reservation::new(size) {
                Some(r) => return Some(r),
                None if size / 2 < smallest => return None,
                None => size /= 2,
            }
        }
    }

    /// Makes the first `bytes` bytes fault when they are touched.
    pub fn protect(&self, bytes: usize) {
        // SAFETY: these pages belong to this mapping, and nothing is in them.
        unsafe { libc::mprotect(self.base as *mut _, bytes, libc::PROT_NONE) };
    }

    pub fn base(&self) -> usize {
        self.base
    }
    pub fn size(&self) -> usize {
        self.size
    }
    pub fn end(&self) -> usize {
        self.base + self.size
    }
}

impl Drop for Reservation {
    fn drop(&mut self) {
        // SAFETY: this is the mapping that `new` made; its owner goes away with it.
        unsafe { libc::munmap(self.base as *mut _, self.size) };
    }
}

/// Asks for the pages of `start..end` at once, where the system can do that; else they come at the first touch.
pub fn touch(start: usize, end: usize) {
    // SAFETY: advice about addresses that the caller has reserved; nothing depends on it.
    unsafe { libc::madvise(start as *mut _, end - start, libc::MADV_POPULATE_WRITE) };
}

/// Gives the pages within `start..end` back to the kernel; they read as zero afterwards. The addresses stay reserved.
pub fn give_back(start: usize, end: usize) {
    let start = start.next_multiple_of(PAGE);
    let end = end / PAGE * PAGE;
    if start < end {
        // SAFETY: the caller owns these pages and needs nothing of what they hold.
        unsafe { libc::madvise(start as *mut _, end - start, libc::MADV_DONTNEED) };
    }
}
