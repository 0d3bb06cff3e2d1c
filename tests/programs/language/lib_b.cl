(print "root lib_b runs") (define (b) "root/b")
