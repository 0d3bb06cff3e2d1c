; --allow time
; refused: io:print
(handler ((io (lambda (op args) (resume nil)))
          (finally (lambda () (print "end"))))
  1)
