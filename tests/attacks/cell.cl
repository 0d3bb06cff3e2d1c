; --allow time
; refused: io:print
; A function that is stored in a cell after the caller was written.
(define slot (state:new identity))
(define (use x) ((state:get slot) x))
(state:set slot (lambda (x) (print x)))
(use 1)
