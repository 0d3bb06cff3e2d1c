; The user's own type and message, raised in main after output.
(define (check-stock item count)
  (if (< count 0) (error:raise "out-of-stock" (str "no more " item) {"item" item}) count))
(define (main)
  (print "starting")
  (try (check-stock "apples" -1) (finally (print "cleaned up")))
  (print "not reached"))
