; --allow time
; refused: io:print
; The closure leaves the handler that it was made in.
(define later (handler ((io (lambda (op args) (resume nil)))) (lambda () (print "free"))))
(later)
