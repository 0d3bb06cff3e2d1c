(define-syntax twice (syntax-rules () ((_ e) (do e e))))
(print (map if [true false]))
(define f twice)
(print f)
