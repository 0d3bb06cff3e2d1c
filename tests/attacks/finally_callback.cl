; --allow time
; refused: io:print
(await (async:finally (async:delay 1 5) (lambda () (print "out"))))
