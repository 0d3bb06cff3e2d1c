; allow-file: used-before-definitions W0001

; allow: unreachable-arn
(define (name n) (match n (_ "many") (0 "none")))

; allow:
(print (name 0))
; allow-file: unreachable-arm
;! warning W0004: no warning is called `used-before-definitions`
;!   1:15: unknown name
;!   = help: did you mean `used-before-definition`?
;! warning W0004: no warning is called `W0001`
;!   1:39: unknown name
;!   = help: did you mean `unreachable-arm`?
;! warning W0004: no warning is called `unreachable-arn`
;!   3:10: unknown name
;!   = help: did you mean `unreachable-arm` or `unreachable-code`?
;! warning W0001: this arm cannot be reached
;!   4:39: the arms before take all of this
;!   4:28: this takes every such value
;!   = help: move it before the more general arm, or remove it
;! warning W0004: this comment allows nothing
;!   6:9: no name follows
;!   = help: name the warnings that it is to silence: `; allow: unreachable-arm`
;! warning W0004: `allow-file` comes after the first form of the file, where it has no effect
;!   8:1: not at the start of the file
;!   = help: move it before the first form, or write `; allow: NAME` beside the warning
