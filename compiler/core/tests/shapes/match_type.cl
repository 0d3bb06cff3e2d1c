; A type with parts is tested by a function.
; shows: f
(data Option a (None) (Some a))
(define (f x)
  (match x
    ((: [_ ...r] (List (or Int (Option String)))) r)))
(print (f 1))
