; --allow time
; refused: io:print
(define c (chan 1))
(send! c (lambda () (print "out")))
(select ((receive! c) (lambda (f) (f))))
