; --allow time
; refused: io:print
; One clause keeps the continuation, another one, which resumes at once, runs later and works after that.
(define-effect out (of Any -> Any) (step -> Int))
(define kept
  (handler ((io:print (lambda (...xs) (resume nil))))
    (handler ((out:of (lambda (v) (tuple resume))) (out:step (lambda () (let ((r (resume 1))) (print "attack") r))))
      (out:of 1)
      (out:step))))
(match kept ((tuple k) (k nil)))
