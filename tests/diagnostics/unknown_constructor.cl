(data Shape (Circle r) (Square a))
(define (area s)
  (match s
    ((Circel r) (* r r))
    ((Square a) (* a a))))
(print (area (Square 2)))
;! error E0112: unknown constructor `Circel`
;!   4:7: no `data` in scope declares it
;!   = help: did you mean `Circle`?
;! warning W0001: this arm cannot be reached
;!   5:6: the arms before take all of this
;!   4:6: this arm takes every such value
;!   = help: move it before the more general arm, or remove it
