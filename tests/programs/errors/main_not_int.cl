; What main returns is the exit status only if it is an Int.
(define (main args)
  (print "arguments" args (length args))
  "not an Int")
