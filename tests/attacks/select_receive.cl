; --allow time
; refused: io:print
(define c (chan 1))
(send! c "out")
(select ((receive! c) print))
