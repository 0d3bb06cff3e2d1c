; --allow time
; refused: io:print
((await ((async () (lambda () (print "out"))))))
