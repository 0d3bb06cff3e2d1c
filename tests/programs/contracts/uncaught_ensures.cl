; The function is to blame for what it ensures: the report shows the clause, then who called.
(define (largest xs) (head xs))
(spec:contract largest
  :ensures [(contains? xs result)
            (forall (x xs) (<= x result))])
(define (use xs) (+ 1 (largest xs)))
(print (use [3 1]))
(print (use [1 3]))
