; A wrong number of arguments hides no other mistake.
(define (greet name) (string-upper name))
(define (main)
  (let ((n (string-length "abc")))
    (print (greet n))
    (print (head (list 1 2)) (greet "a" "b"))))
;! error E0304: argument 1 of `greet` must be `String`, and is `Int`
;!   5:19: this is `Int`
;!   4:12: `string-length` gives `Int` here
;!   2:36: `greet` needs `String` because it passes this to `string-upper`
;!   = help: `str` makes a String of any value
;! error E0301: `greet` expects 1 argument, got 2
;!   6:30: called with 2 arguments
;!   2:10: `greet` is defined here
;!   = help: remove what is too much
