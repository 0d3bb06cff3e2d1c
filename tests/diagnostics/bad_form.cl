; The shape of each form is shown.
(let (x 1) (print x))
(if)
(define)
(lambda x x)
(cond 1)
(match)
(print ())
(set! 1 2)
(loop (i 0) i)
;! error E0201: malformed `let`: expected a list of bindings: ((name value) …)
;!   2:6: expected a list of bindings: ((name value) …)
;!   = help: the form is `(let ((name value) …) expression …)`
;! error E0201: malformed `if`
;!   3:1: expected (if condition then else) or (if condition then)
;!   = help: the form is `(if condition then else) or (if condition then)`
;! error E0201: malformed `define`
;!   4:1: expected (define name expression) or (define (name parameter …) expression …)
;!   = help: the form is `(define name expression) or (define (name parameter …) expression …)`
;! error E0201: malformed `lambda`
;!   5:1: expected (lambda (parameter …) expression …)
;!   = help: the form is `(lambda (parameter …) expression …)`
;! error E0201: malformed `cond`: expected (condition expression …) or (else expression …)
;!   6:7: expected (condition expression …) or (else expression …)
;!   = help: the form is `(cond (condition expression …) … (else expression …))`
;! error E0201: malformed `match`
;!   7:1: expected (match value (pattern expression …) …)
;!   = help: the form is `(match value (pattern expression …) …)`
;! error E0201: `()` is no expression
;!   8:8: an expression is expected here
;!   = help: the empty List is `[]`; a call needs a function first: `(f a b)`
;! error E0201: malformed `set!`
;!   9:1: expected (set! name expression)
;!   = help: the form is `(set! name expression)`
;! error E0201: malformed `loop`: expected (name value)
;!   10:8: expected (name value)
;!   = help: the form is `(loop ((name value) …) expression …)`
;! error E0201: malformed `loop`: expected (name value)
;!   10:10: expected (name value)
;!   = help: the form is `(loop ((name value) …) expression …)`
;! error E0101: unbound name `i`
;!   10:13: nothing in scope has this name
;!   = help: did you mean `if` or `pi`?
