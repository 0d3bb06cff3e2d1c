; --allow time
; refused: io:print
(define (main args) (print args))
