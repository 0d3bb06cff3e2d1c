(print total)
(define total 3)
