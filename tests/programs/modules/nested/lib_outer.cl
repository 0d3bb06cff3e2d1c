; Imports are looked up next to the importing file first.
(import "inner/lib_inner" *)
(import "lib_sibling" (sibling))
(define (outer) (list "outer" (inner) (sibling)))
