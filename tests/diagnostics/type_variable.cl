(data Shape (Circle (radius float)) (Rect w h))
(type (Pair int) (Tuple int int))
(data Node item (Leaf) (Node (value item) (next (Node item))))
(define-effect ask (name string -> String))
; another spelling of a built-in type, once or more often
(define (same (x : int) (y : int)) : boolean (= x y))
; near a known type, and used once only
(define (area (x : stirng) (y : shape)) (list x y))
; type variables by choice
(define (pick (x : a) (_y : key) (_f : (Function key value))) : a x)
(define (pass (x : shape)) : shape x)
(print same area pick pass)
;! warning W0009: `float` is a type variable here, and no type
;!   1:29: this stands for any type
;!   = help: write `Float`; `clc check --fix` does it
;! warning W0009: `string` is a type variable here, and no type
;!   4:26: this stands for any type
;!   = help: write `String`; `clc check --fix` does it
;! warning W0009: `int` is a type variable here, and no type
;!   6:20: this stands for any type
;!   = help: write `Int`; `clc check --fix` does it
;! warning W0009: `int` is a type variable here, and no type
;!   6:30: this stands for any type
;!   = help: write `Int`; `clc check --fix` does it
;! warning W0009: `boolean` is a type variable here, and no type
;!   6:38: this stands for any type
;!   = help: write `Bool`; `clc check --fix` does it
;! warning W0009: `stirng` is a type variable here, and no type
;!   8:20: this stands for any type
;!   = help: did you mean `String`?
;! warning W0009: `shape` is a type variable here, and no type
;!   8:33: this stands for any type
;!   = help: write `Shape`; `clc check --fix` does it
