(define (f a ... rest) (print a rest))
(f 1 2)
(print (match [1 2] ([x ... xs] xs) (_ nil)))
;! warning W0203: `...` stands apart from the name of the rest
;!   1:14: now `...rest`
;!   = help: write `...rest`; `clc check --fix` does it
;! warning W0006: the variable `x` is never used
;!   3:23: never used
;!   = help: use it, or write `_` or `_x` in its place
;! warning W0203: `...` stands apart from the name of the rest
;!   3:25: now `...xs`
;!   = help: write `...xs`; `clc check --fix` does it
