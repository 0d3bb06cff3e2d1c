; Many handlers, many operations, deep stacks.
(define-effect ask (int Int -> Int))
(define-effect tick (tock -> Int))

; forwarding: a clause performs its own operation, which goes further out
(define (forward n body)
  (if (= n 0)
    (body)
    (handler ((ask:int (lambda (q) (let ((r (resume (ask:int (+ q 1))))) r)))) (forward (- n 1) body))))
(print (handler ((ask:int (lambda (q) (resume q)))) (forward 3000 (lambda () (ask:int 0)))))

; an operation passes handlers of another kind, which capture too
(define (nest n body)
  (if (= n 0)
    (body)
    (handler ((tick:tock (lambda () (+ 1 (resume 0))))) (nest (- n 1) body))))
(print (handler ((ask:int (lambda (q) (+ 1000 (resume (* 2 q)))))) (nest 10000 (lambda () (+ (ask:int 4) (tick:tock))))))

; work after each of a million resumptions, and resumptions in tail position that need no stack
(define (count n) (loop ((i 0) (s 0)) (if (= i n) s (recur (+ i 1) (+ s (tick:tock))))))
(print (handler ((tick:tock (lambda () (+ 1 (resume 1))))) (count 1000000)))
(print (handler ((tick:tock (lambda () (if (= 1 (length [1 2])) (+ 1 (resume 1)) (resume 1))))) (count 1000000)))
(define (call k v) (k v))
(print (handler ((tick:tock (lambda () (call resume 1)))) (count 1000000)))
(define (deep n) (if (= n 0) (tick:tock) (+ 1 (deep (- n 1)))))
(print (handler ((tick:tock (lambda () (+ 1 (resume 1))))) (deep 1000000)))

