; --allow time
; refused: io:print
; the clause covers no goroutine: it cannot leave a body that another one runs
(handler ((io:print (lambda (x) nil)))
  (concurrent:join (go (print "out"))))
