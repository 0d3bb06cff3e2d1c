//! The main program's stack, the walk over the frames of any stack, and the stack markers.
//!
//! Frames are found by the chain of frame pointers, what is in them by the site table of the return address:
//!
//! ```text
//! higher addresses
//!   frame pointer + 8   return address into the caller: its site, for the next step
//!   frame pointer       the caller's frame pointer
//!   …                   slots: roots are at stack pointer + offset
//!   stack pointer       = frame pointer - site.frame_size
//! ```
//!
//! **Stack markers** (Cheng, Harper, Lee, "Generational stack collection and profile-driven pretenuring", 1998): a walk
//! for a minor collection replaces the return address of every so many frames by the address of a stub and keeps the
//! original on a side stack. When such a frame returns, the stub takes the original from there. As long as a marker is
//! there, no frame older than it has run since that walk, so none refers to the nursery and the next walk stops there.
//! A tail call may move a return address within its frame's arguments, so markers are told apart by their order alone.

use super::sites::Sites;
use super::{arch, fiber, report};
use crate::heap::config;
use crate::heap::space::{PAGE, Reservation, give_back};
use crate::{Context, Value};
use cl_abi::tables::Site;

/// Frames between markers: a walk scans this many needlessly at most, a return through a marker costs about as much as
/// scanning ten.
const MARKER_EVERY: usize = 256;

/// A place to begin a walk: a frame's frame pointer, and where it is in its code. All zero: no frame.
#[derive(Clone, Copy, Default)]
pub(crate) struct Anchor {
    pub fp: usize,
    pub pc: usize,
}

/// A compiled function's activation.
pub(crate) struct Frame {
    pub fp: usize,
    /// Where it continues: the return address of its running call.
    pub pc: usize,
    /// Address of the word that holds the frame's own return address.
    pub return_slot: *mut usize,
    /// What is known of that place; none for calls with nothing live and no handler.
    pub site: Option<&'static Site>,
    /// Whether its own return goes through a marker.
    pub marked: bool,
}

#[derive(Default)]
pub(crate) struct Stack {
    memory: Option<Reservation>,
    /// The lowest stack pointer that a function may have; 0: nothing is checked.
    limit: usize,
    /// Whether `limit` is the real one, not the first stage.
    limit_is_final: bool,
    /// The size in bytes that was asked for, later the bound that was computed.
    wanted: Option<usize>,
}

/// Calls `visit` with each root of the frames that may have changed since the last minor collection, and leaves
/// markers behind. Gives the number of frames visited.
pub(crate) fn visit_young(
    newest: Anchor,
    sites: &Sites,
    markers: &mut Vec<usize>,
    visit: &mut impl FnMut(*mut u64),
) -> u64 {
    let mut walk = Walk::new(newest);
    let mut fresh = vec![];
    let mut count = 0;
    while let Some(frame) = walk.next(sites, markers) {
        visit_frame(&frame, sites, visit);
        count += 1;
        if frame.marked {
            break;
        }
        if count % MARKER_EVERY == 0 && !walk.at_end() {
            // SAFETY: the frame's return address; its caller is a frame of compiled code.
            unsafe {
                fresh.push(*frame.return_slot);
                *frame.return_slot = arch::marker_stub();
            }
        }
    }
    markers.extend(fresh.into_iter().rev());
    count as u64
}

/// Calls `visit` with each root of all frames.
pub(crate) fn visit_all(newest: Anchor, sites: &Sites, markers: &[usize], visit: &mut impl FnMut(*mut u64)) {
    let mut walk = Walk::new(newest);
    while let Some(frame) = walk.next(sites, markers) {
        visit_frame(&frame, sites, visit);
    }
}

#[inline]
fn visit_frame(frame: &Frame, sites: &Sites, visit: &mut impl FnMut(*mut u64)) {
    if let Some(site) = frame.site {
        let sp = frame.fp - site.frame_size as usize;
        for &offset in sites.roots(site) {
            visit((sp + offset as usize) as *mut u64);
        }
    }
}

/// Bytes below the limit that are kept for runtime code, which does not look at the limit.
const RUNTIME_RESERVE: usize = 256 << 10;

/// A walk over the frames, from the newest to the oldest.
pub(crate) struct Walk {
    next: Anchor,
    /// Markers that were passed: counted from the newest.
    pub markers_passed: usize,
    /// The last site that was looked up: recursion asks for the same again and again.
    last: (usize, Option<&'static Site>),
}

impl Walk {
    pub fn new(newest: Anchor) -> Walk {
        Walk { next: newest, markers_passed: 0, last: (0, None) }
    }

    /// Whether no frame is left.
    pub fn at_end(&self) -> bool {
        self.next.fp == 0
    }

