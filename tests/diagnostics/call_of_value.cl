(define size (length [1 2 3]))
(define (f x) (if (string? x) (x 1) x))
(print (size 1) (f 2))
(define fs [(lambda (a) a)])
(print ((head fs) 1) ((head fs) 1 2))
(define opaque (get {:f nth} :f nth))
(print (let ((g nth)) (g [1])))
;! error E0303: a `String` is called, and is no function
;!   2:32: this is no function
;!   2:19: it is `String` because of this test
;!   = help: only a function can be called; to give a value, write its name without brackets around it
;! error E0303: an `Int` is called, and is no function
;!   3:9: this is no function
;!   1:9: `size` holds `Int`
;!   = help: only a function can be called; to give a value, write its name without brackets around it
;! error E0301: `lambda` expects 1 argument, got 2
;!   5:22: called with 2 arguments
;!   4:13: `lambda` is defined here
;!   = help: remove what is too much
;! error E0301: `nth` expects 2 to 3 arguments, got 1
;!   7:23: called with 1 argument
;!   = help: add what is missing
