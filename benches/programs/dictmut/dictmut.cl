; A dict with string keys. The peers' tables are mutable; ours is persistent.
(define (key i) (concat "key" (number->string i)))

(define (fill n)
  (loop ((i 0) (d {}))
    (if (= i n) d (recur (+ i 1) (set d (key i) i)))))

(define (probe d n)
  (loop ((i 0) (hits 0) (sum 0))
    (if (= i n)
      (print "dict" hits sum)
      (let ((v (get d (key (rem (* i 7) (* 2 n))))))
        (if v
          (recur (+ i 1) (+ hits 1) (+ sum v))
          (recur (+ i 1) hits sum))))))

(define (main args)
  (let ((n (if (empty? args) 1000000 (parse-int (head args)))))
    (probe (fill n) n)))
