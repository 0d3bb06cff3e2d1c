; The test of a List is a loop.
; shows: _List_Int_
(define (f x)
  (match x
    ((: _ (List Int)) 1)))
(print (f 1))
