(define (twice n) (print n) (* 2 n))
(spec:contract twice :pure true)
(define (log x) (io:print-err x))
(define (area w h) (log w) (* w h))
(spec:contract area :effects [time])
(define (calm n) (if (< n 0) (error "negative") n))
(spec:contract calm :pure true)
(print (twice 4) (area 1 2) (calm 1))
;! error E0405: `twice` may perform `io:print`, which its contract excludes
;!   2:22: promised here
;!   1:19: `io:print` comes from here
;!   = help: move the effect out of the function, or name it in the contract
;! error E0405: `area` may perform `io:print-err`, which its contract excludes
;!   5:30: promised here
;!   4:20: it is reached by this call
;!   3:17: `io:print-err` comes from here
;!   = help: move the effect out of the function, or name it in the contract
