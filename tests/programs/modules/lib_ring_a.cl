(import "lib_ring_b" *)
(define a 1)
