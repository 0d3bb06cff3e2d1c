; A pattern in let binds in the block.
; shows: f
(define (f xs)
  (let (((tuple a b) xs) ([c ...d] b))
    (tuple a c d)))
(print (f 1))
