; What a match leaves out of its type is for run time to tell, what is of another type is an error.
; allow-file: incomplete-match
(data Shape (Circle Float) (Rect Float Float) (Dot))
(define (area s) (match s ((Circle r) (* r r)) ((Rect w h) (* w h))))
(define (first-of xs) (match xs ([x ..._] x)))
(define (yes b) (match b (true "yes")))
(define (pair t) (match t ((tuple a b) (+ a b))))
(define (main)
  (print (area Dot) (first-of []) (yes false) (pair (tuple 1 2 3)))
  (print (area "a"))
  (print (first-of 5))
  (print (yes 1))
  (print (pair [1 2])))
;! error E0304: argument 1 of `area` must be `Shape`, and is `String`
;!   10:16: this is `String`
;!   = help: pass a value of type `Shape`, or test the value first
;! error E0304: argument 1 of `first-of` must be `(List Any)`, and is `Int`
;!   11:20: this is `Int`
;!   5:23: `first-of` needs `(List Any)` because of this test
;!   = help: pass a value of type `(List Any)`, or test the value first
;! error E0304: argument 1 of `yes` must be `Bool`, and is `Int`
;!   12:15: this is `Int`
;!   6:17: `yes` needs `Bool` because of this test
;!   = help: pass a value of type `Bool`, or test the value first
;! error E0304: argument 1 of `pair` must be `(Tuple Any Any)`, and is `(List Int)`
;!   13:16: this is `(List Int)`
;!   = help: pass a value of type `(Tuple Any Any)`, or test the value first
