(define (f n) n)
(spec:contract f
  :requires [(<= result n) (= n (old n)) (decreasing n)]
  :ensures [(= (old result) n) (= (old (old n)) n) (forall (x [1]) (= x (old x))) (old n n) (> resul 0)]
  :invariant [(> result 0) (> (old n) 0) (not (decreasing n))])
(print (f 1) result (old 5) (decreasing 3))
;! error E0606: `result` has a meaning only in the `:ensures` clauses of a contract
;!   3:18: not here
;!   = help: move the clause to `:ensures`, or define the name
;! error E0606: `(old …)` has a meaning only in the `:ensures` clauses of a contract
;!   3:33: not here
;!   = help: move the clause to `:ensures`, or define the name
;! error E0606: `decreasing` may stand only as a clause of `:invariant`
;!   3:42: not here
;!   = help: write `:invariant [(decreasing expression)]`
;! error E0606: `result` inside `(old …)`
;!   4:21: `old` takes the value on entry, before there is any of this
;!   = help: write it outside of `(old …)`
;! error E0606: `(old …)` inside `(old …)`
;!   4:40: `old` takes the value on entry, before there is any of this
;!   = help: write it outside of `(old …)`
;! error E0606: `x` inside `(old …)` is bound only within the clause
;!   4:78: `old` is evaluated on entry, before the clause
;!   4:61: bound here
;!   = help: let `old` take the whole value that is needed, and the clause a part of it: `(nth (old xs) i)`
;! error E0201: malformed `old`
;!   4:83: expected (old expression)
;!   = help: the form is `(old expression)`
;! error E0101: unbound name `resul`
;!   4:96: nothing in scope has this name
;!   = help: did you mean `result`, `recur` or `rest`?
;! error E0606: `result` has a meaning only in the `:ensures` clauses of a contract
;!   5:18: not here
;!   = help: move the clause to `:ensures`, or define the name
;! error E0606: `(old …)` has a meaning only in the `:ensures` clauses of a contract
;!   5:31: not here
;!   = help: move the clause to `:ensures`, or define the name
;! error E0606: `decreasing` may stand only as a clause of `:invariant`
;!   5:47: not here
;!   = help: write `:invariant [(decreasing expression)]`
;! error E0101: unbound name `result`
;!   6:14: nothing in scope has this name
;!   = help: did you mean `rest`?
;! error E0101: unbound name `old`
;!   6:22: nothing in scope has this name
;!   = help: did you mean `fold`?
;! error E0101: unbound name `decreasing`
;!   6:30: nothing in scope has this name
;!   = help: define it, import it, or add it as a parameter
