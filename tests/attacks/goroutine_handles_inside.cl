; --allow time
; refused: io:print
; the handler inside of the goroutine is left; what follows is not handled
(handler ((io:print (lambda (x) nil)))
  (concurrent:join (go (handler ((io:print (lambda (x) nil))) (print "in")) (print "out"))))
