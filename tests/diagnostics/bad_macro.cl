(define-syntax twice (syntax-rules () ((_ e) (do e ...))))
(twice (print 1))
(define-syntax broken 5)
(define-syntax lead (syntax-rules () ((_ ... e) e)))
