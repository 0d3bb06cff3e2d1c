(define (pair-with list x)
  (list x (head list)))
(print (pair-with [1 2] 3))
;! warning W0008: this calls the variable `list`, not the library's function `list`
;!   2:4: a call of the variable
;!   1:20: the variable
;!   = help: give the variable another name
