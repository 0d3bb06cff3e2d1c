//! Strings, symbols, keywords, bytes, printing.

#[macro_export]
macro_rules! text_prims {
    ($m:ident) => {
        $m! {
            "%is-string" cl_is_string 1 PURE|INLINE, Bool;
            "%is-symbol" cl_is_symbol 1 PURE|INLINE, Bool;
            "%is-keyword" cl_is_keyword 1 PURE|INLINE, Bool;
            "%is-bytes" cl_is_bytes 1 PURE, Bool;
            "%string-length" cl_string_length 1 FALLIBLE|PURE, Fixnum;
            "%char-at" cl_char_at 2 FALLIBLE|PURE, String;
            "%substring" cl_substring 3 FALLIBLE|PURE, String;
            "%string-upper" cl_string_upper 1 FALLIBLE|PURE, String;
            "%string-lower" cl_string_lower 1 FALLIBLE|PURE, String;
            "%string-trim" cl_string_trim 1 FALLIBLE|PURE, String;
            "%string-trim-left" cl_string_trim_left 1 FALLIBLE|PURE, String;
            "%string-trim-right" cl_string_trim_right 1 FALLIBLE|PURE, String;
            "%string-reverse" cl_string_reverse 1 FALLIBLE|PURE, String;
            "%string-replace" cl_string_replace 3 FALLIBLE|PURE, String;
            "%string-repeat" cl_string_repeat 2 FALLIBLE|PURE, String;
            "%string-pad-left" cl_string_pad_left 3 FALLIBLE|PURE, String;
            "%string-pad-right" cl_string_pad_right 3 FALLIBLE|PURE, String;
            "%string-contains" cl_string_contains 2 FALLIBLE|PURE, Bool;
            "%string-starts-with" cl_string_starts_with 2 FALLIBLE|PURE, Bool;
            "%string-ends-with" cl_string_ends_with 2 FALLIBLE|PURE, Bool;
            "%string-index-of" cl_string_index_of 2 FALLIBLE|PURE, Any;
            "%string-compare" cl_string_compare 2 FALLIBLE|PURE, Fixnum;
            "%string-split" cl_string_split 2 FALLIBLE|PURE, List;
            "%string-lines" cl_string_lines 1 FALLIBLE|PURE, List;
            "%string-words" cl_string_words 1 FALLIBLE|PURE, List;
            "%string->list" cl_string_to_list 1 FALLIBLE|PURE, List;
            "%string-join" cl_string_join 2 FALLIBLE|PURE, String;
            "%list->string" cl_list_to_string 1 FALLIBLE|PURE, String;
            "%char-code" cl_char_code 1 FALLIBLE|PURE, Fixnum;
            "%code-char" cl_code_char 1 FALLIBLE|PURE, String;
            "%string->symbol" cl_string_to_symbol 1 FALLIBLE|PURE, Any;
            "%symbol->string" cl_symbol_to_string 1 FALLIBLE|PURE, String;
            "%keyword->string" cl_keyword_to_string 1 FALLIBLE|PURE, String;
            // reading an Array is an effect: no display form is PURE
            "%to-string" cl_to_string 1 FALLIBLE, String;
            "%to-source" cl_to_source 1 FALLIBLE, String;
            "%str2" cl_str2 2 FALLIBLE, String;
            // a List of values
            "%str" cl_str 1 FALLIBLE, String;
            // (template, List of values)
            "%format" cl_format 2 FALLIBLE, String;
            "%string-builder" cl_string_builder 0 NONE, Any;
            "%sb-add" cl_sb_add 2 FALLIBLE, Any;
            "%sb-string" cl_sb_string 1 FALLIBLE, String;
            // a List of Ints
            "%bytes" cl_bytes 1 FALLIBLE|PURE, Any;
            "%string->bytes" cl_string_to_bytes 1 FALLIBLE|PURE, Any;
            "%bytes->string" cl_bytes_to_string 1 FALLIBLE|PURE, String;
            "%bytes->list" cl_bytes_to_list 1 FALLIBLE|PURE, List;
            "%bytes-length" cl_bytes_length 1 FALLIBLE|PURE, Fixnum;
            "%bytes-get" cl_bytes_get 2 FALLIBLE|PURE, Fixnum;
            "%bytes-slice" cl_bytes_slice 3 FALLIBLE|PURE, Any;
            "%bytes-concat" cl_bytes_concat 1 FALLIBLE|PURE, Any;
            // Bytes or a String
            "%base64-encode" cl_base64_encode 1 FALLIBLE|PURE, String;
            "%base64-decode" cl_base64_decode 1 FALLIBLE|PURE, Any;
            "%hex-encode" cl_hex_encode 1 FALLIBLE|PURE, String;
            "%hex-decode" cl_hex_decode 1 FALLIBLE|PURE, Any;
            "%sha256" cl_sha256 1 FALLIBLE|PURE, String;
            "%is-regex" cl_is_regex 1 PURE, Bool;
            // a pattern
            "%regex" cl_regex 1 FALLIBLE, Any;
            // (Regex or pattern, text): a match is a Dict; nil where there is none
            "%regex-match" cl_regex_match 2 FALLIBLE, Any;
            "%regex-find" cl_regex_find 2 FALLIBLE, Any;
            // all matches that do not overlap
            "%regex-find-all" cl_regex_find_all 2 FALLIBLE, List;
            // (Regex or pattern, text, replacement with $1 and ${name})
            "%regex-replace" cl_regex_replace 3 FALLIBLE, String;
            "%regex-split" cl_regex_split 2 FALLIBLE, List;
            "%type-of" cl_type_of 1 PURE, Any;
            // (function as String, position of the argument, what was expected as String, the argument)
            "%argument-error" cl_argument_error 4 FALLIBLE, Never;
        }
    };
}
