; Calls and additions of small integers.
(define (fib n) (if (< n 2) n (+ (fib (- n 1)) (fib (- n 2)))))

(define (main args)
  (print "fib" (fib (if (empty? args) 38 (parse-int (head args))))))
