; --allow time
; accepted
(define work (async (x) (await (async:delay 1)) (+ x 1)))
(await (async:then (work 1) inc))
(await (async:all [(work 1) (work 2)]))
(parallel (+ 1 2) (scope (go 1)))
(with-lock (concurrent:mutex) 1)
(await (concurrent:submit (concurrent:worker-pool 1) (lambda () 1)))
