; and, or and not in a condition branch without making truth values.
; shows: f
(define (f a b) (if (and a (or b (< a 1))) 1 2))
(print (f 1 2))
