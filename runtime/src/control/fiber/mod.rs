//! Fibers: computations with a stack of their own, which can be suspended and resumed. `docs/design/fibers.md` has the
//! pictures and the measurements.
//!
//! A fiber is a heap object, which user code holds; a record here, at one address as long as the object lives; and a
//! block of memory for its stack. The block starts at 512 bytes. When a function's check of the stack limit fails, the whole
//! stack moves to a block of twice the size: frames hold no addresses of the stack but the chain of frame pointers.
//!
//! The main program is a fiber too, without an object, on a stack that never moves.

#[cfg_attr(target_arch = "x86_64", path = "x86_64.rs")]
#[cfg_attr(target_arch = "aarch64", path = "aarch64.rs")]
mod arch;
mod blocks;
pub mod pool;
mod prims;
mod search;
#[cfg(test)]
mod tests;

pub(super) use arch::{PREEMPT, preempt, start_worker};
pub(crate) use arch::{block, blocking_stubs};
pub(super) use prims::record_of;

use super::sched::Task;
use super::stack::Anchor;
use crate::{Context, Value};
use blocks::Blocks;
use pool::Block;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bytes below the limit of a fiber's stack, beside the largest frame: that one's return address and frame pointer, and
/// what the stubs use.
const STUBS_RESERVE: usize = 16 + arch::STUBS;

/// Bytes above the limit that a new fiber has, at least: for a few frames.
const ROOM: usize = 256;

/// Bytes of stacks made since the last collection that ask for one: the heap itself may hardly have grown.
const FRESH_MAX: usize = 2 << 20;

/// Records of dead fibers that are kept for new ones, at most: as many as two collections leave.
const SPARE_MAX: usize = 2 * FRESH_MAX / pool::SMALLEST;

/// Of fibers that are worked on one after the other: how many before one's turn its record is fetched into the cache, and then,
/// by what the record says, its stack.
pub const FETCH_RECORD: usize = 8;
pub const FETCH_STACK: usize = 4;

/// Bytes of a line of the processor's cache.
const CACHE_LINE: usize = 64;

/// What a fiber is doing.
#[repr(u32)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    Suspended = 0,
    Running = 1,
    /// It resumed another fiber and waits for that.
    Waiting = 2,
    Ended = 3,
    /// The goroutine that it is part of waits, or is ready: the scheduler goes on with it.
    Parked = 4,
}

/// The record of a fiber. Assembly and, through its object, compiled code know its address.
#[repr(C)]
pub struct Fiber {
    /// Its object, nil for the main program. Updated by the collector, but does not keep the object alive. Compiled code
    /// reads it: the first word.
    object: Value,
    /// Its stack pointer while it does not run: there are its frame pointer and the address where it goes on.
    sp: usize,
    /// The lowest stack pointer that a function may have.
    pub limit: usize,
    /// All ones if the stack is too small for the runtime's code, which then runs on the system stack; else 0.
    on_system: usize,
    /// The fiber that resumed this one and waits for it.
    parent: *mut Fiber,
    /// While it is suspended, or its goroutine parked: the fiber where it goes on. It is this one, or one that this one waits
    /// for, perhaps through others: these are suspended with it. For a goroutine that runs it is this one.
    pub leaf: *mut Fiber,
    /// The next in the list `Context::ran`, whose last has [`END`]; null: not in the list.
    next_ran: *mut Fiber,
    /// The function that it is to call, until it starts.
    entry: Value,
    /// The handlers in force in it, while it does not run. Behind its last entry come those of the fiber that waits for it.
    handlers: Value,
    /// What it was suspended with by `%fiber-yield-to`, until it is resumed: nil, or the only thing that
    /// `%fiber-continue` takes.
    request: Value,
    block: Block,
    status: Status,
    /// The original return addresses of its stack markers, the newest last.
    pub markers: Vec<usize>,
    /// Frames that walks for minor collections have visited.
    pub frames_visited: u64,
    /// The contracts of which a clause is being evaluated here, by number.
    pub open_contracts: Vec<i64>,
    /// For the scheduler.
    pub task: Task,
}

