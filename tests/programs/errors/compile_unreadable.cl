(print "must not run")
(print ])
(print "bad \q escape")
(print "unclosed)
