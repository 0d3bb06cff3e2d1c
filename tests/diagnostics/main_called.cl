(define (main) (print "hello"))
(main)
;! error E0109: `main` is called at the top level, and would run twice
;!   2:1: called here
;!   1:10: `main` runs by itself after the top level
;!   = help: remove this call, or rename the function