const _: () = assert!(std::mem::offset_of!(Fiber, object) == 0, "compiled code reads it there");

/// Ends the list of fibers that ran: no fiber's address, and not null.
pub const END: *mut Fiber = std::ptr::dangling_mut();

impl Fiber {
    fn new(entry: Value, handlers: Value) -> Box<Fiber> {
        let mut fiber = Box::new(Fiber {
            sp: 0,
            limit: 0,
            on_system: usize::MAX,
            parent: std::ptr::null_mut(),
            leaf: std::ptr::null_mut(),
            next_ran: std::ptr::null_mut(),
            entry,
            handlers,
            request: Value::NIL,
            object: Value::NIL,
            block: Block::default(),
            status: Status::Suspended,
            markers: vec![],
            frames_visited: 0,
            open_contracts: vec![],
            task: Task::default(),
        });
        fiber.leaf = &raw mut *fiber;
        fiber
    }

    /// Makes a suspended fiber one that no other worker can resume; false if it is not suspended.
    fn take_suspended(&mut self) -> bool {
        let (suspended, running) = (Status::Suspended as u32, Status::Running as u32);
        self.shared_status().compare_exchange(suspended, running, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }
    /// Undoes `take_suspended`.
    fn release_suspended(&mut self) {
        self.shared_status().store(Status::Suspended as u32, Ordering::Release);
    }
    fn shared_status(&mut self) -> &AtomicU32 {
        // SAFETY: the status is an aligned u32, and only its values are stored.
        unsafe { AtomicU32::from_ptr((&raw mut self.status).cast()) }
    }

    /// The main program, which runs.
    pub fn main() -> Box<Fiber> {
        let mut main = Fiber::new(Value::NIL, Value::NIL);
        main.on_system = 0;
        main.status = Status::Running;
        main.next_ran = END;
        main.task.number = 1;
        main
    }

    /// Has a record fetched into the cache.
    pub fn fetch(fiber: *mut Fiber) {
        for line in 0..size_of::<Fiber>() / CACHE_LINE {
            arch::fetch(fiber as usize + line * CACHE_LINE);
        }
    }

    /// Has the newest part of the stack fetched into the cache.
    pub fn fetch_stack(&self) {
        for line in 0..6 {
            arch::fetch(self.sp + line * CACHE_LINE);
        }
    }

    /// Of fibers that are visited from the last one on: has those fetched that come soon.
    pub fn fetch_last(fibers: &[*mut Fiber]) {
        if let Some(&later) = fibers.len().checked_sub(FETCH_RECORD).and_then(|i| fibers.get(i)) {
            Fiber::fetch(later);
        }
        if let Some(&soon) = fibers.len().checked_sub(FETCH_STACK).and_then(|i| fibers.get(i)) {
            // SAFETY: the caller is to visit it: it lives.
            unsafe { (*soon).fetch_stack() };
        }
    }

    /// What is on the stack is no longer of use: the program has ended.
    pub fn forget_frames(&mut self) {
        self.sp = 0;
        self.markers = vec![];
    }

    /// Makes a dead fiber's record that of a new one.
    fn renew(&mut self, entry: Value, handlers: Value) {
        self.leaf = self;
        (self.parent, self.next_ran) = (std::ptr::null_mut(), std::ptr::null_mut());
        (self.entry, self.handlers, self.request) = (entry, handlers, Value::NIL);
        self.status = Status::Suspended;
        self.markers.clear();
        self.open_contracts.clear();
        if self.task.number > 0 {
            self.task = Task::default();
        }
    }

    /// Whether this is the main program.
    pub fn is_main(&self) -> bool {
        self.on_system == 0
    }

    /// Where it is suspended.
    pub fn anchor(&self) -> Anchor {
        if self.sp == 0 {
            return Anchor::default();
        }
        // SAFETY: the switch left these words at the stack pointer.
        unsafe { Anchor { fp: *(self.sp as *const usize), pc: *(self.sp as *const usize).add(arch::PC_WORD) } }
    }

    pub fn is_ended(&self) -> bool {
        self.status == Status::Ended
    }
    pub fn set_status(&mut self, status: Status) {
        self.status = status;
    }
    pub fn parent(&self) -> *mut Fiber {
        self.parent
    }
    /// This fiber, the one that waits for it, and so on.
    pub fn chain(&self) -> impl Iterator<Item = &Fiber> {
        // SAFETY: a fiber that waits for another lives at least as long.
        std::iter::successors(Some(self), |fiber| unsafe { fiber.parent.as_ref() })
    }
    pub fn object(&self) -> Value {
        self.object
    }
    pub fn object_slot(&mut self) -> *mut u64 {
        &raw mut self.object.0
    }
    pub fn next_ran(&self) -> *mut Fiber {
        self.next_ran
    }
    pub fn set_next_ran(&mut self, next: *mut Fiber) {
        self.next_ran = next;
    }
    /// Takes the fiber out of the list of those that ran; gives the next.
    pub fn take_next_ran(&mut self) -> *mut Fiber {
        std::mem::replace(&mut self.next_ran, std::ptr::null_mut())
    }

    /// Calls `visit` with the references that are not in frames: the function, the handlers, the request, and the objects
    /// of who waits and of the fibers that are suspended with it (the innermost one names the next, as who waits).
    pub fn visit_slots(&mut self, visit: &mut impl FnMut(*mut u64)) {
        visit(&raw mut self.entry.0);
        visit(&raw mut self.handlers.0);
        visit(&raw mut self.request.0);
        self.task.visit_slots(visit);
        if (self.status == Status::Suspended || self.task.number > 0) && !std::ptr::eq(self.leaf, self) {
            // SAFETY: the fibers that are suspended with this one live as long as it can be resumed.
            visit(unsafe { (*self.leaf).object_slot() });
        }
        if !self.parent.is_null() {
            // SAFETY: a fiber that waits for another lives at least as long.
            visit(unsafe { (*self.parent).object_slot() });
        }
    }

    /// Copies a stack from `sp` up to the upper end of this fiber's block. The word at `sp` is the newest frame pointer.
    /// Gives how far addresses moved.
    fn copy_stack(&self, from: Block, sp: usize) -> usize {
        let to = self.block;
        let distance = to.high().wrapping_sub(from.high());
        let words = (from.high() - sp) / 8;
        let mut link = sp.wrapping_add(distance);
        debug_assert!(link >= to.low);
        // SAFETY: from `sp` up the old block is in use; the new one has as much room; each frame pointer is the address
        // of the next one, in the old block, or 0.
        unsafe {
            std::ptr::copy_nonoverlapping(sp as *const u64, link as *mut u64, words);
            while *(link as *const usize) != 0 {
                let moved = (*(link as *const usize)).wrapping_add(distance);
                *(link as *mut usize) = moved;
                link = moved;
            }
        }
        distance
    }
}

/// The fibers that a worker made, and what it makes them from.
pub(crate) struct Fibers {
    /// Stands for the running fiber while none runs. Owned, too.
    idle: *mut Fiber,
    blocks: Blocks,
    /// Bytes of a stack below its limit.
    reserve: usize,
    /// Those whose objects are in the nursery, and the others. They own the records.
    young: Vec<*mut Fiber>,
    old: Vec<*mut Fiber>,
    /// Records without fibers.
    #[allow(clippy::vec_box, reason = "a record is taken out with its box")]
    spare: Vec<Box<Fiber>>,
}

impl Default for Fibers {
    fn default() -> Fibers {
        let mut idle = Fiber::new(Value::NIL, Value::NIL);
        idle.next_ran = END;
        Fibers {
            idle: Box::into_raw(idle),
            blocks: Blocks::default(),
            reserve: 0,
            young: vec![],
            old: vec![],
            spare: vec![],
        }
    }
}

impl Drop for Fibers {
    fn drop(&mut self) {
        for &fiber in self.young.iter().chain(&self.old).chain([&self.idle]) {
            // SAFETY: these are all records, each once, and nothing runs any more.
            drop(unsafe { Box::from_raw(fiber) });
        }
    }
}

impl Fibers {
    pub fn idle(&self) -> *mut Fiber {
        self.idle
    }

