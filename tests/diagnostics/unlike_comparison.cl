(define n (string-length "abc"))
(print (= n "3") (not= n :three) (= n 3.0) (= [] [1]) (= true false))
(define (f x) (if (int? x) (= x "a") (= x 1)))
(print (f 1))
;! warning W0302: `Int` and `String` are never equal
;!   2:8: this is always false
;!   = help: convert one side, or compare something else
;! warning W0302: `Int` and `Keyword` are never equal
;!   2:18: this is always true
;!   = help: convert one side, or compare something else
;! warning W0302: `Int` and `String` are never equal
;!   3:28: this is always false
;!   = help: convert one side, or compare something else
