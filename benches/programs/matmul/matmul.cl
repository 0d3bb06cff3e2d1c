; Arrays of float arrays.
(define (matrix n f)
  (let ((m (array-new n nil)))
    (dotimes (i n)
      (let ((row (array-new n 0.0)))
        (dotimes (j n) (array-set! row j (f i j)))
        (array-set! m i row)))
    m))

(define (dot row b j n)
  (loop ((k 0) (sum 0.0))
    (if (= k n)
      sum
      (recur (+ k 1) (+ sum (* (array-get row k) (array-get (array-get b k) j)))))))

(define (multiply! n a b c)
  (dotimes (i n)
    (let ((row (array-get a i)) (result (array-get c i)))
      (dotimes (j n) (array-set! result j (dot row b j n))))))

(define (trace c n sum)
  (loop ((i 0) (sum sum))
    (if (= i n) sum (recur (+ i 1) (+ sum (array-get (array-get c i) i))))))

(define (run n reps)
  (let ((a (matrix n (lambda (i j) (+ (float (rem (* i j) 7)) 0.5))))
        (b (matrix n (lambda (i j) (+ (float (rem (+ i j) 5)) 0.25))))
        (c (matrix n (lambda (i j) 0.0))))
    (loop ((r 0) (sum 0.0))
      (if (= r reps)
        (round sum)
        (do
          (multiply! n a b c)
          (let ((sum (trace c n sum)) (first-row (array-get a 0)))
            (array-set! first-row 0 (+ 1.0 (array-get first-row 0)))
            (recur (+ r 1) sum)))))))

(define (argument args i default)
  (if (< i (length args)) (parse-int (nth args i)) default))

(define (main args)
  (print "matmul" (run (argument args 0 400) (argument args 1 5))))
