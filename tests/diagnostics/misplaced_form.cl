(print (+ 1 (define x 2)))
(define (f) (import "lib_shapes" (area)) (area 1 2))
(f)
