(define-syntax twice (syntax-rules () ((_ e) (do e e))))
(print (map if [true false]))
(define f twice)
(print f)
;! error E0110: `if` is a special form, not a value
;!   2:13: a value is needed here
;!   = help: wrap it in a function: `(lambda (x) …)`
;! error E0110: `twice` is a macro, not a value
;!   3:11: a value is needed here
;!   = help: wrap it in a function: `(lambda (x) …)`
