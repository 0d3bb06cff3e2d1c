; Each unbound name is reported, with the names that it may have been meant for.
(define total 3)
(define (show-total prefix) (print prefix totl))
(show-totl "x")
(set! totale 4)
(print 1abc .5)
(prnt total)
;! error E0101: unbound name `totl`
;!   3:43: nothing in scope has this name
;!   = help: did you mean `total`?
;! error E0101: unbound name `show-totl`
;!   4:2: nothing in scope has this name
;!   = help: did you mean `show-total`?
;! error E0101: unbound name `totale`
;!   5:7: nothing in scope has this name
;!   = help: did you mean `total`?
;! error E0101: unbound name `1abc`
;!   6:8: nothing in scope has this name
;!   = help: this is no number; numbers look like 42, 1_000, 0xff, 0b101, 0o17, 3.14, 2.5e-3
;! error E0101: unbound name `.5`
;!   6:13: nothing in scope has this name
;!   = help: a Float has digits on both sides of its point: `0.5`, `1.0`
;! error E0101: unbound name `prnt`
;!   7:2: nothing in scope has this name
;!   = help: did you mean `print`?
