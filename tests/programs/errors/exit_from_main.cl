; An Int that main returns is the exit status; top-level forms run before it.
(print "top level")
(define (main)
  (print "main")
  (+ 1 2))
