; --allow time
; refused: io:print
(state:set "hook" (lambda (x) (print x)))
(define (use x) ((state:get "hook") x))
(use 1)
