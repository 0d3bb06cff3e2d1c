; No effects at all: what they cost code that has none.
(define (fib n)
  (cond
    ((= n 0) 0)
    ((= n 1) 1)
    (else (+ (fib (- n 1)) (fib (- n 2))))))

(define (main args)
  (print "fibonacci_recursive" (fib (if (empty? args) 42 (parse-int (head args))))))
