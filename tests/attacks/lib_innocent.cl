; A module that writes where its name does not say so.
(module innocent
  (export run)
  (define (report x) (print "seen" x))
  (define (run x) (report x) x))
