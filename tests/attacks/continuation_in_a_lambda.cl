; --allow time
; refused: io:print
; A function made in the clause resumes later.
(define-effect cell (read -> Int))
(define run
  (handler ((io:print (lambda (...xs) (resume nil))))
    (handler ((cell:read (lambda () (lambda (s) (resume s)))))
      (print "attack" (cell:read))
      (cell:read)
      (print "attack"))))
(run 1)
