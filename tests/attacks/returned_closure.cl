; --allow time
; refused: io:print
(define (adder n) (lambda (x) (lambda () (print (+ n x)))))
(((adder 1) 2))
