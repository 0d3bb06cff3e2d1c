(print [1 2 3))
(define d {"a" 1])
(print d)
