; --allow time
; refused: io:print
(define-effect out (of Any -> Any))
(define ks [])
(handler ((io:print (lambda (...xs) (resume nil))))
  (handler ((out:of (lambda (v) (resume-many k) (set! ks (cons k ks)) nil)))
    (out:of 1)
    (print "attack")))
(for-each (k ks) (k 1))
