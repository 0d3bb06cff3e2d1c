(define-syntax twice (syntax-rules () ((_ e) (do e ...))))
(twice (print 1))
(define-syntax broken 5)
(define-syntax lead (syntax-rules () ((_ ... e) e)))
;! error E0206: malformed macro: `...` follows something without a repeated variable
;!   1:46: here
;!   2:1: used here
;!   = help: the form is `(define-syntax name (syntax-rules (literal …) (pattern template) …))`
;! error E0206: malformed macro: expected (syntax-rules (literal …) (pattern template) …)
;!   3:23: here
;!   = help: the form is `(define-syntax name (syntax-rules (literal …) (pattern template) …))`
