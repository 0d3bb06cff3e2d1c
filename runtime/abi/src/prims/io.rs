//! Input and output, files, the process, time, random numbers, state, JSON.

#[macro_export]
macro_rules! io_prims {
    ($m:ident) => {
        $m! {
            // a List of values: display forms joined by spaces, and a newline
            "%print" cl_print 1 FALLIBLE|OUTSIDE, Nil;
            // one value and a newline
            "%print1" cl_print_value 1 FALLIBLE|OUTSIDE, Nil;
            // a List of values: display forms with nothing between
            "%write" cl_write 1 FALLIBLE|OUTSIDE, Nil;
            "%print-err" cl_print_err 1 FALLIBLE|OUTSIDE, Nil;
            // writes out what was printed
            "%flush" cl_flush 0 OUTSIDE, Nil;
            // a String, or nil at the end of the input
            "%read-line" cl_read_line 0 FALLIBLE|OUTSIDE|SWITCH, Any;
            "%args" cl_args 0 OUTSIDE, List;
            // a variable's name, or nil for all of them as a Dict
            "%env" cl_env 1 FALLIBLE|OUTSIDE, Any;
            // files: a path comes first; for reading and writing texts it may be an open file
            "%file-read" cl_file_read 1 FALLIBLE|OUTSIDE, String;
            // (path, text, whether to append)
            "%file-write" cl_file_write 3 FALLIBLE|OUTSIDE, Nil;
            "%file-exists" cl_file_exists 1 FALLIBLE|OUTSIDE, Bool;
            "%file-delete" cl_file_delete 1 FALLIBLE|OUTSIDE, Nil;
            // an open file: (path, mode)
            "%file-open" cl_file_open 2 FALLIBLE|OUTSIDE, Any;
            "%file-close" cl_file_close 1 FALLIBLE|OUTSIDE, Nil;
            // a String, or nil at the end of the open file
            "%file-read-line" cl_file_read_line 1 FALLIBLE|OUTSIDE, Any;
            "%file-read-bytes" cl_file_read_bytes 1 FALLIBLE|OUTSIDE, Any;
            "%file-write-bytes" cl_file_write_bytes 2 FALLIBLE|OUTSIDE, Nil;
            "%file-size" cl_file_size 1 FALLIBLE|OUTSIDE, Fixnum;
            "%file-copy" cl_file_copy 2 FALLIBLE|OUTSIDE, Nil;
            "%file-rename" cl_file_rename 2 FALLIBLE|OUTSIDE, Nil;
            "%dir-list" cl_dir_list 1 FALLIBLE|OUTSIDE, List;
            "%dir-create" cl_dir_create 1 FALLIBLE|OUTSIDE, Nil;
            "%dir-delete" cl_dir_delete 1 FALLIBLE|OUTSIDE, Nil;
            "%current-directory" cl_current_directory 0 FALLIBLE|OUTSIDE, String;
            "%temp-dir" cl_temp_dir 0 OUTSIDE, String;
            "%path-parent" cl_path_parent 1 FALLIBLE|PURE, String;
            "%path-name" cl_path_name 1 FALLIBLE|PURE, String;
            "%path-ext" cl_path_ext 1 FALLIBLE|PURE, String;
            // (program, List of arguments)
            "%process-run" cl_process_run 2 FALLIBLE|OUTSIDE|SWITCH, Dict;
            "%uuid" cl_uuid 0 FALLIBLE|OUTSIDE, String;
            // (text or rows, separator)
            "%csv-parse" cl_csv_parse 2 FALLIBLE|PURE, List;
            "%csv-stringify" cl_csv_stringify 2 FALLIBLE, String;
            "%time-now" cl_time_now 0 OUTSIDE, Float;
            "%time-elapsed" cl_time_elapsed 0 OUTSIDE, Float;
            "%random-float" cl_random_float 0 OUTSIDE, Float;
            // both ends included
            "%random-int" cl_random_int 2 FALLIBLE|OUTSIDE, Int;
            "%random-shuffle" cl_random_shuffle 1 FALLIBLE|OUTSIDE, List;
            "%random-seed" cl_random_seed 1 FALLIBLE|OUTSIDE, Nil;
            "%cell-new" cl_cell_new 1 NONE, Any;
            "%is-cell" cl_is_cell 1 PURE, Bool;
            // the argument must be a cell
            "%cell-get" cl_cell_get 1 NONE, Any;
            "%cell-set" cl_cell_set 2 NONE, Any;
            "%json-parse" cl_json_parse 1 FALLIBLE|PURE, Any;
            // (value, spaces a level)
            "%json-stringify" cl_json_stringify 2 FALLIBLE, String;
        }
    };
}
