; Two functions, each without one closing bracket: each is reported with the line that betrays it.
(define (double x)
  (* x 2)

(define (triple x)
  (let ((y (* x 3))
    y))

(print (double 4) (triple 5))
