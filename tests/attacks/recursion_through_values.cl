; --allow time
; refused: io:print
(define (y f) ((lambda (x) (f (lambda (v) ((x x) v)))) (lambda (x) (f (lambda (v) ((x x) v))))))
((y (lambda (self) (lambda (n) (if (= n 0) (print "end") (self (- n 1)))))) 3)
