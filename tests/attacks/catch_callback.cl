; --allow time
; refused: io:print
(await (async:catch (promise (lambda (resolve reject) (reject "out"))) (lambda (e) (print (get e "message")))))
