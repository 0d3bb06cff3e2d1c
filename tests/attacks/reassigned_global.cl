; --allow time
; refused: io:print
(define hook identity)
(define (use x) (hook x))
(define (arm!) (set! hook (lambda (x) (print x))))
(arm!)
(use 1)
