; --allow time
; refused: io:print
; The function comes out of a Dict whose values nothing is known of.
(define table (dict "f" print "n" 1))
(define (pick key) (get table key))
((pick "f") "out")
