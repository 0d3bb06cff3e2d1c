; --allow time
; refused: io:print
(define-syntax innocent (syntax-rules () ((innocent x) (do (print x) x))))
(define (f x) (innocent (+ x 1)))
(f 1)
