; Builds from three files: this one, lib/table.cl and lib/text.cl.
(import "lib/table" (print-table))

(define (main)
  (print-table ["planet" "moons"] [["Earth" 1] ["Mars" 2] ["Jupiter" 97]]))
