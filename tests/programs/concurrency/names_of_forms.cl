; A program may use the names of the forms for its own functions.
(define (scope x) (* 2 x))
(define (go x) (+ x 1))
(print (scope 5) (go 1))
(define (receive! x) x)
(print (receive! 5))
(define c (chan 1))
(send! c 7)
(print (select ((receive! c) (lambda (v) v))))
