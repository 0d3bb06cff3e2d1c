; Values that nothing takes; what changes something, may raise on purpose or stands last is no such value.
(define (longer xs)
  (append xs [4])
  (sort (map inc xs))
  {:a (length xs)}
  "no documentation here"
  (array-push! (array 1) 2)
  (parse-int "7")
  (map print xs)
  (set! longer longer)
  xs)
(define (documented) "says what it does" 1)
(length [1 2])
(print (longer [1 2 3]) (documented))
; allow: discarded-value
(str "kept quiet")
;! warning W0303: the value of `append` is dropped, and it does nothing else
;!   3:3: nothing takes it
;!   = help: use the value, give it a name, or take the expression out
;! warning W0303: this value is dropped
;!   5:3: nothing takes it
;!   = help: use the value, give it a name, or take the expression out
;! warning W0303: this value is dropped
;!   6:3: nothing takes it
;!   = help: use the value, give it a name, or take the expression out
;! warning W0303: the value of `length` is dropped, and it does nothing else
;!   13:1: nothing takes it
;!   = help: use the value, give it a name, or take the expression out
