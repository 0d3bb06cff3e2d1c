(define (first-of v)
  (match v
    ((or [a b] [a]) a)
    (_ nil)))
(print (first-of [1]))
;! error E0115: `b` is bound in only some alternatives of an `or` pattern
;!   3:16: this alternative does not bind it
;!   3:13: bound here
;!   = help: bind the same names in each alternative; `_` takes what is not needed
