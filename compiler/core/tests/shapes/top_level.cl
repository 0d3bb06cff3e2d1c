; Forms run in order; a definition of a value stores it, one of a function does nothing.
; shows: top_level
(define (double x) (* 2 x))
(define n (double 4))
(print n)
(define (main args) (double n))
