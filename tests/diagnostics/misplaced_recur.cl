(define (f n) (recur n))
(print (loop ((i 0)) (if (< i 3) (+ 1 (recur (+ i 1))) i)))
(print (loop ((i 0)) (if (< i 3) (recur) i)))
(print (loop ((i 0)) (map (lambda (x) (recur x)) [i])))
