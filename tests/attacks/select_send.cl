; --allow time
; refused: io:print
(define c (chan 1))
(select ((send! c 1) (lambda () (print "out"))))