    /// Bytes of all stacks but the main program's.
    pub fn bytes(&self) -> usize {
        self.blocks.used()
    }

    /// Sets the size of the largest frame that compiled code makes.
    pub fn set_largest_frame(&mut self, bytes: usize) {
        self.reserve = bytes + STUBS_RESERVE;
    }

    /// For another worker of the same program.
    pub fn of_same_stock(other: &Fibers) -> Fibers {
        let mut fibers = Fibers::default();
        fibers.reserve = other.reserve;
        fibers.blocks = Blocks::of_same_stock(&other.blocks);
        fibers
    }

    /// The record of a new fiber, which has no stack yet.
    fn new_record(&mut self, entry: Value, handlers: Value) -> Box<Fiber> {
        match self.spare.pop() {
            Some(mut fiber) => {
                fiber.renew(entry, handlers);
                fiber
            }
            None => Fiber::new(entry, handlers),
        }
    }

    /// Gives a fiber a new block, without freeing the one that it has.
    fn give_block(&mut self, fiber: &mut Fiber, class: u8) {
        fiber.block = self.blocks.take(class);
        fiber.limit = fiber.block.low + self.reserve;
    }

    /// Moves the stack of a fiber from `sp` up to another block. Gives how far addresses moved.
    fn move_stack(&mut self, fiber: &mut Fiber, class: u8, sp: usize) -> usize {
        let from = fiber.block;
        self.give_block(fiber, class);
        let distance = fiber.copy_stack(from, sp);
        self.blocks.put(from);
        distance
    }

