; --allow time
; refused: io:print
; And the handler's return clause.
(define-effect out (of Any -> Any))
(define kept
  (handler ((io:print (lambda (...xs) (resume nil))))
    (handler ((out:of (lambda (v) {"k" resume})) (return (lambda (x) (print "attack") x)))
      (out:of 1))))
((get kept "k") nil)
