(define (name n) (match n (0 "none") (_ "many"))) ; allow: unreachable-arm

; allow: unreachable-arm used-before-definition
; The order is part of the joke.
(define (joke n) (match n (_ "many") (0 "none")))

(print (name 0) (joke 0))
;! warning W0005: no warning `unreachable-arm` is given here
;!   1:60: silences nothing
;!   = help: remove the name; or the comment belongs on the line of the warning, or directly above it
;! warning W0005: no warning `used-before-definition` is given here
;!   3:26: silences nothing
;!   = help: remove the name; or the comment belongs on the line of the warning, or directly above it
