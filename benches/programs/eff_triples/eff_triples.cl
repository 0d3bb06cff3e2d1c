; Backtracking with two ways at each choice.
(define-effect search (flip -> Bool) (reject -> Never))

(define (choice n)
  (cond
    ((< n 1) (search:reject))
    ((search:flip) n)
    (else (choice (- n 1)))))

(define (hash-of a b c)
  (mod (+ (* 53 a) (* 2809 b) (* 148877 c)) 1000000007))

(define (triple n s)
  (let* ((i (choice n))
         (j (choice (- i 1)))
         (k (choice (- j 1))))
    (if (= (+ i j k) s) (hash-of i j k) (search:reject))))

(define (run n s)
  (handler ((search:flip
              (lambda ()
                (resume-many k)
                (mod (+ (k true) (k false)) 1000000007)))
            (search:reject (lambda () 0)))
    (triple n s)))

(define (main args)
  (let ((n (if (empty? args) 300 (parse-int (head args)))))
    (print "triples" (run n n))))
