(import "import_self" *)
(print "must not run")
