; --allow time
; refused: io:print
(select (default (print "out")))
