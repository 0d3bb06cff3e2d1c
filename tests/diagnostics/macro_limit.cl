(define-syntax forever (syntax-rules () ((_ e) (forever (do e)))))
(forever 1)
;! error E0207: the expansion of macro `forever` goes beyond 5000 expansions one after the other
;!   2:1: this use
;!   1:16: macro `forever`
;!   = the expansion: `forever` → `forever` → `forever` → … 4995 more … → `forever` → `forever` → `forever`
;!   = help: does a rule expand to a use of its own macro without end?
