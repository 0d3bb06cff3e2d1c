; --allow time
; refused: io:print
(for-each (f (await (async:all [(async:delay 1 (lambda () (print "out")))]))) (f))
