(define-syntax forever (syntax-rules () ((_ e) (forever (do e)))))
(forever 1)
;! error E0207: the expansion of macro `forever` goes beyond 5000 expansions one after the other
;!   2:1: this use
;!   = help: does one of its rules expand to a use of itself without end?
