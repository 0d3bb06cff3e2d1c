(print "must not run")
(import "no/such/module" *)
