; --allow time
; refused: io:print
(define pool (concurrent:worker-pool 2))
(define jobs [(lambda () 1) (lambda () (print "out"))])
(for-each (p (map (lambda (f) (concurrent:submit pool f)) jobs)) (await p))
