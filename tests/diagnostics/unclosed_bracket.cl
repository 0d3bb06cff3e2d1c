; Two functions, each without one closing bracket: each is reported with the line that betrays it.
(define (double x)
  (* x 2)

(define (triple x)
  (let ((y (* x 3))
    y))

(print (double 4) (triple 5))
;! error E0001: `(` is never closed
;!   2:1: this bracket was opened and never closed
;!   5:1: the indentation of this line says that it should be closed before here
;!   = help: add `)` at the end of the form, before that line
;! error E0001: `(` is never closed
;!   5:1: this bracket was opened and never closed
;!   9:1: the indentation of this line says that it should be closed before here
;!   = help: add `)` at the end of the form, before that line
