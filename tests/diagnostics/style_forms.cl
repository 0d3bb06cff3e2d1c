(define (small? n) (if (< n 10) true false))
(define (other n) (if n false true))
(define (greet name) (if name (print "hello" name) nil))
(define (need x) (if x nil (print "missing")))
(define (ended? line) (= line nil))
(define (differ? a b) (not (= a b)))
(define (both a b)
  (do
    (print a)
    (unless (not b) (print b))))
(greet (do "Ada"))
(need (other (small? 1)))
(print (ended? nil) (differ? 1 2))
(both 1 2)
(if (small? 2) (print 1) nil) ; allow: if-nil
;! warning W0221: this `if` gives the truth of its condition
;!   1:20: the same as the condition
;!   = help: write the condition in its place; `clc lint --fix` does it
;! warning W0221: this `if` gives the truth of its condition
;!   2:19: the same as `not` of the condition
;!   = help: write `not` of the condition in its place; `clc lint --fix` does it
;! warning W0222: `when` says this without the `nil`
;!   3:22: the same as `(when condition expression)`
;!   = help: write `when`; `clc lint --fix` does it
;! warning W0222: `unless` says this without the `nil`
;!   4:18: the same as `(unless condition expression)`
;!   = help: write `unless`; `clc lint --fix` does it
;! warning W0223: a comparison with `nil`
;!   5:23: the same as `nil?`
;!   = help: write `(nil? x)`; `clc lint --fix` does it
;! warning W0224: `not=` says this without `not`
;!   6:23: use `not=`
;!   = help: write `not=`; `clc lint --fix` does it
;! warning W0225: this `do` does nothing
;!   8:3: what is in it can stand without it
;!   = help: remove it and keep what is in it; `clc lint --fix` does so
;! warning W0224: `when` says this without `not`
;!   10:5: use `when`
;!   = help: write `when`; `clc lint --fix` does it
;! warning W0225: this `do` does nothing
;!   11:8: what is in it can stand without it
;!   = help: remove it and keep what is in it; `clc lint --fix` does so
