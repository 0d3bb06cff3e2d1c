; What stands in an expansion: the use, the place in the template, and the uses between them.
(define-syntax inner (syntax-rules () ((inner x) (+ x unknown-name))))
(define-syntax middle (syntax-rules () ((middle x) (do (inner x)))))
(define-syntax outer (syntax-rules () ((outer x) (list (middle x)))))
(print (outer 1))

; An error in what the user gave stands there.
(print (outer undefined-too))

; Definitions that a macro makes.
(define-syntax define-getter (syntax-rules () ((define-getter name) (define (name x) (get x missing-key)))))
(define-getter key)
(print (key {}))

; Two macros without end.
(define-syntax ping (syntax-rules () ((ping x) (list (pong x)))))
(define-syntax pong (syntax-rules () ((pong x) (list (ping x)))))
(print (ping 1))
;! error E0101: unbound name `unknown-name`
;!   5:8: nothing in scope has this name
;!   2:55: written here, in macro `inner`
;!   3:56: in this use of macro `inner`
;!   4:56: in this use of macro `middle`
;!   8:8: and here
;!   = help: define it, import it, or add it as a parameter
;! error E0101: unbound name `undefined-too`
;!   8:15: nothing in scope has this name
;!   3:56: in this use of macro `inner`
;!   4:56: in this use of macro `middle`
;!   8:8: in this use of macro `outer`
;!   = help: define it, import it, or add it as a parameter
;! error E0101: unbound name `missing-key`
;!   12:1: nothing in scope has this name
;!   11:93: written here, in macro `define-getter`
;!   = help: define it, import it, or add it as a parameter
;! error E0207: the expansion of macro `ping` goes beyond 5000 expansions inside each other
;!   18:8: this use
;!   16:16: macro `ping`
;!   17:16: macro `pong`
;!   = the expansion: `ping` → `pong` → `ping` → … 4995 more … → `ping` → `pong` → `ping`
;!   = help: does a rule expand to a use of its own macro without end?
