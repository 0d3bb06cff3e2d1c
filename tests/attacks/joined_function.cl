; --allow time
; refused: io:print
((concurrent:join (go (lambda () (print "out")))))
