; Deep recursion, tail calls among it.
(define (ack m n)
  (cond
    ((= m 0) (+ n 1))
    ((= n 0) (ack (- m 1) 1))
    (else (ack (- m 1) (ack m (- n 1))))))

(define (main args)
  (print "ack" (ack 3 (if (empty? args) 11 (parse-int (head args))))))
