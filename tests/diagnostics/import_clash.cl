(import "lib_shapes" (area))
(define (area r) r)
(print (area 1))
;! error E0107: `area` is already in this module
;!   2:10: it comes in again here
;!   1:23: it first comes in here
;!   = help: import it under another name: `(import "path" ((area as other)))`
;! error E0301: `area` expects 2 arguments, got 1
;!   3:8: called with 1 argument
;!   lib_shapes.cl:3:12: `area` is defined here
;!   = help: add what is missing
