; main takes the command line's Strings.
(define (main args)
  (for-each (a args) (print (to-source a)))
  (length args))
