; --allow time
; refused: io:print
(define say (partial print "prefix"))
(define (twice f) (compose f f))
((twice say) 1)
