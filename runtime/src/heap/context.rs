//! The context: what compiled code reaches through its register, and primitives through argument 0.

use super::config::Mode;
use super::nursery::Limit;
use super::roots::Registered;
use super::shared::Shared;
use super::{LARGE, REMEMBERED_MAX, Wanted};
use crate::Value;
use crate::control::fiber::{Fiber, Fibers};
use crate::control::sched::Concurrency;
use cl_abi::layout::*;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// A worker of a running program: the thread that uses it is the only one that does, but while it is stopped. The first fields are read and written by compiled code: `cl_abi::context` has their offsets.
#[repr(C)]
pub struct Context {
    pub alloc_ptr: u64,
    pub alloc_limit: u64,
    pub stack_limit: u64,
    pub pending: Value,
    pub handlers: Value,
    pub nursery_base: u64,
    pub nursery_size: u64,
    pub exit_fp: u64,
    pub exit_pc: u64,
    pub result: u64,
    pub arguments_of_cold: [u64; 3],
    /// The fiber that runs.
    pub(crate) current: *mut Fiber,
    // what follows is the runtime's own; its assembly uses some of it
    /// Where runtime code is to run while the running fiber's stack is too small for it; else 0.
    pub(crate) system_sp: u64,
    /// The system stack of this worker: that of the thread, below who called `arch::enter`.
    pub(crate) worker_sp: u64,
    /// Frame pointer of the running cold stub. Who moves the stack updates it.
    pub(crate) cold_fp: u64,
    /// The value that the fiber which goes on after a switch by the runtime gets.
    pub(crate) switch_value: Value,
    /// Set by a safepoint at whose end others are to run.
    pub(crate) preempted: bool,
    /// The fibers that ran since the last minor collection, as a list.
    pub(crate) ran: *mut Fiber,
    /// Stack pointer of who called `arch::enter`.
    pub(crate) host_sp: usize,
    /// End of the part of the nursery that this worker fills from `alloc_ptr` on.
    pub(super) buffer_end: usize,
    /// Slots of old objects that refer to the nursery.
    pub(super) remembered: Vec<*mut u64>,
    pub(crate) registered: Registered,
    pub(crate) fibers: Fibers,
    /// The goroutine that runs: the first fiber of the chain that `current` is the last of.
    pub(crate) goroutine: *mut Fiber,
    /// Switches since the clock was looked at.
    pub(crate) switches: u32,
    /// The running goroutine has run long enough. The ticker sets it.
    pub(crate) tick: AtomicBool,
    /// What belongs to goroutines; none before the program makes the first one.
    pub(crate) concurrency: Option<&'static Concurrency>,
    /// Whether this is the first worker: the thread that started the program, and waits for its end.
    pub(crate) is_first: bool,
    /// Indices of names that were looked up here: of these the shared table need not be asked.
    pub(crate) known_names: BTreeMap<&'static str, u32>,
    pub(crate) shared: Arc<Shared>,
    /// Whether this is the program's only worker. Changes only while this one is stopped.
    pub(crate) is_alone: bool,
}

impl Context {
    /// The first worker of a program, which is loaded later. Boxed, since compiled code and the collector hold its address.
    #[allow(clippy::new_ret_no_self, reason = "its address must not change")]
    pub fn new() -> Box<Context> {
        Context::with_mode(Mode::from_env())
    }

    pub(crate) fn with_mode(mode: Mode) -> Box<Context> {
        let mut ctx = Context::with_shared(Shared::new(mode), Fibers::default());
        ctx.is_first = true;
        let main = ctx.shared.scheduler.while_stopped().main();
        (ctx.current, ctx.goroutine, ctx.ran) = (main, main, main);
        ctx.set_limits();
        let world = &ctx.shared.clone().world;
        world.add(&raw mut *ctx);
        world.enter();
        ctx
    }

    /// Another worker of the same program, stopped: a thread that calls `World::enter` may use it. It lives as long as this
    /// context, which must be the first one's.
    pub fn add_worker(&mut self) -> *mut Context {
        let mut worker = Context::with_shared(self.shared.clone(), Fibers::of_same_stock(&self.fibers));
        worker.is_alone = false;
        worker.concurrency = self.concurrency;
        self.is_alone = false;
        let worker = Box::into_raw(worker);
        self.shared.heap().nursery.add_worker();
        self.shared.world.add(worker);
        worker
    }

