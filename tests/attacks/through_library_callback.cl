; --allow time
; refused: io:print
(sort-with (lambda (a b) (print a b) (compare a b)) [3 1 2])
