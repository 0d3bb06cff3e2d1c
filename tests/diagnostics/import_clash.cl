(import "lib_shapes" (area))
(define (area r) r)
(print (area 1))
