(define (f xs)
  (map (lambda (x) [x (+ x 1)
       xs)
;! error E0001: `(` is never closed
;!   2:3: this bracket was opened and never closed
;!   1:1: this one is not closed either
;!   = help: add `))` where the form ends
;! error E0002: `[` is closed by `)`
;!   2:20: this bracket was opened
;!   3:10: expected `]`, found `)`
;!   = help: write `]` in its place, or add `]` before it
