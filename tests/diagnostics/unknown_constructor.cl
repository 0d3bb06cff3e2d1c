(data Shape (Circle r) (Square a))
(define (area s)
  (match s
    ((Circel r) (* r r))
    ((Square a) (* a a))))
(print (area (Square 2)))
