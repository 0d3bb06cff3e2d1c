//! Goroutines and channels. Each that may wait, or lets others run, is a `SWITCH`.

#[macro_export]
macro_rules! sched_prims {
    ($m:ident) => {
        $m! {
            // (function of one parameter, handlers in force): a new goroutine, ready at the end of the queue
            "%go" cl_go 2 FALLIBLE|SWITCH, Any;
            // the same, but it runs at once until it first waits or ends
            "%go-now" cl_go_now 2 FALLIBLE|SWITCH, Any;
            // waits until a goroutine has ended: what its function gave
            "%join" cl_join 1 FALLIBLE|SWITCH, Any;
            // raises `cancelled` in a goroutine at its next waiting point
            "%cancel" cl_cancel 1 FALLIBLE, Nil;
            // the running goroutine
            "%current" cl_current 0 NONE, Any;
            // lets the other goroutines run
            "%yield-now" cl_yield_now 0 FALLIBLE|SWITCH, Nil;
            // waits for some seconds
            "%time-sleep" cl_time_sleep 1 FALLIBLE|OUTSIDE|SWITCH, Nil;
            // chance with this seed decides who goes on and when; nil: the queue and the clock do
            "%schedule" cl_schedule 1 NONE, Nil;
            // whether time is to be virtual, beginning at 0 and passing only when everything waits; whether it was
            "%time-virtual" cl_time_virtual 1 NONE, Bool;
            // notes an error that nobody has looked at: a cell that holds it until somebody does
            "%failure" cl_failure 1 NONE, Any;
            // a channel with room for so many values
            "%chan" cl_chan 1 FALLIBLE, Any;
            // (room, purpose): one of the library's own, see `control/sched/channel.rs`
            "%gate" cl_gate 2 NONE, Any;
            "%is-channel" cl_is_channel 1 PURE, Bool;
            // (channel, value): waits for room, or for who receives; false if the channel is closed
            "%chan-send" cl_chan_send 2 FALLIBLE|SWITCH, Bool;
            // waits for a value; undef once the channel is closed and empty
            "%chan-receive" cl_chan_receive 1 FALLIBLE|SWITCH, Any;
            // whether the value could be sent at once
            "%chan-try-send" cl_chan_try_send 2 FALLIBLE, Bool;
            // a value that is there at once, else undef
            "%chan-try-receive" cl_chan_try_receive 1 FALLIBLE, Any;
            // false if it was closed before
            "%chan-close" cl_chan_close 1 FALLIBLE, Bool;
            "%chan-closed" cl_chan_closed 1 FALLIBLE, Bool;
            // (List of (tuple channel) and (tuple channel value), seconds, or nil for ever, or false for not at all): waits until
            // one of them can receive or send, and does that: (tuple index value), index -1 if none could in time
            "%select" cl_select 2 FALLIBLE|SWITCH, Tuple;
        }
    };
}
