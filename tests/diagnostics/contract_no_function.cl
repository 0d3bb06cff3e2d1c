(define double (partial * 2))
(spec:contract double :requires [true])
(define limit 10)
(spec:contract limit :requires [true])
(define (step n) n)
(spec:contract step :requires [(> n 0)])
(set! step (lambda (n) (+ n 1)))
(print (let ((f (compose double step))) (spec:contract f :requires [true]) (f limit)))
;! error E0602: the contract names `double`, which is not defined as a function
;!   2:16: a contract is about a function's parameters and its result
;!   1:9: this shows no parameters
;!   = help: write `(define (double parameter …) expression …)`
;! error E0602: the contract names `limit`, which is not defined as a function
;!   4:16: a contract is about a function's parameters and its result
;!   3:9: this shows no parameters
;!   = help: write `(define (limit parameter …) expression …)`
;! error E0602: the contract names `step`, which is assigned with `set!`
;!   6:16: the contract would say nothing of the value assigned
;!   = help: define a function that keeps its value, and let it call what `step` holds
;! error E0602: the contract names `f`, which is not defined as a function
;!   8:56: a contract is about a function's parameters and its result
;!   8:15: this shows no parameters
;!   = help: write `(define (f parameter …) expression …)`
