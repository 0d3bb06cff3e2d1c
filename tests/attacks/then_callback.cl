; --allow time
; refused: io:print
(await (async:then (async:delay 1 "out") print))
