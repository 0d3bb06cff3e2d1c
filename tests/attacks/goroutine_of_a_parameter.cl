; --allow time
; refused: io:print
(define (quietly f)
  (handler ((io:print (lambda (x) nil)))
    (concurrent:join (go (f)))))
(quietly (lambda () (print "out")))
