(define (f xs)
  (map (lambda (x) [x (+ x 1)
       xs)
