; clc check --strict
(define (half (n : Int)) : Int (quot n 2))
(print (half 4) (: (json-parse "1") Int))
(define-effect ask (name -> String))
(print (ask:name))
;! warning W0304: parameter n of half: `Int` is checked at run time
;!   2:15: not proved
;!   = help: nothing is wrong; annotate where the value comes from, if it is known there
;! warning W0304: expression: `Int` is checked at run time
;!   3:17: not proved
;!   = help: nothing is wrong; annotate where the value comes from, if it is known there
;! error W0401: `ask:name` may be performed with no handler in force
;!   5:8: performed here
;!   = help: put a handler for it around the call
