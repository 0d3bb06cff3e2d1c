; --allow time
; refused: io:print
(define g (go (print "from a goroutine")))
(concurrent:join g)
