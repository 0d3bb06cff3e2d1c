; A generator whose handler adds up what it emits.
(define-effect iterate (emit Int -> Nil))

(define (count-up l u)
  (if (> l u)
    nil
    (do
      (iterate:emit l)
      (count-up (+ l 1) u))))

(define (run n)
  (let ((s 0))
    (handler ((iterate:emit (lambda (v) (set! s (+ s v)) (resume nil))))
      (count-up 0 n))
    s))

(define (main args)
  (print "iterator" (run (if (empty? args) 40000000 (parse-int (head args))))))
