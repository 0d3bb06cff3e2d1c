; The rest of a block after a branch is a join.
; shows: f
(define (f a) (+ 1 (if a 2 (g a))))
(define (g a) a)
(print (f 1))
