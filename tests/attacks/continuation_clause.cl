; --allow time
; refused: io:print
; So does a clause for what the rest of the body performs.
(define-effect out (of Any -> Any))
(define kept
  (handler ((io:print (lambda (...xs) (resume nil))))
    (handler ((out:of (lambda (v) (print v) (tuple resume))))
      (out:of "once")
      (out:of "attack"))))
(match kept ((tuple k) (k nil)))
