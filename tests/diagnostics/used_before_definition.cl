(print total)
(define total 3)
;! warning W0003: `total` is used before its definition has run
;!   1:8: used here
;!   2:9: defined here, later
;!   = help: move the definition before the use; reaching this use raises `used-before-definition`
