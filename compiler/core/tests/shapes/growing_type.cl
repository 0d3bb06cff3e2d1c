; The test of a type whose parts grow ends: far inside only the outermost kind is tested.
; shows: f
(data Nest a (Leaf) (Nest a (Nest (List a))))
(define (f x)
  (match x
    ((: _ (Nest Int)) 1)))
(print (f 1))
