; --allow time
; accepted
; the body of a scope runs where the scope stands, whatever it starts
(define (quietly f) (handler ((io:print (lambda (x) nil))) (scope (go 1) (f))))
(quietly (lambda () (print "aborts")))
(handler ((io:print (lambda (x) nil))) (with-lock (concurrent:mutex) (go 1) (print "aborts")))
