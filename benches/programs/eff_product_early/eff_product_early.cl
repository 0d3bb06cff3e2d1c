; Leaving a recursion early: the product of a list that ends in 0.
(define-effect early (done Int -> Int))

(define (product xs)
  (match xs
    ([] 0)
    ([0 ..._rest] (early:done 0))
    ([y ...rest] (* y (product rest)))))

(define (run xs)
  (handler ((early:done (lambda (r) r)))
    (product xs)))

(define (main args)
  (let ((xs (map (lambda (i) (- 1000 i)) (range 1001))))
    (print "product_early"
      (loop ((i (if (empty? args) 100000 (parse-int (head args)))) (sum 0))
        (if (= i 0) sum (recur (- i 1) (+ sum (run xs))))))))
