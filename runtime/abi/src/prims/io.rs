//! Input and output, the process.

#[macro_export]
macro_rules! io_prims {
    ($m:ident) => {
        $m! {
            // a List of values: display forms joined by spaces, and a newline
            "%print" cl_print 1 FALLIBLE, Nil;
        }
    };
}
