(define (half n) (quot n 2))
(spec:contract half :requires [(int? n)])
(spec:contract half :ensures [(<= result n)])
(define (outer k)
  (spec:contract inner :requires [(int? n)])
  (define (inner n) n)
  (spec:contract inner :requires [(> n 0)])
  (inner k))
(print (half 2) (outer 3))
;! error E0603: a second contract for `half`
;!   3:16: this function has a contract already
;!   2:16: the first one
;!   = help: put the clauses of both into one contract
;! error E0603: a second contract for `inner`
;!   7:18: this function has a contract already
;!   5:18: the first one
;!   = help: put the clauses of both into one contract
