(import "lib_ring_a" (a))
(print "must not run")