    fn with_shared(shared: Arc<Shared>, fibers: Fibers) -> Box<Context> {
        let idle = fibers.idle();
        let (nursery_base, nursery_size, start) = shared.heap().nursery_addresses();
        let mut ctx = Box::new(Context {
            alloc_ptr: start as u64,
            alloc_limit: 0,
            stack_limit: 0,
            pending: Value::NIL,
            handlers: Value::NIL,
            nursery_base: nursery_base as u64,
            nursery_size: nursery_size as u64,
            exit_fp: 0,
            exit_pc: 0,
            result: 0,
            arguments_of_cold: [0; 3],
            system_sp: 0,
            worker_sp: 0,
            cold_fp: 0,
            switch_value: Value::NIL,
            preempted: false,
            current: idle,
            ran: idle,
            host_sp: 0,
            buffer_end: start,
            remembered: vec![],
            registered: Registered::default(),
            fibers,
            goroutine: idle,
            switches: 0,
            tick: AtomicBool::new(false),
            concurrency: None,
            is_first: false,
            known_names: BTreeMap::new(),
            shared,
            is_alone: true,
        });
        ctx.set_limits();
        ctx
    }

    /// A new object: its header is written, its payload is not. Every payload word must be set (`Value::init`) before
    /// the primitive returns. Never collects; ends the program with `out-of-memory` when the heap's bound is reached.
    #[inline]
    pub fn alloc(&mut self, kind: Kind, aux: u32, size: usize) -> Value {
        let at = self.alloc_ptr;
        let end = at.saturating_add(8 * size as u64 + 8);
        let object = if end <= self.alloc_limit && size <= LARGE / 8 {
            self.alloc_ptr = end;
            at as *mut u64
        } else {
            self.alloc_beyond(size)
        };
        // SAFETY: this is unused memory of at least `size + 1` words.
        unsafe { *object = header(kind, aux, size) };
        Value::object(object)
    }

    /// Memory for an object that is large, or that does not fit what the nursery holds between collections.
    #[cold]
    fn alloc_beyond(&mut self, size: usize) -> *mut u64 {
        let bytes = size.saturating_mul(8).saturating_add(8);
        if bytes > LARGE {
            return self.alloc_large(bytes);
        }
        self.bump(bytes) as *mut u64
    }

    /// Takes bytes of the nursery, past its soft limit if need be.
    pub(super) fn bump(&mut self, bytes: usize) -> usize {
        if !self.make_buffer(bytes, Limit::Soft) {
            self.want(Wanted::Minor);
            let used = self.shared.heap().nursery.used();
            self.check_bound(used + bytes);
            if !self.make_buffer(bytes, Limit::End) {
                self.out_of_memory();
            }
        }
        let at = self.alloc_ptr as usize;
        self.alloc_ptr = (at + bytes) as u64;
        at
    }

    /// Whether so many bytes of the nursery fit this worker's buffer, which is made larger, or replaced by another one, if
    /// the limit allows.
    pub(super) fn make_buffer(&mut self, bytes: usize, limit: Limit) -> bool {
        let at = self.alloc_ptr as usize;
        if at + bytes <= self.buffer_end {
            return true;
        }
        let Some((at, end)) = self.shared.heap().nursery.take(bytes, (at, self.buffer_end), limit) else {
            return false;
        };
        (self.alloc_ptr, self.buffer_end) = (at as u64, end);
        self.set_limits();
        true
    }

    fn alloc_large(&mut self, bytes: usize) -> *mut u64 {
        if bytes.div_ceil(8) - 1 > u32::MAX as usize {
            self.out_of_memory();
        }
        self.check_bound(bytes);
        let (object, is_due) = self.shared.heap().alloc_large(bytes);
        if is_due {
            self.want(Wanted::Major);
        }
        object.unwrap_or_else(|| super::out_of_addresses())
    }

    /// Ends the program if the heap would hold more than its bound and a quarter with `bytes` more. The quarter is for
    /// garbage: whether it is any shows at the next safepoint only, where the bound itself is checked.
    fn check_bound(&mut self, bytes: usize) {
        let (max, total) = {
            let mut heap = self.shared.heap();
            (heap.max(), heap.old_bytes().saturating_add(bytes))
        };
        if total > max / 2 {
            self.want(Wanted::Major);
        }
        if total > max.saturating_add(max / 4) {
            self.out_of_memory();
        }
    }

