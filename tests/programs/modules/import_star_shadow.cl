; A top-level name of this module may be one of the prelude's; the library and other modules keep theirs.
(import "lib_hidden" *)
(define (str x) (list "own str" x))
(define (length _xs) "own length")
(print (str 1) (length [1 2]) (visible))
(print (string-join (map to-string [1 2]) "-") (reverse [1 2 3]))
(define visible-twice (list (visible) (visible)))
(print visible-twice)
