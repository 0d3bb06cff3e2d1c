; --allow time
; refused: io:print
(define fs [inc (lambda (x) (print x) x) dec])
(define (nothing x) nil)
(nothing (map (lambda (f) (f 1)) fs))
