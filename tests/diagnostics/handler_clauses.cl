; Malformed handlers: clauses, names, parameters, duplicates.
(define-effect ask (name String -> String) (number -> Int))
(print (handler (ask:name (lambda (q) (resume q))) (ask:name "a")))
(print (handler 5 1))
(print (handler ((ask:nam (lambda (q) (resume q)))) 1))
(print (handler ((aks (lambda (op args) (resume 1)))) 1))
(print (handler ((io:prnt (lambda (x) (resume nil)))) 1))
(print (handler ((ask:name (lambda () (resume "x")))) 1))
(print (handler ((ask (lambda (x) (resume "x")))) 1))
(print (handler ((error:raise (lambda (err) 1)) (io:read-file (lambda () 1))) 1))
(print (handler ((ask:number (lambda () 1)) (ask:number (lambda () 2)) (return (lambda (x) x)) (return (lambda (x) 1))) 1))
(print (handler ((ask:number (lambda () (resume 1 2)))) 1))
(print (uncertain 0.5 1))
(print (resume 1))
;! error E0401: `handler` needs a list of clauses
;!   3:17: expected ((operation (lambda (argument …) …)) …)
;!   = help: write (handler ((operation function) …) body …)
;! error E0401: `handler` needs a list of clauses
;!   4:17: expected ((operation (lambda (argument …) …)) …)
;!   = help: write (handler ((operation function) …) body …)
;! error E0402: effect kind `ask` has no operation `nam`
;!   5:19: nothing can perform it
;!   = help: did you mean `name`?
;! error E0402: unknown effect kind `aks`
;!   6:19: no such kind is declared
;!   = help: did you mean `ask`?
;! error E0402: effect kind `io` has no operation `prnt`
;!   7:19: nothing can perform it
;!   = help: did you mean `print`?
;! error E0403: the clause for `ask:name` is called with 1 argument
;!   8:28: this function does not take them
;!   = help: write (lambda (argument0) …)
;! error E0403: the clause for `ask` is called with 2 arguments
;!   9:23: this function does not take them
;!   = help: write (lambda (operation arguments) …)
;! error E0403: the clause for `error:raise` is called with 3 arguments
;!   10:31: this function does not take them
;!   = help: write (lambda (type message data) …)
;! error E0403: the clause for `io:read-file` is called with 1 argument
;!   10:63: this function does not take them
;!   = help: write (lambda (argument0) …)
;! error E0404: two clauses for `ask:number` in one handler
;!   11:46: this one could never run
;!   11:19: the first is here
;!   = help: remove one of them
;! error E0404: two clauses for `return` in one handler
;!   11:97: this one could never run
;!   11:73: the first is here
;!   = help: remove one of them
;! error E0301: `resume` expects 0 to 1 argument, got 2
;!   12:41: called with 2 arguments
;!   = help: remove what is too much
;! error E0201: malformed `uncertain`
;!   13:8: expected (uncertain (weight expression …) …)
;!   = help: the form is `(uncertain (weight expression …) …)`
;! error E0101: unbound name `resume`
;!   14:9: nothing in scope has this name
;!   = help: did you mean `reduce`?
