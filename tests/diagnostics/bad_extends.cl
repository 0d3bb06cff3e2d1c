(define (area w h) (* w h))
(spec:contract area :requires [(> w 0) (> h 0)])
(define (square w) (* w w))
(spec:contract square :extends area)
(define (plain w h) w)
(define (a w h) w)
(spec:contract a :extends plain)
(define (b w h) w)
(spec:contract b :extends map)
(define (c w h ...more) w)
(spec:contract c :extends area)
(define (d w h) w)
(spec:contract d :extends aria)
(print (area 1 2) (square 1) (plain 1 2) (a 1 2) (b 1 2) (c 1 2) (d 1 2))
;! error E0607: `area` takes other parameters, so its contract cannot be extended
;!   4:32: it takes 2 parameters, this function 1 parameter
;!   2:16: the extended contract
;!   = help: write out the clauses that are to hold here too
;! error E0607: `plain` has no contract to extend
;!   7:27: a function with a contract is expected
;!   5:10: defined here
;!   = help: write `(spec:contract plain …)`, or leave out `:extends`
;! error E0607: `map` has no contract to extend
;!   9:27: a function with a contract is expected
;!   = help: write `(spec:contract map …)`, or leave out `:extends`
;! error E0607: `area` takes other parameters, so its contract cannot be extended
;!   11:27: it takes 2 parameters, this function 2 parameters and any number more
;!   2:16: the extended contract
;!   = help: write out the clauses that are to hold here too
;! error E0101: unbound name `aria`
;!   13:27: nothing in scope has this name
;!   = help: did you mean `area`?
