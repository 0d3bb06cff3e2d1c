; --allow time
; refused: io:print
(handler ((io (lambda (op args) (resume nil)))
          (return (lambda (x) (print x))))
  1)
