; Calls with three arguments, three of four nested.
(define (tak x y z)
  (if (>= y x)
    z
    (tak (tak (- x 1) y z) (tak (- y 1) z x) (tak (- z 1) x y))))

(define (run i n sum)
  (if (= i n)
    sum
    (run (+ i 1) n (+ sum (tak 18 12 (+ 6 (bit-and i 1)))))))

(define (main args)
  (print "tak" (run 0 (if (empty? args) 1000 (parse-int (head args))) 0)))
