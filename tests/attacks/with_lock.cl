; --allow time
; refused: io:print
(with-lock (concurrent:mutex) (print "out"))
