; Dicts, Tuples, types, alternatives, names for the whole, guards.
; shows: f
(define (f d)
  (match d
    ({:a 1 "b" x} x)
    ((tuple x (as [y] z)) [x y z])
    ((: n Int) :when (< n 5) n)
    ((or [p _] [_ _ p]) p)))
(print (f 1))
