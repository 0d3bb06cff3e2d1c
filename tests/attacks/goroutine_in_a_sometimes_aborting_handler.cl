; --allow time
; refused: io:print
(define n (length (json-parse "[1, 2]")))
(handler ((io:print (lambda (x) (if (= n 1) (resume nil) nil))))
  (concurrent:join (go (print "out"))))
