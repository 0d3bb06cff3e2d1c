(data Shape (Circle (radius Flaot)))
(define (double (x : Integer)) : Int (* x 2))
(print (double 2) (: 1 Nubmer) (Circle 1.0))
;! error E0113: unknown type `Flaot`
;!   1:29: no such type is declared
;!   = help: did you mean `Float`?
;! error E0113: unknown type `Integer`
;!   2:22: no such type is declared
;!   = help: declare it with `data` or `type`, or import it
;! error E0113: unknown type `Nubmer`
;!   3:24: no such type is declared
;!   = help: did you mean `Number`?