    #[inline]
    pub fn next(&mut self, sites: &Sites, markers: &[usize]) -> Option<Frame> {
        let Anchor { fp, pc } = self.next;
        if fp == 0 {
            return None;
        }
        if self.last.0 != pc {
            self.last = (pc, sites.site(pc));
        }
        let return_slot = (fp + 8) as *mut usize;
        // SAFETY: compiled code keeps the chain of frame pointers; the entry stub ends it with 0.
        let (caller, mut return_address) = unsafe { (*(fp as *const usize), *return_slot) };
        let marked = return_address == arch::marker_stub();
        if marked {
            self.markers_passed += 1;
            return_address = markers[markers.len() - self.markers_passed];
        }
        self.next = Anchor { fp: caller, pc: return_address };
        Some(Frame { fp, pc, return_slot, site: self.last.1, marked })
    }
}

/// Depth of the first stage of the stack: 64 MiB. Going beyond it asks how much memory there is, which takes the
/// kernel some file reads that no short program should pay for.
const FIRST_STAGE: usize = 64 << 20;
/// Bytes at the end of the stack that cannot be touched: if runtime code needs more than its reserve, better a fault than
/// somebody else's memory overwritten.
const GUARD: usize = 64 << 10;

impl Stack {
    /// Reserves the stack, of so many bytes or as many as is usual; gives its upper end.
    pub fn prepare(&mut self, wanted: Option<usize>) -> usize {
        self.wanted = wanted;
        let size = wanted.unwrap_or(config::STACK_DEFAULT).next_multiple_of(PAGE) + RUNTIME_RESERVE + GUARD;
        let Some(memory) = Reservation::up_to(size, 1 << 20) else {
            report::fatal("out-of-memory", "no address space is left for the stack")
        };
        memory.protect(GUARD);
        let top = memory.end();
        self.limit = (memory.base() + GUARD + RUNTIME_RESERVE).max(top.saturating_sub(FIRST_STAGE));
        self.memory = Some(memory);
        top
    }

    /// The limit of the main program's stack.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Bytes that a stack may have, of the main program's or a fiber's. Computed at the first use: it takes some file reads.
    pub fn bound(&mut self) -> usize {
        *self.wanted.get_or_insert_with(config::stack_default)
    }

    /// Whether a stack pointer is below the limit; the first time this happens the limit becomes the final one.
    fn overflows(&mut self, sp: usize) -> bool {
        if sp >= self.limit {
            return false;
        }
        if let (Some(memory), false) = (&self.memory, self.limit_is_final) {
            let bound = *self.wanted.get_or_insert_with(config::stack_default);
            self.limit = (memory.base() + GUARD + RUNTIME_RESERVE).max(memory.end().saturating_sub(bound));
            self.limit_is_final = true;
        }
        sp < self.limit
    }

    /// Gives back the pages of the stack that lie well below the newest frame.
    pub fn give_back(&self, newest: Anchor) {
        if let Some(memory) = &self.memory
            && newest.fp != 0
        {
            give_back(memory.base(), newest.fp.saturating_sub(RUNTIME_RESERVE));
        }
    }
}

impl Context {
    /// Whether the running stack has room down to `sp`, or can be given it.
    fn make_room(&mut self, sp: usize) -> bool {
        let fiber = self.running();
        if sp >= fiber.limit {
            return true;
        }
        if fiber.is_main() {
            let mut stack = self.shared.stack();
            let overflows = stack.overflows(sp);
            fiber.limit = stack.limit();
            !overflows
        } else {
            let bound = self.shared.stack().bound();
            self.grow_stack(sp, bound)
        }
    }
}

/// A safepoint: collects if that is wanted. `RAISED` when the stack is too deep, else nil. Compiled code calls it by
/// its cold stub; `sp` is its stack pointer, or all ones from a loop, which does not deepen the stack.
#[unsafe(no_mangle)]
pub extern "C" fn cl_safepoint(ctx: &mut Context, sp: usize) -> Value {
    if ctx.collection_is_due() {
        ctx.collect();
    }
    if ctx.exiting().is_some() {
        // Another worker ends the program: this one leaves it, too.
        return Value::RAISED;
    }
    if ctx.make_room(sp) {
        ctx.set_limits();
        ctx.preempted = ctx.concurrency.is_some_and(|c| (c.should_preempt)(ctx))
            && ctx.make_room((ctx.cold_fp as usize).saturating_sub(fiber::PREEMPT));
        return Value::NIL;
    }
    let megabytes = ctx.shared.stack().bound() >> 20;
    let message = format!("calls are nested too deep: the stack's {megabytes} MB are used (CL_STACK_MAX sets them)");
    ctx.error("stack-overflow", &message, Value::NIL)
}

/// A marked frame returned: takes its marker off and gives the original return address.
pub extern "C" fn pop_marker(ctx: &mut Context) -> usize {
    ctx.running().markers.pop().expect("a marked frame has its marker on the side stack")
}
