; Work after each resumption: continuations nest as deep as there are operations.
(define-effect operate (on Int -> Nil))

(define (repeat i init)
  (if (= i 0)
    init
    (do
      (operate:on i)
      (repeat (- i 1) init))))

(define (run n init)
  (handler ((operate:on
              (lambda (x)
                (let ((y (resume nil)))
                  (mod (abs (+ (- x (* 503 y)) 37)) 1009)))))
    (repeat n init)))

(define (main args)
  (let ((n (if (empty? args) 10000 (parse-int (head args)))))
    (print "resume_nontail"
      (loop ((i 0) (s 0))
        (if (= i 1000) s (recur (+ i 1) (run n s)))))))
