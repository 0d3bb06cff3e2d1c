(print (filter (lambda (a b) (> a b)) [1 2 3]))
(define (add a b) (+ a b))
(print (map add [1 2]) (map add [1 2] [3 4]) (fold inc 0 [1]))
;! error E0306: `filter` calls its argument 1 with 1 argument, and this takes 2 arguments
;!   1:16: this takes 2 arguments
;!   = help: pass a function that takes 1 argument
;! error E0306: `map` calls its argument 1 with 1 argument, and this takes 2 arguments
;!   3:13: this takes 2 arguments
;!   = help: pass a function that takes 1 argument
;! error E0306: `fold` calls its argument 1 with 2 arguments, and this takes 1 argument
;!   3:52: this takes 1 argument
;!   = help: pass a function that takes 2 arguments
