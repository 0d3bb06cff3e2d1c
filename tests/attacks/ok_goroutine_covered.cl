; --allow time
; accepted
(handler ((io:print (lambda (...xs) (resume nil))))
  (concurrent:join (go (print "covered"))))
