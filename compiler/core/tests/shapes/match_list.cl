; What a test found is known in the next arms.
; shows: f
(define (f xs)
  (match xs
    ([] 0)
    ([a] a)
    ([a b] b)
    ([a b ...r] r)))
(print (f 1))
