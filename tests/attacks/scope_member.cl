; --allow time
; refused: io:print
(handler ((io:print (lambda (x) nil)))
  (scope (go (print "out"))))
