(define c (chan))
(go)
(async (x))
(scope)
(with-lock (concurrent:mutex))
(select 1)
(select ((recieve! c) (lambda (v) v)))
(select ((receive! c) (lambda (v) v) 1))
(select (default))
(select ((timeout 1) (lambda () 1)) ((timeout 2) (lambda () 2)))
(select ((receive! c) (lambda () 1)) ((send! c 1) (lambda (x) x)))
((async (x) x))
(print go)
(loop ((i 0)) (with-lock (concurrent:mutex) (recur 1)))
;! error E0201: malformed `go`
;!   2:1: expected (go expression …)
;!   = help: the form is `(go expression …)`
;! error E0201: malformed `async`
;!   3:1: expected (async (parameter …) expression …)
;!   = help: the form is `(async (parameter …) expression …)`
;! error E0201: malformed `scope`
;!   4:1: expected (scope expression …)
;!   = help: the form is `(scope expression …)`
;! error E0201: malformed `with-lock`
;!   5:1: expected (with-lock mutex expression …)
;!   = help: the form is `(with-lock mutex expression …)`
;! error E0201: malformed `select`: expected a clause with what it waits for and a function
;!   6:9: expected a clause with what it waits for and a function
;!   = help: the form is `(select ((receive! channel) function) ((send! channel value) function) ((timeout seconds) function) (default expression …))`
;! error E0201: malformed `select`: expected a clause with what it waits for and a function
;!   7:9: expected a clause with what it waits for and a function
;!   = help: the form is `(select ((receive! channel) function) ((send! channel value) function) ((timeout seconds) function) (default expression …))`
;!   = help: did you mean `receive!`?
;! error E0201: malformed `select`: expected a clause with what it waits for and a function
;!   8:9: expected a clause with what it waits for and a function
;!   = help: the form is `(select ((receive! channel) function) ((send! channel value) function) ((timeout seconds) function) (default expression …))`
;! error E0201: malformed `select`: expected an expression after `default`
;!   9:9: expected an expression after `default`
;!   = help: the form is `(select ((receive! channel) function) ((send! channel value) function) ((timeout seconds) function) (default expression …))`
;! error E0201: malformed `select`: expected one timeout clause
;!   10:37: expected one timeout clause
;!   = help: the form is `(select ((receive! channel) function) ((send! channel value) function) ((timeout seconds) function) (default expression …))`
;! error E0301: `lambda` expects no arguments, got 1
;!   11:9: called with 1 argument
;!   11:23: `lambda` is defined here
;!   = help: remove what is too much
;! error E0301: `lambda` expects 1 argument, got 0
;!   11:38: called with no arguments
;!   11:51: `lambda` is defined here
;!   = help: add what is missing
;! error E0301: `lambda` expects 1 argument, got 0
;!   12:1: called with no arguments
;!   = help: add what is missing
;! error E0110: `go` is a special form, not a value
;!   13:8: a value is needed here
;!   = help: wrap it in a function: `(lambda (x) …)`
;! error E0202: `recur` without a `loop` around it in the same function
;!   14:45: there is no loop to jump to
;!   = help: put it in a `(loop ((name value) …) …)`, or call the function by its name
