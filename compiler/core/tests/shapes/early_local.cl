; A lambda may see a variable of its block before that has a value.
; shows: body
(define (body k)
  (define (g) v)
  (define w (k g))
  (define v 3)
  [w (g)])
(print (body (lambda (f) 1)))
