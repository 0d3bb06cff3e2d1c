; Short lists, made and walked.
(define (safe? row distance placed)
  (or (empty? placed)
      (let ((r (head placed)))
        (and (not= r row)
             (not= r (+ row distance))
             (not= r (- row distance))
             (safe? row (+ distance 1) (tail placed))))))

(define (place n column placed)
  (if (= column n)
    1
    (loop ((row 0) (count 0))
      (if (= row n)
        count
        (recur
          (+ row 1)
          (if (safe? row 1 placed)
            (+ count (place n (+ column 1) (cons row placed)))
            count))))))

(define (main args)
  (print "nqueens" (place (if (empty? args) 12 (parse-int (head args))) 0 [])))
