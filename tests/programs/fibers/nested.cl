; Coroutines that wait for coroutines; what the callers keep in registers across the switch survives.
(import "std/%coroutine" (coroutine-new coroutine-resume))
(define (inner n) (if (= n 0) (do (print "x") (print (str [1 2 n])) 0) (+ 1 (inner (- n 1)))))
(define (outer n) (+ 1 (coroutine-resume (coroutine-new (lambda (m) (+ 1 (inner m)))) n)))
(define (middle n) (+ 1 (coroutine-resume (coroutine-new (lambda (m) (+ 1 (outer m)))) n)))
(print (middle 3))
