; An error in an imported module is reported in that module, and nothing runs.
(print "must not run")
(import "lib_broken" (fine))
(print (fine))
