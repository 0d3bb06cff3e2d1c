; --allow time
; refused: io:print
(handler ((io:write (lambda (...xs) (resume nil))))
  (print "not caught"))
