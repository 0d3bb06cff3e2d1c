; A state effect, answered in tail position.
(define-effect state-of (get -> Int) (put Int -> Nil))

(define (count-down)
  (let ((i (state-of:get)))
    (if (= i 0)
      i
      (do
        (state-of:put (- i 1))
        (count-down)))))

(define (run n)
  (let ((s n))
    (handler ((state-of:get (lambda () (resume s)))
              (state-of:put (lambda (v) (set! s v) (resume nil))))
      (count-down))))

(define (main args)
  (print "countdown" (run (if (empty? args) 200000000 (parse-int (head args))))))
