; Higher-order functions over a long list.
(define (run n k d m)
  (->> (range 1 (+ n 1))
    (map (lambda (x) (+ (* x k) 1)))
    (filter (lambda (x) (not= (rem x d) 0)))
    (map (lambda (x) (rem (* x x) m)))
    (fold (lambda (sum x) (+ sum x)) 0)))

(define (main args)
  (print "pipeline" (run (if (empty? args) 5000000 (parse-int (head args))) 3 5 1009)))
