; The test of a type goes through all parts.
; shows: _Option_String_
(data Option a (None) (Some a))
(define (f x)
  (match x
    ((: _ (Option String)) 1)))
(print (f 1))
