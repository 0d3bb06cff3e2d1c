; --allow time
; refused: io:print
(data Box (Full (f Any)))
(define boxed (Full (lambda (x) (print x))))
(match boxed ((Full f) (f 1)))
