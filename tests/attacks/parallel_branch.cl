; --allow time
; refused: io:print
(parallel 1 (print "out"))
