; pi, e and tau are values that may also be called without an argument.
(print (= (pi) pi) (= (e) e) (= (tau) (* 2 pi)))
(define (f pi) (pi))
(print (f (lambda () "a parameter of that name is called")))
