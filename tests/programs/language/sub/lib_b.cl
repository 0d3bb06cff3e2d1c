(print "lib_b runs") (define (b) "sub/b")
