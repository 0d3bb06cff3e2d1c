; --allow time
; refused: io:print
; The rest of a body runs where its continuation is resumed: outside of the handler that stood around it.
(define-effect out (of Any -> Any))
(define kept
  (handler ((io:print (lambda (...xs) (resume nil))))
    (handler ((out:of (lambda (v) resume)))
      (out:of 1)
      (print "attack"))))
(kept nil)
