(define (half n) (quot n 2))
(spec:contract half :require [(even? n)] :ensure [(<= result n)] :returns 5)
(print (half 10))
;! error E0605: a contract has no clause `:require`
;!   2:21: unknown clause
;!   = help: did you mean `:requires`?
;! error E0605: a contract has no clause `:ensure`
;!   2:42: unknown clause
;!   = help: did you mean `:ensures`?
;! error E0605: a contract has no clause `:returns`
;!   2:66: unknown clause
;!   = help: the clauses are `:requires`, `:ensures`, `:invariant`, `:complexity`, `:pure`, `:effects`, `:extends`
