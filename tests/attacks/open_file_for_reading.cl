; --allow console,file-read
; refused: io:open-file
; A file can be opened to write it, so leave to read is not enough.
(define file (io:open-file "notes" "write"))
(io:write-file file "text")
