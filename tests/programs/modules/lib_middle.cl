; Imports another module under several forms and passes some on.
(import "lib_plain" (double bump!))
(import "lib_hidden" :as h)
(define (quadruple x) (double (double x)))
(define (bump-twice!) (bump!) (bump!))
(define shown (h:visible))
(print "lib_middle runs")
