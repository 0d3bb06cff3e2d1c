; Functions that see each other are one group; the order among functions and constants is free.
; shows: f
(define (f n)
  (define (even n) (if (done? n) true (odd n)))
  (define (odd n) (even n))
  (define (other) (even c))
  (define c 5)
  (define alias other)
  [(alias) c])
(define (done? n) n)
(print (f 1))
