; --allow time
; accepted
; sending and receiving start nothing: the clause takes what the body prints
(define c (chan 1))
(handler ((io:print (lambda (x) nil)))
  (do (send! c 1) (receive! c) (print "aborts")))
