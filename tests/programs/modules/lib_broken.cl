(define (fine) 1)
(define (broken) (undefined-in-module 1))
