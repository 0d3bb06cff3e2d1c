; A recursive function calls itself directly; the last call of a function is a tail call.
; shows: fib
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))
(print (fib 10))
