(import "lib_hidden" (visible secret))
(print "must not run")
