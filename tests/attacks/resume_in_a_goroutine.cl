; --allow time
; refused: io:print
(define-effect ask (name String -> (Function Any)))
(handler ((ask:name (lambda (q) (resume (lambda () (print "out"))))))
  (concurrent:join (go ((ask:name "x")))))
