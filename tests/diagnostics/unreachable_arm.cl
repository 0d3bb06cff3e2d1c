(define (name n)
  (match n
    (other "many")
    (0 "none")))
(print (name 0))
