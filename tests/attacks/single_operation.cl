; --allow io:print
; refused: io:write-file
(print "allowed")
(file-write "/nowhere/never" "text")
