; Loop variables are new at each turn; one that is assigned gets a cell at each.
; shows: f
(define (f g)
  (loop ((i 0) (fs []))
    (if (g i)
      fs
      (recur (g i 1) (cons (lambda () (set! i 2) i) fs)))))
(print (f 1))
