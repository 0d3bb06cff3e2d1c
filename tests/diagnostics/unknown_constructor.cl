(data Shape (Circle r) (Square a))
(define (area s)
  (match s
    ((Circel r) (* r r))
    ((Square a) (* a a))))
(print (area (Square 2)))
;! error E0112: unknown constructor `Circel`
;!   4:7: no `data` in scope declares it
;!   = help: did you mean `Circle`?
