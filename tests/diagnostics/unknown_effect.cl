(define-effect log (line String -> Nil))
(define (greet name) (log:line name) (print "hello" name))
(spec:contract greet :effects [oi log output io:print])
(print (function? greet))
;! error E0609: there is no effect `oi`
;!   3:32: neither a kind nor an operation
;!   = help: did you mean `io`?
;! error E0609: there is no effect `output`
;!   3:39: neither a kind nor an operation
;!   = help: name a kind, such as `io`, or an operation, such as `io:print`
