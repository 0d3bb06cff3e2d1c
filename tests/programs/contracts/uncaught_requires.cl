; The caller is to blame for what a function requires: the report begins with the call.
(define (half n) (quot n 2))
(spec:contract half :requires [(int? n) (even? n)])
(define (quarters ns) (map (lambda (n) (+ 0 (half (half n)))) ns))
(print (quarters [8 12]))
(print (quarters [8 10]))
