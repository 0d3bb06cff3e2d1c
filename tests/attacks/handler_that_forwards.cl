; --allow time
; refused: io:print
; The handler catches the operation, and performs it itself.
(handler ((io:print (lambda (...xs) (apply io:print xs) (resume nil))))
  (print "caught"))
