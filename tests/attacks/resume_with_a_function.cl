; --allow time
; refused: io:print
; The body gets the function from its handler.
(define-effect give (hook -> Any))
(handler ((give:hook (lambda () (resume (lambda (x) (print x))))))
  ((give:hook) 1))
