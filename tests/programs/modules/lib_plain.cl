; No module form: every top-level name is exported.
(define answer 42)
(define (double x) (* x 2))
(define counter 0)
(define (bump!) (set! counter (+ counter 1)) counter)
(define (current) counter)
(data Light (Red) (Green) (Custom (name String)))
(define-syntax unless-zero (syntax-rules () ((_ e body) (if (= e 0) nil body))))
(print "lib_plain runs")
