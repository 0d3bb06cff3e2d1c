; --allow time
; accepted
; Defined, never called.
(define (talk) (print "a"))
(define (main) (int (time:now)))
