; Calls that certainly fail are errors; inside a `try` they are warnings.
(define (area w h) (* w h))
(define (log level ...parts) parts)
(print (area 3))
(print (log) (length))
(print (try (area 1 2 3) (catch (e) (get e "type"))))
(print ((lambda (x) x)))
;! error E0301: `area` expects 2 arguments, got 1
;!   4:8: called with 1 argument
;!   2:10: `area` is defined here
;!   = help: add what is missing
;! error E0301: `log` expects at least 1 argument, got 0
;!   5:8: called with no arguments
;!   3:10: `log` is defined here
;!   = help: add what is missing
;! error E0301: `length` expects 1 argument, got 0
;!   5:14: called with no arguments
;!   = help: add what is missing
;! warning E0301: `area` expects 2 arguments, got 3
;!   6:13: called with 3 arguments
;!   2:10: `area` is defined here
;!   = help: remove what is too much
;! error E0301: `lambda` expects 1 argument, got 0
;!   7:8: called with no arguments
;!   = help: add what is missing
