; --allow time
; refused: io:print
(define (chain fs) (fold (lambda (f g) (lambda (x) (g (f x)))) identity fs))
((chain [inc (lambda (x) (print x) x)]) 1)
