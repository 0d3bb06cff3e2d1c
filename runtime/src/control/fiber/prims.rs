//! The primitives of fibers that are no assembly.

use super::pool::Block;
use super::{Fiber, ROOM, Status, arch};
use crate::{Context, Value};
use cl_abi::layout::*;

/// A suspended fiber that will call `function`, which must have exactly one parameter, with what it is first resumed with.
#[unsafe(no_mangle)]
pub extern "C" fn cl_fiber_new(ctx: &mut Context, function: Value) -> Value {
    ctx.new_fiber("fiber-new", function, Value::NIL).unwrap_or_else(|raised| raised)
}

/// A suspended fiber in the same state as the given one. They share values, but each goes on by itself. Those that are
/// suspended with it are copied, too. What the given one awaits counts as answered.
#[unsafe(no_mangle)]
pub extern "C" fn cl_fiber_copy(ctx: &mut Context, fiber: Value) -> Value {
    let Some(top) = record(fiber).and_then(|f| f.take_suspended().then_some(f)) else {
        return ctx.type_error("fiber-copy", 1, "a suspended fiber", fiber);
    };
    top.request = Value::NIL;
    let top: *mut Fiber = top;
    // SAFETY: the object keeps its record.
    let mut from: *const Fiber = unsafe { (*top).leaf };
    let leaf = ctx.copy_of(from);
    let mut copy = leaf;
    while !std::ptr::eq(from, top) {
        // SAFETY: from the leaf each fiber's parent is the next one up to `top`. The copies' objects are new: the records live.
        unsafe {
            from = (*from).parent;
            let parent = ctx.copy_of(from);
            (*copy).parent = parent;
            copy = parent;
        }
    }
    // SAFETY: as above.
    unsafe {
        (*copy).leaf = leaf;
        (*copy).status = Status::Suspended;
        (*top).release_suspended();
        (*copy).object
    }
}

impl Context {
    /// A copy of one fiber that does not run.
    fn copy_of(&mut self, original: *const Fiber) -> *mut Fiber {
        // SAFETY: the caller has it from the chain of a live object.
        let original = unsafe { &*original };
        let mut copy = self.fibers.new_record(original.entry, original.handlers);
        copy.status = original.status;
        copy.markers.clone_from(&original.markers);
        copy.open_contracts.clone_from(&original.open_contracts);
        self.fibers.give_block(&mut copy, original.block.class);
        copy.sp = original.sp.wrapping_add(copy.copy_stack(original.block, original.sp));
        let record = &raw mut *copy;
        // SAFETY: the topmost word of a stack is the address of its record.
        unsafe { *((copy.block.high() - 8) as *mut usize) = record as usize };
        self.fiber_object(copy);
        record
    }

    /// A suspended fiber that will call `function`, which must have exactly one parameter. `name` is for the error, `RAISED`.
    pub(crate) fn new_fiber(&mut self, name: &str, function: Value, handlers: Value) -> Result<Value, Value> {
        if !function.is(Kind::Closure) || function.aux() != 1 {
            return Err(self.type_error(name, 1, "a Function with one parameter", function));
        }
        let mut fiber = self.fibers.new_record(function, handlers);
        let class = Block::class_for(self.fibers.reserve + ROOM);
        self.fibers.give_block(&mut fiber, class);
        // As the switch leaves a stack: no frame pointer, registers, where it starts. Above that alignment, and the record
        // for who looks at the stack from outside.
        const WORDS: usize = arch::SAVED_WORDS + 2;
        fiber.sp = fiber.block.high() - 8 * WORDS;
        // SAFETY: the block is ours.
        let words = unsafe { std::slice::from_raw_parts_mut(fiber.sp as *mut usize, WORDS) };
        words.fill(0);
        words[arch::PC_WORD] = arch::start as *const () as usize;
        words[WORDS - 1] = &raw const *fiber as usize;
        Ok(self.fiber_object(fiber))
    }

