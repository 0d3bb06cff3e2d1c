; Dates, patterns, queues and builders are kinds of their own.
(import "std/regex" (regex regex-match))
(define day (date:create 2024 3 10))
(print (datetime:year "2024"))
(print (length day))
(print (regex-match day "x"))
(print (length (regex "a+")))
(print (datetime:add-days (queue-new) 1))
(print (queue-size (string-builder)))
(define (after (d : DateTime)) (datetime:add-days d 1))
(print (after "tomorrow"))
(print (if (= day "2024-03-10") 1 2))
(print (datetime:month (after day)))
(io:close-file day)
;! error E0304: argument 1 of `datetime:year` must be `DateTime`, and is `String`
;!   4:23: this is `String`
;!   = help: pass a value of type `DateTime`, or test the value first
;! error E0304: argument 1 of `length` must be `(or String Bytes (List Any) Tuple (Array Any) …)`, and is `DateTime`
;!   5:16: this is `DateTime`
;!   3:9: `day` holds `DateTime`
;!   = help: pass a value of type `(or String Bytes (List Any) Tuple (Array Any) …)`, or test the value first
;! error E0304: argument 1 of `regex-match` must be `(or String Regex)`, and is `DateTime`
;!   6:21: this is `DateTime`
;!   3:9: `day` holds `DateTime`
;!   = help: pass a value of type `(or String Regex)`, or test the value first
;! error E0304: argument 1 of `length` must be `(or String Bytes (List Any) Tuple (Array Any) …)`, and is `Regex`
;!   7:16: this is `Regex`
;!   = help: pass a value of type `(or String Bytes (List Any) Tuple (Array Any) …)`, or test the value first
;! error E0304: argument 1 of `datetime:add-days` must be `DateTime`, and is `Queue`
;!   8:27: this is `Queue`
;!   = help: pass a value of type `DateTime`, or test the value first
;! error E0304: argument 1 of `queue-size` must be `Queue`, and is `StringBuilder`
;!   9:20: this is `StringBuilder`
;!   = help: pass a value of type `Queue`, or test the value first
;! error E0304: argument 1 of `after` must be `DateTime`, and is `String`
;!   11:15: this is `String`
;!   = help: pass a value of type `DateTime`, or test the value first
;! warning W0302: `DateTime` and `String` are never equal
;!   12:12: this is always false
;!   = help: convert one side, or compare something else
;! error E0304: argument 1 of `io:close-file` must be `File`, and is `DateTime`
;!   14:16: this is `DateTime`
;!   3:9: `day` holds `DateTime`
;!   = help: pass a value of type `File`, or test the value first
