; Known functions are called directly, further arguments in a List; others as values.
; shows: f
(define (f g)
  [(variadic 1 2 3) (variadic 1) (g 1) ((lambda (a ...b) [a b g]) 1 2 3) (Pair 1 g) None (tuple 1 g) (tuple 1 2)])
(define (variadic a ...b) b)
(data Pair (Pair a b))
(data Option a (None) (Some a))
(print (f 1))
