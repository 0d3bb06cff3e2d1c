; the reason in the function, also through others
(define (add-tax price) (* price 1.2))
(define (total price) (add-tax price))
(print (add-tax "10"))
(print (total "10"))
; the reason of the value
(define width (string-length "abc"))
(print (string-upper width))
(define (shout x) (if (int? x) (string-upper x) (string-lower x)))
(define (both s) (print (string-length s)) (+ s 1))
; known by patterns
(data Shape (Circle (radius Float)) (Rect (w Float) (h Float)))
(define (area s) (match s ((Circle r) (* r r)) ((Rect w h) (* w h))))
(print (area 3) (area :circle))
; several clauses: which argument is to blame
(print (< 1 "a") (head 5) (nth [1 2] "0") (get 5 1))
; once for one cause, and nothing more of what follows from it
(define (broken) (+ 1 "a"))
(print (+ 1 (broken)))
; what may be right is accepted
(define (maybe x) (if (string? x) (string-length x) (+ x 1)))
(print (maybe 1) (maybe "a") (map (lambda (x) (maybe x)) [1 "b"]))
(print (try (head 5) (catch (e) (get e "type"))))
(print (handler ((error (lambda (e) (get e "type")))) (head 5)))
;! error E0304: argument 1 of `add-tax` must be `Number`, and is `String`
;!   4:17: this is `String`
;!   2:28: `add-tax` needs `Number` because it passes this to `*`
;!   = help: `parse-int` and `parse-float` read numbers from Strings
;! error E0304: argument 1 of `total` must be `Number`, and is `String`
;!   5:15: this is `String`
;!   3:32: `total` needs `Number` because it passes this to `add-tax`
;!   2:28: `add-tax` needs `Number` because it passes this to `*`
;!   = help: `parse-int` and `parse-float` read numbers from Strings
;! error E0304: argument 1 of `string-upper` must be `String`, and is `Int`
;!   8:22: this is `Int`
;!   7:9: `width` holds `Int`
;!   = help: `str` makes a String of any value
;! error E0304: argument 1 of `string-upper` must be `String`, and is `Int`
;!   9:46: this is `Int`
;!   9:23: it is `Int` because of this test
;!   = help: `str` makes a String of any value
;! error E0304: argument 1 of `+` must be `Number`, and is `String`
;!   10:47: this is `String`
;!   10:40: it is `String` because `string-length` takes it here
;!   = help: `+` adds numbers; `concat` joins Strings
;! error E0304: argument 1 of `area` must be `Shape`, and is `Int`
;!   14:14: this is `Int`
;!   = help: pass a value of type `Shape`, or test the value first
;! error E0304: argument 1 of `area` must be `Shape`, and is `Keyword`
;!   14:23: this is `Keyword`
;!   = help: pass a value of type `Shape`, or test the value first
;! error E0304: argument 2 of `<` must be `Number`, and is `String`
;!   16:13: this is `String`
;!   = help: `parse-int` and `parse-float` read numbers from Strings
;! error E0304: argument 1 of `head` must be `(List Any)`, and is `Int`
;!   16:24: this is `Int`
;!   = help: pass a value of type `(List Any)`, or test the value first
;! error E0304: argument 2 of `nth` must be `Int`, and is `String`
;!   16:38: this is `String`
;!   = help: `parse-int` and `parse-float` read numbers from Strings
;! error E0304: argument 1 of `get` must be `(or Nil (List Any) (Dict Any Any) (Set Any) constructor value)`, and is `Int`
;!   16:48: this is `Int`
;!   = help: pass a value of type `(or Nil (List Any) (Dict Any Any) (Set Any) constructor value)`, or test the value first
;! error E0304: argument 2 of `+` must be `Number`, and is `String`
;!   18:23: this is `String`
;!   = help: `+` adds numbers; `concat` joins Strings
;! warning E0304: argument 1 of `head` must be `(List Any)`, and is `Int`
;!   23:19: this is `Int`
;!   = help: pass a value of type `(List Any)`, or test the value first
;! warning E0304: argument 1 of `head` must be `(List Any)`, and is `Int`
;!   24:61: this is `Int`
;!   = help: pass a value of type `(List Any)`, or test the value first
