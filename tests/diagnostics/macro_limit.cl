(define-syntax forever (syntax-rules () ((_ e) (forever (do e)))))
(forever 1)
