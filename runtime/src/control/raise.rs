//! Raising: finds the handler of the pending error, or ends the program with a report.

use super::stack::{Anchor, Walk};
use super::{arch, report, trace};
use crate::collections::{dict_iter, dict_set, list, list_from_slice, list_iter};
use crate::effects::io::write_err;
use crate::text::{print, string};
use crate::{Context, Value};
use cl_abi::layout::Kind;

/// Where `cl_raise` goes on: the stub loads these registers and jumps.
#[repr(C)]
pub struct Landing {
    pc: usize,
    fp: usize,
    sp: usize,
    /// For the host: the program's exit status.
    result: u64,
}

/// The Rust side of `cl_raise`.
pub extern "C" fn raise(landing: &mut Landing, ctx: &mut Context) {
    *landing = match ctx.exiting() {
        Some(status) => ctx.host_landing(status),
        None => match ctx.find_handler() {
            Some(handler) => handler,
            None => {
                report(ctx, ctx.pending);
                ctx.host_landing(1)
            }
        },
    }
}

impl Context {
    /// Walks to the innermost handler, from the running fiber on to the one that waits for it. The error's trace is of
    /// the frames on the way, if it had none before. The fibers that have no handler end.
    fn find_handler(&mut self) -> Option<Landing> {
        let wants_trace = trace_of(self.pending).is_some_and(|trace| trace == Value::EMPTY);
        let mut trace = vec![];
        let mut fiber = self.current;
        let mut anchor = Anchor { fp: self.exit_fp as usize, pc: self.exit_pc as usize };
        let mut handler = None;
        while !fiber.is_null() {
            // SAFETY: the running fiber and those that wait for it live.
            let record = unsafe { &mut *fiber };
            handler = self.find_handler_from(anchor, &mut record.markers, wants_trace, &mut trace);
            if handler.is_some() {
                break;
            }
            fiber = record.parent();
            // SAFETY: as above.
            anchor = if fiber.is_null() { anchor } else { unsafe { &*fiber }.anchor() };
        }
        if wants_trace {
            self.blame(&mut trace);
            self.set_trace(&trace);
        }
        if handler.is_some() {
            self.unwind_to(fiber);
        }
        handler
    }

    /// Walks to the innermost handler of one stack; takes off the markers that are passed.
    fn find_handler_from(
        &mut self,
        newest: Anchor,
        markers: &mut Vec<usize>,
        wants_trace: bool,
        trace: &mut Vec<String>,
    ) -> Option<Landing> {
        let mut walk = Walk::new(newest);
        let mut passed = 0;
        while let Some(frame) = walk.next(&self.shared.sites, markers) {
            let is_traced = wants_trace && trace.len() < trace::MAX;
            // Of most frames of a deep stack the function is not needed.
            if let Some(site) = frame.site.filter(|site| is_traced || site.handler_offset != 0)
                && let Some(f) = self.shared.sites.function(frame.pc)
            {
                if is_traced {
                    trace::add_frame(&self.shared.sites, f, site, trace);
                }
                if site.handler_offset != 0 {
                    // Frames that are left without returning.
                    markers.truncate(markers.len() - passed);
                    let (pc, sp) = (f.code + site.handler_offset as usize, frame.fp - site.frame_size as usize);
                    return Some(Landing { pc, fp: frame.fp, sp, result: 0 });
                }
            }
            passed = walk.markers_passed;
        }
        None
    }

    fn set_trace(&mut self, entries: &[String]) {
        let entries: Vec<Value> = entries.iter().map(|entry| string::make(self, entry)).collect();
        let trace = list_from_slice(self, &entries);
        let key = string::make(self, "trace");
        self.pending = dict_set(self, self.pending, key, trace);
    }

    /// The way out of the program: back to who called `run`.
    fn host_landing(&mut self, status: i32) -> Landing {
        self.set_exiting(status);
        if let Some(concurrency) = self.concurrency.filter(|_| !self.is_first) {
            (concurrency.exit)(self, Value::NIL);
        }
        Landing { pc: arch::leave as *const () as usize, fp: 0, sp: self.host_sp, result: 0 }
    }

    /// Ends the program with a status, for a primitive to return: no handler runs and no `finally`.
    pub fn exit(&mut self, status: i32) -> Value {
        self.set_exiting(status);
        Value::RAISED
    }
}

/// The trace of an error Dict.
fn trace_of(error: Value) -> Option<Value> {
    part(error, "trace")
}

/// A part of an error Dict.
pub(super) fn part(error: Value, key: &str) -> Option<Value> {
    if !error.is(Kind::Dict) {
        return None;
    }
    dict_iter(error).find(|(k, _)| k.as_str() == Some(key)).map(|(_, v)| v)
}

/// Tells on standard error which error nothing handled, or nobody looked at.
pub(super) fn report(ctx: &mut Context, error: Value) {
    let text = |key: &str| {
        let mut out = String::new();
        part(error, key).into_iter().for_each(|v| print::display(ctx, v, &mut out));
        out
    };
    let trace: Vec<&str> = trace_of(error)
        .filter(|&t| list::is_list(t))
        .map(|t| list_iter(t).filter_map(|v| v.as_str()).collect())
        .unwrap_or_default();
    write_err(&report::uncaught(&text("type"), &text("message"), &trace));
}
