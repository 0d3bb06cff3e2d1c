; --allow time
; refused: io:print
(await (promise (lambda (resolve reject) (do (print "out") (resolve 1)))))
