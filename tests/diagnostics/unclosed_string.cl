(define greeting "hello)
(define (main)
  (print greeting "world"))
