; --allow time
; accepted
; A higher-order function has the effects of what it is given, not of what others give it.
(define (each f xs) (map f xs))
(define (loud xs) (each print xs))
(define (main) (length (each inc [1 2 3])))
