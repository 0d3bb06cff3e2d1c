//! Input and output, the process.

#[macro_export]
macro_rules! io_prims {
    ($m:ident) => {
        $m! {
            // a List of values: display forms joined by spaces, and a newline
            "%print" cl_print 1 FALLIBLE, Nil;
            // one value and a newline
            "%print1" cl_print_value 1 FALLIBLE, Nil;
            // a List of values: display forms with nothing between
            "%write" cl_write 1 FALLIBLE, Nil;
            "%print-err" cl_print_err 1 FALLIBLE, Nil;
            // a String, or nil at the end of the input
            "%read-line" cl_read_line 0 FALLIBLE, Any;
            "%args" cl_args 0 NONE, List;
            // a variable's name, or nil for all of them as a Dict
            "%env" cl_env 1 FALLIBLE, Any;
        }
    };
}
