(define (f v) (match v (1 :one) (2 :two))) ; allow: incomplete-match
(print (f 1) (f 2))
(print (f (length [1 2 3])))