    /// Gives the main program an object.
    pub(crate) fn make_object_of_main(&mut self) {
        let main = self.lock_sched().main();
        let object = self.alloc(Kind::Fiber, 0, 1);
        object.init(0, main as u64);
        // SAFETY: the main program's record lives as long as the context.
        unsafe { *(*main).object_slot() = object.0 };
    }

    /// The object of a new record.
    fn fiber_object(&mut self, mut fiber: Box<Fiber>) -> Value {
        let object = self.alloc(Kind::Fiber, 0, 1);
        fiber.object = object;
        let record = Box::into_raw(fiber);
        object.init(0, record as u64);
        self.fibers.young.push(record);
        if self.fibers.blocks.growth() > super::FRESH_MAX {
            self.request_minor_collection();
        }
        object
    }
}

/// The record of what is known to be a fiber's object.
pub fn record_of(fiber: Value) -> *mut Fiber {
    debug_assert!(fiber.is(Kind::Fiber));
    fiber.raw(0) as *mut Fiber
}

/// The record of a fiber object.
fn record(fiber: Value) -> Option<&'static mut Fiber> {
    // SAFETY: the object keeps its record, and the caller uses it alone and before the next safepoint.
    fiber.is(Kind::Fiber).then(|| unsafe { &mut *(fiber.raw(0) as *mut Fiber) })
}

/// What a fiber is doing: see [`Status`].
#[unsafe(no_mangle)]
pub extern "C" fn cl_fiber_status(ctx: &mut Context, fiber: Value) -> Value {
    match record(fiber) {
        Some(f) => Value::fixnum(f.status as i64),
        None => ctx.type_error("fiber-status", 1, "a fiber", fiber),
    }
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_is_fiber(_ctx: &mut Context, value: Value) -> Value {
    Value::bool(value.is(Kind::Fiber))
}

/// The error of resuming what cannot be resumed. Called by the assembly of `cl_fiber_resume`.
pub extern "C" fn not_resumable(ctx: &mut Context, fiber: Value) -> Value {
    let why = match record(fiber).map(|f| f.status) {
        None => return ctx.type_error("fiber-resume", 1, "a fiber", fiber),
        Some(Status::Ended) => "it has ended",
        Some(Status::Running) => "it is running",
        Some(Status::Parked) => "the goroutine that it is part of waits",
        Some(Status::Suspended | Status::Waiting) => "it waits for a fiber that it resumed",
    };
    ctx.error("fiber-error", &format!("the fiber cannot be resumed: {why}"), fiber)
}

/// The error of `cl_fiber_continue`: the request was answered before. Without a fiber it is a failure, which nothing waits for.
pub extern "C" fn not_continuable(ctx: &mut Context, fiber: Value) -> Value {
    if fiber == Value::NIL {
        let message = "only what error:raise or error raised can be resumed, not a failure of the program";
        return ctx.error("not-resumable", message, Value::NIL);
    }
    ctx.error("resumed-twice", "this continuation was resumed before, or dropped", Value::NIL)
}

#[unsafe(no_mangle)]
pub extern "C" fn cl_running_fiber(ctx: &mut Context) -> Value {
    ctx.running().object
}

/// Never called: the compiler knows it.
#[unsafe(no_mangle)]
pub extern "C" fn cl_captures(_ctx: &mut Context) -> Value {
    Value::TRUE
}

/// Whether a fiber is suspended with this very request.
#[unsafe(no_mangle)]
pub extern "C" fn cl_fiber_awaits(_ctx: &mut Context, fiber: Value, request: Value) -> Value {
    Value::bool(record(fiber).is_some_and(|f| f.request == request))
}

/// The error of `cl_fiber_yield` where nothing waits for the fiber.
pub extern "C" fn nothing_to_yield_to(ctx: &mut Context) -> Value {
    ctx.error("fiber-error", "nothing resumed this code: there is nothing to yield to", Value::NIL)
}
