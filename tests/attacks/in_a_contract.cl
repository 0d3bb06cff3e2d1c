; --allow time
; refused: io:print
(define (f x) x)
(spec:contract f :requires [(do (print x) true)])
(f 1)
