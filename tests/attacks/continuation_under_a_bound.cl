; --allow io
; refused: time:now
(define-effect out (of Any -> Any))
(define (pause body)
  (handler ((out:of (lambda (v) (tuple v resume))) (return (lambda (x) (tuple x nil)))) (body)))
(define paused (handler ((time (lambda (op args) (resume 0)))) (pause (lambda () (out:of 1) (time:now)))))
(match paused ((tuple _ k) (print (k nil))))
