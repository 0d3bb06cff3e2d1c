; Float arithmetic in a loop's variables.
(define (inside? cr ci limit)
  (loop ((zr 0.0) (zi 0.0) (k 0))
    (or (= k limit)
        (let ((r2 (* zr zr)) (i2 (* zi zi)))
          (if (< 4.0 (+ r2 i2))
            false
            (recur (+ (- r2 i2) cr) (+ (* 2.0 zr zi) ci) (+ k 1)))))))

(define (run n)
  (let ((fn (float n)))
    (loop ((y 0) (count 0))
      (if (= y n)
        count
        (recur
          (+ y 1)
          (loop ((x 0) (count count))
            (if (= x n)
              count
              (recur
                (+ x 1)
                (if (inside? (- (/ (* 2.0 (float x)) fn) 1.5) (- (/ (* 2.0 (float y)) fn) 1.0) 100)
                  (+ count 1)
                  count)))))))))

(define (main args)
  (print "mandelbrot" (run (if (empty? args) 1000 (parse-int (head args))))))
