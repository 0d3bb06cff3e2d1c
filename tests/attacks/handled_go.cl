; --allow time
; refused: io:print
; no handler takes `go` itself
(handler ((io:print (lambda (x) nil)))
  (handler ((concurrent (lambda (op args) (resume nil))))
    (go (print "out"))))
(time:sleep 0.01)
