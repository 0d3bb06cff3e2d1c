; Backtracking: each choice is resumed with every row.
(define-effect search (pick Int -> Int) (reject -> Never))

(define (safe? row distance placed)
  (match placed
    ([] true)
    ([r ...rest]
      (if (or (= r row) (= r (+ row distance)) (= r (- row distance)))
        false
        (safe? row (+ distance 1) rest)))))

(define (place n column)
  (if (= column 0)
    []
    (let ((rest (place n (- column 1)))
          (row (search:pick n)))
      (if (safe? row 1 rest) (cons row rest) (search:reject)))))

(define (run n)
  (handler ((search:pick
              (lambda (m)
                (resume-many k)
                (loop ((i 1) (acc 0))
                  (if (= i m)
                    (+ acc (k i))
                    (recur (+ i 1) (+ acc (k i)))))))
            (search:reject (lambda () 0)))
    (place n n)
    1))

(define (main args)
  (print "nqueens" (run (if (empty? args) 12 (parse-int (head args))))))
