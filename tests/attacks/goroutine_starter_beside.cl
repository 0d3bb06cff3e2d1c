; --allow time
; refused: io:print
; what is started by one call performs what comes with another
(define job (state:new nil))
(define (quietly start f)
  (handler ((io:print (lambda (x) nil)))
    (do (state:set job f) (start) nil)))
(quietly (lambda () (concurrent:join (go ((state:get job))))) (lambda () (print "out")))
