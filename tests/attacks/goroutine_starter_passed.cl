; --allow time
; refused: io:print
(define (quietly run f)
  (handler ((io:print (lambda (x) nil)))
    (run f)))
(define (quietly-more run) (quietly run (lambda () (print "out"))))
(quietly-more (lambda (f) (concurrent:join (go (f)))))
