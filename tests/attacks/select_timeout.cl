; --allow time
; refused: io:print
(select ((timeout 0.001) (lambda () (print "out"))))