    #[cold]
    pub(super) fn out_of_memory(&mut self) -> ! {
        let megabytes = self.shared.heap().max() >> 20;
        let message = format!("the heap's bound of {megabytes} MB is reached (CL_HEAP_MAX sets it)");
        crate::control::report::fatal("out-of-memory", &message)
    }

    /// Asks for a collection at the next safepoint.
    #[cold]
    pub(super) fn want(&mut self, wanted: Wanted) {
        self.shared.want(wanted);
        self.set_limits();
    }

    /// Sets the limits that compiled code compares with.
    pub(crate) fn set_limits(&mut self) {
        if self.shared.collection_is_wanted() {
            self.alloc_limit = 0;
            self.stack_limit = u64::MAX;
        } else {
            self.alloc_limit = self.buffer_end as u64;
            self.stack_limit = self.running().limit as u64;
        }
        if self.scheduler_wants_safepoint() {
            self.stack_limit = u64::MAX;
        }
    }

    /// Stores a value into an object that may be older than the running primitive (the write barrier). Other workers see
    /// the value's object complete.
    #[inline]
    pub fn store(&mut self, object: Value, i: usize, value: Value) {
        let slot = object.atomic(i);
        // A slot of an old object that refers to the nursery already has been remembered already, or will be before who
        // stored that reaches a safepoint.
        let before = Value(slot.load(Ordering::Relaxed));
        if self.in_nursery(value) && !self.in_nursery(object) && !self.in_nursery(before) {
            self.remember(slot.as_ptr());
        }
        slot.store(value.0, Ordering::Release);
    }

    /// As `store`, but only if the object still holds `before` there; false if another worker has replaced it.
    pub fn replace(&mut self, object: Value, i: usize, before: Value, value: Value) -> bool {
        let slot = object.atomic(i);
        let replaced = slot.compare_exchange(before.0, value.0, Ordering::AcqRel, Ordering::Relaxed).is_ok();
        if replaced && self.in_nursery(value) && !self.in_nursery(object) && !self.in_nursery(before) {
            self.remember(slot.as_ptr());
        }
        replaced
    }

    /// Notes a slot of an old object that refers to the nursery.
    fn remember(&mut self, slot: *mut u64) {
        self.remembered.push(slot);
        if self.remembered.len() > REMEMBERED_MAX {
            self.want(Wanted::Minor);
        }
    }

    #[inline]
    fn in_nursery(&self, value: Value) -> bool {
        value.is_pointer() && value.0.wrapping_sub(self.nursery_base) < self.nursery_size
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        if std::ptr::eq(self.shared.world.first(), self) {
            for worker in self.shared.world.take_others() {
                // SAFETY: `add_worker` made it; its thread is done with it, as with everything of this program.
                drop(unsafe { Box::from_raw(worker) });
            }
        }
    }
}

/// The write barrier for compiled code: `value` was stored, or is about to be, at `slot`, an address inside of `object`. It
/// may be called for any store; only one of a nursery object into an older one needs it.
#[unsafe(no_mangle)]
pub extern "C" fn cl_barrier(ctx: &mut Context, object: Value, slot: *mut u64, value: Value) {
    if ctx.in_nursery(value) && !ctx.in_nursery(object) {
        ctx.remember(slot);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cl_abi::context as offsets;
    use std::mem::offset_of;

    #[test]
    fn compiled_code_finds_the_first_fields() {
        let pairs = [
            (offset_of!(Context, alloc_ptr), offsets::ALLOC_PTR),
            (offset_of!(Context, alloc_limit), offsets::ALLOC_LIMIT),
            (offset_of!(Context, stack_limit), offsets::STACK_LIMIT),
            (offset_of!(Context, pending), offsets::PENDING),
            (offset_of!(Context, handlers), offsets::HANDLERS),
            (offset_of!(Context, nursery_base), offsets::NURSERY_BASE),
            (offset_of!(Context, nursery_size), offsets::NURSERY_SIZE),
            (offset_of!(Context, exit_fp), offsets::EXIT_FP),
            (offset_of!(Context, exit_pc), offsets::EXIT_PC),
            (offset_of!(Context, current), offsets::CURRENT),
        ];
        for (ours, theirs) in pairs {
            assert_eq!(ours as i32, theirs);
        }
    }
}
