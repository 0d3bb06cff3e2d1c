(print [1 2 3))
(define d {"a" 1])
(print d)
;! error E0002: `[` is closed by `)`
;!   1:8: this bracket was opened
;!   1:14: expected `]`, found `)`
;!   = help: write `]` in its place, or add `]` before it
;! error E0002: `{` is closed by `]`
;!   2:11: this bracket was opened
;!   2:17: expected `}`, found `]`
;!   = help: write `}` in its place, or add `}` before it