    fn retire(&mut self, fiber: &mut Fiber) {
        self.blocks.put(std::mem::take(&mut fiber.block));
        fiber.sp = 0;
        fiber.status = Status::Ended;
        fiber.parent = std::ptr::null_mut();
        fiber.request = Value::NIL;
        fiber.markers = vec![];
    }

    /// Frees the records of which `object` says that their objects are gone; the others' objects are what it gives.
    fn sweep(&mut self, fibers: Vec<*mut Fiber>, mut object: impl FnMut(Value) -> Option<Value>) {
        for fiber in fibers {
            // SAFETY: the list owned the record; nothing else refers to one whose object is gone: a fiber that runs or
            // waits keeps its object alive.
            let mut record = unsafe { Box::from_raw(fiber) };
            match object(record.object) {
                Some(new) => {
                    record.object = new;
                    self.old.push(Box::into_raw(record));
                }
                None => {
                    if record.status != Status::Ended {
                        self.blocks.put(record.block);
                    }
                    if self.spare.len() < SPARE_MAX {
                        self.spare.push(record);
                    }
                }
            }
        }
    }

    /// After a minor collection: `object` gives where an object of the nursery went, if it lives.
    pub fn after_minor(&mut self, mut object: impl FnMut(Value) -> Option<Value>) {
        let young = std::mem::take(&mut self.young);
        self.sweep(young, &mut object);
        self.blocks.settle();
    }

    /// By how many bytes all stacks together have grown since this was last asked, or made smaller.
    pub fn since_last(&self) -> usize {
        self.blocks.since_last()
    }

    /// After a major collection: gives the pages of free stacks, of all workers, back to the system.
    pub fn trim(&self) {
        self.blocks.trim();
    }

    /// After marking: frees what is not live, and makes large stacks smaller that hold little.
    pub fn after_mark(&mut self, running: &[*mut Fiber], is_live: impl Fn(Value) -> bool) {
        let old = std::mem::take(&mut self.old);
        self.sweep(old, |object| is_live(object).then_some(object));
        for i in 0..self.old.len() {
            if !running.contains(&self.old[i]) {
                // SAFETY: the list owns the record.
                let fiber = unsafe { &mut *self.old[i] };
                self.shrink(fiber);
            }
        }
        self.blocks.settle();
    }

