; --allow time
; accepted
; Every io operation of the body is handled.
(define (talk) (print "a") (io:write "b") (time:now))
(handler ((io (lambda (op args) (resume nil)))) (talk))
