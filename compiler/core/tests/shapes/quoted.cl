; Constants are static and shared.
; shows: f
(define (f) ['(1 (2 "x") y) '(2 "x") 100000000000000000000 1.5 [1 2 3]])
(print (f))
