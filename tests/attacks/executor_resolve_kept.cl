; --allow time
; refused: io:print
(define keep (state:new nil))
(define p (promise (lambda (resolve reject) (state:set keep resolve))))
((state:get keep) (lambda () (print "out")))
((await p))
