; What people write who come from elsewhere: one message each, with the present spelling.
(let (a 1) (print a))
(let ((b)) (print b))
(define c = 5)
(define d (x) (* x 2))
(defun e (x) (* x 2))
(match (list 1) ((cons f g) [f g]) (_ nil))
(define (h (x Int)) x)
(while true (break))
(print True null (h c) (d 1))
(import "." (i))
(for (j 10) 1)
;! error E0201: malformed `let`: expected a list of bindings: ((name value) …)
;!   2:6: expected a list of bindings: ((name value) …)
;!   = help: the form is `(let ((name value) …) expression …)`
;! error E0201: malformed `let`: expected (name value)
;!   3:7: expected (name value)
;!   = help: the form is `(let ((name value) …) expression …)`
;! error E0201: malformed `define`: expected the value right after the name
;!   4:1: expected the value right after the name
;!   = help: the form is `(define name expression) or (define (name parameter …) expression …)`
;!   = help: no `=` stands between them: `(define name expression)`
;! error E0201: malformed `define`: expected one expression after the name, or a function's name and parameters in brackets
;!   5:1: expected one expression after the name, or a function's name and parameters in brackets
;!   = help: the form is `(define name expression) or (define (name parameter …) expression …)`
;! error E0101: unbound name `defun`
;!   6:2: nothing in scope has this name
;!   = help: here that is written `(define (f x) …)`
;! error E0201: `(cons …)` is no pattern
;!   7:18: a pattern is expected here
;!   = help: write `[f ...g]`
;! error E0201: malformed `parameter`: expected `:` between name and type
;!   8:12: expected `:` between name and type
;!   = help: the form is `(lambda (name (name : Type) [pattern …] ...rest) expression …)`
;! error E0101: unbound name `break`
;!   9:14: nothing in scope has this name
;!   = help: here that is written as a `loop` that does not `recur`
;! error E0101: unbound name `True`
;!   10:8: nothing in scope has this name
;!   = help: here that is written `true`
;! error E0101: unbound name `null`
;!   10:13: nothing in scope has this name
;!   = help: here that is written `nil`
;! error E0103: no module "."
;!   11:9: this path names no file
;!   = help: paths are relative to the importing file; library modules are "std/NAME"
;! error E0101: unbound name `for`
;!   12:2: nothing in scope has this name
;!   = help: here that is written `(for-each (x xs) …)` or `(dotimes (i n) …)`
;! error E0101: unbound name `j`
;!   12:7: nothing in scope has this name
;!   = help: define it, import it, or add it as a parameter
