; A call with a wrong number of arguments inside try is left to the run time.
; shows: f
(define (f) (try (g 1 2) (catch (e) 1)))
(define (g x) x)
(print (f))
