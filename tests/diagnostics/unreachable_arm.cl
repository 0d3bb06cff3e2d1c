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
;! warning W0006: the variable `other` is never used
;!   4:6: never used
;!   = help: use it, or write `_` or `_other` in its place
;! warning W0001: this arm cannot be reached
;!   5:6: the arms before take all of this
;!   4:6: this takes every such value
;!   = help: move it before the more general arm, or remove it
;! warning W0006: the variable `a` is never used
;!   8:7: never used
;!   = help: use it, or write `_` or `_a` in its place
;! warning W0006: the variable `rest` is never used
;!   8:9: never used
;!   = help: use it, or write `_` or `_rest` in its place
;! warning W0001: this arm cannot be reached
;!   9:6: the arms before take all of this
;!   8:6: this takes every such value
;!   = help: move it before the more general arm, or remove it
;! warning W0006: the variable `a` is never used
;!   9:7: never used
;!   = help: use it, or write `_` or `_a` in its place
;! warning W0006: the variable `b` is never used
;!   9:9: never used
;!   = help: use it, or write `_` or `_b` in its place
;! warning W0001: this arm cannot be reached
;!   11:6: the arms before take all of this
;!   10:6: this takes every such value
;!   = help: move it before the more general arm, or remove it
