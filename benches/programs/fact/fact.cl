; Big integers: products and conversion to decimal.
(define (fact n)
  (loop ((i 2) (f 1))
    (if (> i n) f (recur (+ i 1) (* f i)))))

(define (digits s)
  (loop ((i 0) (sum 0))
    (if (= i (string-length s))
      sum
      (recur (+ i 1) (+ sum (- (char-code (char-at s i)) 48))))))

(define (run n reps sum)
  (if (= reps 0)
    sum
    (run n (- reps 1) (+ sum (digits (number->string (fact n)))))))

(define (argument args i default)
  (if (< i (length args)) (parse-int (nth args i)) default))

(define (main args)
  (print "fact" (run (argument args 0 5000) (argument args 1 20) 0)))
