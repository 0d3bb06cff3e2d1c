; An uncaught run-time failure: output before it is kept, the message names function and type, status 1.
(define (average xs) (/ (sum xs) (length xs)))
(define (report name xs)
  (print name (average xs)))
(report "some" [1 2 3])
(io:write "pending")
(report "none" (drop 3 [1 2 3]))
(print "not reached")
