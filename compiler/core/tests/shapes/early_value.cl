; A global that is mentioned before its definition ran is checked where a function reads it.
; shows: early
(define (early) later)
(print (early))
(define later (length [1]))
(print (early) later)
