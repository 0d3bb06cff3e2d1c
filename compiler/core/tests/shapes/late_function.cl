; A function that is called after all definitions calls directly.
; shows: call-later
(define (call-later) (later 1))
(define (later x) x)
(print (call-later))
