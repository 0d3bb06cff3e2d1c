; A loop by tail calls.
(define (spin i x)
  (if (= i 0) x (spin (- i 1) (bit-and (+ (* x 5) i) 16777215))))

(define (main args)
  (print "tailloop" (spin (if (empty? args) 1000000000 (parse-int (head args))) 1)))
