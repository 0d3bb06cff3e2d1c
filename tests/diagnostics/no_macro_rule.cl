(define-syntax swap!
  (syntax-rules ()
    ((_ a b) (let ((t a)) (set! a b) (set! b t)))))
(define x 1)
(swap! x)
;! error E0205: no rule of macro `swap!` fits
;!   5:1: used like this
;!   1:16: the macro
;!   = help: its patterns are `(_ a b)`
