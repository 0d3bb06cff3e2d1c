(define (half (n : Int)) : Float (quot n 2))
(print (: "a" Int))
(define (add (a : Int) (b : (or Int Float))) (+ a b))
(print (add 1 2) (add 1.5 2) (add 1 "b"))
(type Id (or Int String))
(define (show (id : Id)) (str id))
(print (show 1) (show "a") (show :a))
(data Point (Point (x Float) (y Float)))
(print (Point 1.0 2))
(define name : String (length [1 2]))
(print (+ (half 4) 1))
;! error E0305: result of half must be `Float`, and is `Int`
;!   1:34: this is `Int`
;!   = help: an Int is no Float: write `2.0` for `2`, use `float`, or annotate `Number`
;! error E0305: this expression must be `Int`, and is `String`
;!   2:8: this is `String`
;!   = help: annotate `String`, or give a value of type `Int`
;! error E0304: argument 1 of `add` must be `Int`, and is `Float`
;!   4:23: this is `Float`
;!   = help: `floor`, `round` and `int` make an Int of a Number
;! error E0304: argument 2 of `add` must be `Number`, and is `String`
;!   4:37: this is `String`
;!   = help: `parse-int` and `parse-float` read numbers from Strings
;! error E0304: argument 1 of `show` must be `(or Int String)`, and is `Keyword`
;!   7:34: this is `Keyword`
;!   = help: pass a value of type `(or Int String)`, or test the value first
;! error E0305: field y of Point must be `Float`, and is `Int`
;!   9:8: this is `Int`
;!   = help: an Int is no Float: write `2.0` for `2`, use `float`, or annotate `Number`
;! error E0305: variable name must be `String`, and is `Int`
;!   10:1: this is `Int`
;!   10:23: `length` gives `Int` here
;!   = help: annotate `Int`, or give a value of type `String`
