(define-effect ask (name String -> String) (stop -> Never))
(define (greet) (str "hello " (ask:name "your name?")))
(define (all n) (map (lambda (i) (greet)) (range n)))
(print (all 3))
(print (handler ((ask:stop (lambda () 0))) (ask:stop)))
(define (with-name f) (handler ((ask:name (lambda (p) (resume "Ann")))) (f)))
(print (with-name greet))
;! warning W0401: `ask:name` may be performed with no handler in force
;!   2:31: performed here
;!   4:8: `all` is called here
;!   3:17: `lambda` is called here
;!   3:34: `greet` is called here
;!   = help: put a handler for it around the call
