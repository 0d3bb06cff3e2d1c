(data Shape (Circle (radius Flaot)))
(define (double (x : Integer)) : Int (* x 2))
(print (double 2) (: 1 Nubmer) (Circle 1.0))
