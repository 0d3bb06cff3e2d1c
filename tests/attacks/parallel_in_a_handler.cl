; --allow time
; refused: io:print
(handler ((io:print (lambda (x) nil)))
  (parallel 1 (print "out")))
