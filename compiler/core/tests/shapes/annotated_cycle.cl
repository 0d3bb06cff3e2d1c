; What is called in tail position by an annotated function, and calls it back, has a version that keeps the promise.
; shows: odd
(define (even n) : Bool (if (zero? n) true (odd (- n 1))))
(define (odd n) (if (zero? n) 0 (even (- n 1))))
(define (zero? n) n)
(print (even 10) (odd 11))
