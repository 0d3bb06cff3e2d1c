; Many goroutines wait for a gate to open, then each sends one number.
(define (main args)
  (let ((n (if (empty? args) 1000000 (parse-int (head args))))
        (gate (chan))
        (out (chan 1024)))
    (dotimes (i n)
      (go (receive! gate)
          (send! out (rem i 2))))
    (concurrent:close gate)
    (print "park"
      (loop ((i 0) (sum 0))
        (if (= i n) sum (recur (+ i 1) (+ sum (get (receive! out) "value"))))))))
