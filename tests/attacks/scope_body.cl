; --allow time
; refused: io:print
(scope (go 1) (print "out"))
