; A module that writes when it is loaded.
(module loud
  (export quiet)
  (print "loaded")
  (define (quiet) nil))
