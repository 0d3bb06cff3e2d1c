(define limit 10)
(define limit 20)
(define (f a b a) a)
(define (g)
  (define x 1)
  (define x 2)
  x)
(print (let ((y 1) (y 2)) y) (match [1 2] ([p p] p)) (f 1 2 3) (g) limit)
;! error E0102: `limit` is bound twice at the top level
;!   2:9: bound again here
;!   1:9: first bound here
;!   = help: rename one, remove one, or assign with `set!`
;! error E0102: `a` is bound twice in one parameter list
;!   3:16: bound again here
;!   3:12: first bound here
;!   = help: rename one of them
;! error E0102: `x` is bound twice in one body
;!   6:11: bound again here
;!   5:11: first bound here
;!   = help: rename one, remove one, or assign with `set!`
;! error E0102: `y` is bound twice in one `let`
;!   8:21: bound again here
;!   8:15: first bound here
;!   = help: rename one; nest a second `let` to bind the name anew
;! error E0102: `p` is bound twice in one pattern
;!   8:47: bound again here
;!   8:45: first bound here
;!   = help: rename one, and compare the two with a guard: `:when (= a b)`
