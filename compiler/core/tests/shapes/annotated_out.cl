; A call of another function in tail position of an annotated one is checked.
; shows: f
(define (f n) : Int (g n))
(define (g n) n)
(print (f 1))
