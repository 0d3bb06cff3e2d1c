; --allow time
; refused: io:print
(define work (async (x) (await (async:delay 1)) (print x)))
(await (work "out"))