    /// Makes the stack of a suspended fiber smaller if it holds little.
    fn shrink(&mut self, fiber: &mut Fiber) {
        if fiber.status == Status::Ended {
            return;
        }
        let used = fiber.block.high() - fiber.sp;
        let class = Block::class_for(2 * used + self.reserve);
        if class < fiber.block.class {
            fiber.sp = fiber.sp.wrapping_add(self.move_stack(fiber, class, fiber.sp));
        }
    }

    /// All fibers but the main program and those whose objects are in the nursery.
    pub fn all(&self) -> Vec<*mut Fiber> {
        self.old.clone()
    }

    /// All goroutines but the main one.
    pub fn goroutines(&self) -> Vec<*mut Fiber> {
        let all = self.young.iter().chain(&self.old);
        // SAFETY: the lists' records live.
        all.copied().filter(|&fiber| unsafe { (*fiber).task.number > 0 }).collect()
    }

    /// Calls `visit` with the slots of the objects in the nursery of the goroutines that have not ended. They live until the next
    /// major collection: who waits for an old channel is in no list that a minor collection looks at.
    pub fn visit_young_goroutines(&mut self, visit: &mut impl FnMut(*mut u64)) {
        for &fiber in &self.young {
            // SAFETY: the list's records live.
            let record = unsafe { &mut *fiber };
            if record.task.number > 0 && !record.is_ended() {
                visit(record.object_slot());
            }
        }
    }
}

impl Context {
    /// The record of the fiber that runs.
    pub(crate) fn running<'a>(&self) -> &'a mut Fiber {
        // SAFETY: the running fiber's record lives on its own, and no primitive keeps this reference past its end.
        unsafe { &mut *self.current }
    }

    /// Gives the running fiber more stack: at a cold stub, whose frame ends at `cold_fp`. `sp` is what its caller needs.
    /// False when the stack would be larger than the bound.
    pub(crate) fn grow_stack(&mut self, sp: usize, bound: usize) -> bool {
        let fiber = self.running();
        let lacking = fiber.limit.saturating_sub(sp);
        let class = Block::class_for((fiber.block.bytes() + lacking).max(2 * fiber.block.bytes()));
        if pool::SMALLEST << class > bound {
            return false;
        }
        let fp = self.cold_fp as usize;
        self.cold_fp = fp.wrapping_add(self.fibers.move_stack(fiber, class, fp)) as u64;
        true
    }

    /// Leaves the running fiber and those that wait for it for `to`, one of these or none: an error goes on there.
    pub(crate) fn unwind_to(&mut self, to: *mut Fiber) {
        if self.current == to {
            return;
        }
        while self.current != to {
            let fiber = self.running();
            let parent = fiber.parent;
            self.fibers.retire(fiber);
            self.current = parent;
        }
        let fiber = self.running();
        fiber.status = Status::Running;
        self.handlers = fiber.handlers;
        self.system_sp = self.worker_sp & fiber.on_system as u64;
        self.note_ran(fiber);
        self.set_limits();
    }

    /// Adds a fiber to those that the next minor collection looks at.
    pub(crate) fn note_ran(&mut self, fiber: &mut Fiber) {
        if fiber.next_ran.is_null() {
            fiber.next_ran = self.ran;
            self.ran = fiber;
        }
    }

    /// The fiber has ended: frees its stack.
    pub(crate) fn retire(&mut self, fiber: &mut Fiber) {
        self.fibers.retire(fiber);
    }
}

/// The fiber that a worker begins with, null if it is to leave the program at once.
extern "C" fn first_fiber(ctx: &mut Context) -> *mut Fiber {
    ctx.next_goroutine()
}

/// The running fiber's function gave `result`: frees its stack. Gives the fiber that goes on, and leaves the value for it in the
/// context: that is the fiber that waits for it or, for a goroutine, the next one. Called on the system stack.
extern "C" fn fiber_ended(ctx: &mut Context, result: Value) -> *mut Fiber {
    let fiber = ctx.running();
    let parent = fiber.parent;
    if parent.is_null() {
        return ctx.goroutine_ended(result);
    }
    ctx.switch_value = result;
    ctx.fibers.retire(fiber);
    parent
}
