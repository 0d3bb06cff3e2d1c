; A body whose arm is tested in several places stands once.
; shows: f
(define (f x)
  (match x
    ([1 a] :when (> a 1) a)
    ((or 2 3) "few")
    ("s" x)
    (:k 4)))
(print (f 1))
