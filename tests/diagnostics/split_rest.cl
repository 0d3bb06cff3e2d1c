(define (f a ... rest) (print a rest))
(f 1 2)
(print (match [1 2] ([x ... xs] xs) (_ nil)))
;! warning W0203: `...` stands apart from the name of the rest
;!   1:14: now `...rest`
;!   = help: write `...rest`; `clc check --fix` does it
;! warning W0203: `...` stands apart from the name of the rest
;!   3:25: now `...xs`
;!   = help: write `...xs`; `clc check --fix` does it
