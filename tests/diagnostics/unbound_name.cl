; Each unbound name is reported, with the names that it may have been meant for.
(define total 3)
(define (show-total prefix) (print prefix totl))
(show-totl "x")
(set! totale 4)
(print 1abc .5)
(prnt total)
