; --allow time
; refused: io:print
(handler ((io:print (lambda (x) nil)))
  (await (async:then (async:delay 1 "out") (lambda (v) (print v)))))
