(import "lib_shapes" (area))

(define (measure shape unit)
  (define scale 10)
  (let (([width height] shape) (_spare 1))
    (define-syntax double (syntax-rules () ((double x) (+ x x))))
    (loop ((i 0) (total 0))
      (if (< i 3) (recur (+ i 1) 1) width))))

(define (first-of xs)
  (match xs ([x ...rest] x) (_ nil)))

(print (measure [1 2] "cm") (first-of [1]))
;! warning W0007: the imported name `area` is never used
;!   1:23: never used
;!   = help: remove it from the import
;! warning W0006: the parameter `unit` is never used
;!   3:24: never used
;!   = help: use it, remove it, or call it `_unit` if callers must pass it
;! warning W0006: the variable `scale` is never used
;!   4:11: never used
;!   = help: use it, remove it, or call it `_scale` if only its value's effects count
;! warning W0006: the variable `height` is never used
;!   5:17: never used
;!   = help: use it, or write `_` or `_height` in its place
;! warning W0006: the macro `double` is never used
;!   6:20: never used
;!   = help: use it or remove it
;! warning W0006: the variable `total` is never used
;!   7:19: never used
;!   = help: use it, remove it, or call it `_total` if only its value's effects count
;! warning W0006: the variable `rest` is never used
;!   11:17: never used
;!   = help: use it, or write `_` or `_rest` in its place
