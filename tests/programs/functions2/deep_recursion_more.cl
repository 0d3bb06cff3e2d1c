; Recursion that is not in tail position, a million frames deep, in several shapes.
(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))
(print (count 1000000))
(define (build n) (if (= n 0) [] (cons n (build (- n 1)))))
(print (length (build 500000)) (head (build 500000)))
(define (add-up xs) (if (empty? xs) 0 (+ (head xs) (add-up (tail xs)))))
(print (add-up (range 500000)))
(define (even2? n) (if (= n 0) true (not (odd2? (- n 1)))))
(define (odd2? n) (if (= n 0) false (not (even2? (- n 1)))))
(print (even2? 300001) (odd2? 300000))
; through closures and through library functions that call back
(define (closure-deep n) (let ((f (lambda (m) (+ 1 (closure-deep m))))) (if (= n 0) 0 (f (- n 1)))))
(print (closure-deep 200000))
(define (through-map n) (if (= n 0) 0 (+ 1 (head (map through-map [(- n 1)])))))
(print (through-map 30000))
(define (through-fold n) (if (= n 0) 0 (fold (lambda (acc x) (+ acc x (through-fold (- n 1)))) 0 [1])))
(print (through-fold 30000))
; many live values in each frame
(define (wide n a b c d e f) (if (= n 0) (list a b c d e f) (let ((r (wide (- n 1) (+ a 1) (cons n []) (str d) c f e))) (if (empty? r) a r))))
(print (length (wide 100000 0 [] "" "" 1.5 :k)))
; floats and big Ints across deep calls
(define (float-deep n) (if (= n 0) 0.0 (+ 0.5 (float-deep (- n 1)))))
(print (float-deep 300000))
(define (big-deep n) (if (= n 0) 1 (+ (pow 2 70) (big-deep (- n 1)))))
(print (big-deep 20000))
; deep, then unwound by an error; then deep again
(define (fails n) (if (= n 0) (error "bottom") (+ 1 (fails (- n 1)))))
(define (caught n) (try (fails n) (catch (e) (get e "message"))))
(print (caught 200000) (caught 10) (count 200000))
; finally at every level
(define opened 0)
(define (guarded n) (if (= n 0) (error "deep") (try (guarded (- n 1)) (finally (set! opened (+ opened 1))))))
(print (try (guarded 20000) (catch (e) (get e "message"))) opened)
; ackermann and hanoi
(define (ack m n) (cond ((= m 0) (+ n 1)) ((= n 0) (ack (- m 1) 1)) (else (ack (- m 1) (ack m (- n 1))))))
(print (ack 2 300) (ack 3 6))
(define (hanoi n from to via) (if (= n 0) 0 (+ (hanoi (- n 1) from via to) 1 (hanoi (- n 1) via to from))))
(print (hanoi 14 :a :b :c))
