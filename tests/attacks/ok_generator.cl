; --allow time
; accepted
; Work after resume, continuations in data, many resumptions: all of the effects are handled.
(define-effect out (of Any -> Any))
(define (collect body) (handler ((out:of (lambda (x) (cons x (resume nil)))) (return (lambda (_) []))) (body)))
(define (pause body) (handler ((out:of (lambda (x) (tuple x resume))) (return (lambda (x) (tuple :done x)))) (body)))
(define (all body) (handler ((out:of (lambda (x) (resume-many k) (append (k 1) (k 2)))) (return (lambda (x) [x]))) (body)))
(define (main)
  (collect (lambda () (out:of 1) (out:of (time:now))))
  (match (pause (lambda () (out:of 1) 2)) ((tuple _ k) (k nil)))
  (all (lambda () (list (out:of 1) (out:of 2))))
  nil)
