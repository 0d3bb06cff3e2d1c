; --allow time
; accepted
(define (quiet f) (handler ((io:print (lambda (x) nil))) (f)))
(concurrent:join (go (quiet (lambda () (print "in")))))
