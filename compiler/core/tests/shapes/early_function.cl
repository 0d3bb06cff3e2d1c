; A function that may be called before its definition is called through its slot.
; shows: call-later
(define (call-later) (later 1))
(define go call-later)
(print (go))
(define (later x) x)
