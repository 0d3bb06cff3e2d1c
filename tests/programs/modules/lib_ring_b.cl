(import "lib_ring_c" *)
(define b 1)
