(data shape (circle r) (Rect w h))
(type pair (Tuple Int Int))
(define (area (s : shape)) (match s ((circle r) r) ((Rect w h) (* w h))))
(define (first-of (p : pair)) (match p ((tuple a _) a)))
(print (area (circle 2)) (first-of (tuple 1 2)))
;! warning W0010: the type `shape` begins with a small letter
;!   1:7: call it `Shape`
;!   = help: a lower-case name is a variable in patterns, and a type variable in types, wherever this one is not in scope
;! warning W0010: the constructor `circle` begins with a small letter
;!   1:14: call it `Circle`
;!   = help: a lower-case name is a variable in patterns, and a type variable in types, wherever this one is not in scope
;! warning W0010: the type `pair` begins with a small letter
;!   2:7: call it `Pair`
;!   = help: a lower-case name is a variable in patterns, and a type variable in types, wherever this one is not in scope
