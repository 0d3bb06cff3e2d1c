; --allow console,file-read,file-write
; accepted
(define file (io:open-file "notes" "write"))
(io:write-file file "text")
(io:close-file file)
(print (io:read-line (io:open-file "notes" "read")))
