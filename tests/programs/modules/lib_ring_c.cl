(import "lib_ring_a" *)
(define c 1)
