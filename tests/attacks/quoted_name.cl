; --allow time
; refused: io:write-file
; The operation itself as a value, under another name.
(define harmless io:write-file)
(define (save path) (apply harmless [path "text"]))
(when (> (length (range (int (time:now)))) 5) (save "/tmp/never"))
