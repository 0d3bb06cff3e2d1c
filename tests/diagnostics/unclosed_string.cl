(define greeting "hello)
(define (main)
  (print greeting "world"))
;! error E0004: this string is never closed
;!   3:25: the string starts here
;!   1:18: this earlier string goes over several lines: is its end missing?
;!   = help: add `"` where the string ends; inside a string write `\"` for a quotation mark
