; --allow time
; refused: io:print
(define [f g] [inc (lambda (x) (print x))])
(define {:h h} {:h g})
(h 1)
