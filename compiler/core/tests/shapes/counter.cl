; A variable that is assigned lives in a cell.
; shows: counter
(define (counter)
  (let ((n 0))
    (lambda () (set! n (+ n 1)) n)))
(print ((counter)))
