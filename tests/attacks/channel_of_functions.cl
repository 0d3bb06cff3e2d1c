; --allow time
; refused: io:print
(define jobs (chan 1))
(define (worker) ((get (receive! jobs) "value")))
(define g (go (worker)))
(send! jobs (lambda () (print "out")))
(concurrent:join g)
