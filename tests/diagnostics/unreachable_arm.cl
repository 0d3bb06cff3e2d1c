(data Option a (None) (Some a))
(define (name n)
  (match n
    (other "many")
    (0 "none")))
(define (kind v)
  (match v
    ([a ...rest] "list")
    ([a b] "pair")
    ((or (Some _) None) "option")
    (None "nothing")
    (_ "rest")))
(print (name 0) (kind None))
;! warning W0001: this arm cannot be reached
;!   5:6: the arms before take all of this
;!   4:6: this takes every such value
;!   = help: move it before the more general arm, or remove it
;! warning W0001: this arm cannot be reached
;!   9:6: the arms before take all of this
;!   8:6: this takes every such value
;!   = help: move it before the more general arm, or remove it
;! warning W0001: this arm cannot be reached
;!   11:6: the arms before take all of this
;!   10:6: this takes every such value
;!   = help: move it before the more general arm, or remove it
