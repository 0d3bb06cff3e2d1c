; --allow time
; refused: io:print
(define jobs (chan 1))
(send! jobs (lambda () (print "out")))
((get (try-receive! jobs) "value"))
