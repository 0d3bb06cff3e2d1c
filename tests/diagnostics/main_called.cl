(define (main) (print "hello"))
(main)
