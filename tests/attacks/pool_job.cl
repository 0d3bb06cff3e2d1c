; --allow time
; refused: io:print
(define pool (concurrent:worker-pool 2))
(await (concurrent:submit pool (lambda () (print "out"))))
