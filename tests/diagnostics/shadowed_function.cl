(define (pair-with list x)
  (list x (head list)))
(print (pair-with [1 2] 3))
;! warning W0008: this calls the variable `list`, not the library's function `list`
;!   2:4: a call of the variable
;!   1:20: the variable
;!   = help: give the variable another name
;! error E0303: a value of type `(List Any)` is called, and is no function
;!   2:4: this is no function
;!   2:17: it is `(List Any)` because `head` takes it here
;!   = help: only a function can be called; to give a value, write its name without brackets around it
