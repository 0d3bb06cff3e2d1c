; Measures of recursive functions.
(define (what f) (try (f) (catch (e) (get e "message"))))
(define (fact n) (if (= n 0) 1 (* n (fact (- n 1)))))
(spec:contract fact :invariant [(decreasing n)])
(print (fact 5) (what (lambda () (fact -1))) (what (lambda () (fact 2.5))))
(define (stuck n) (if (= n 0) 0 (stuck n)))
(spec:contract stuck :invariant [(decreasing n)])
(print (stuck 0) (what (lambda () (stuck 5))))
; calls in lambdas and by way of library functions are calls in the body
(define (depth t) (if (list? t) (+ 1 (fold max 0 (map depth t))) 0))
(define (size t) (if (list? t) (fold + 1 (map size t)) 0))
(spec:contract size :invariant [(decreasing (depth t))])
(define (spin t) (fold + 1 (map (lambda (x) (spin t)) t)))
(spec:contract spin :invariant [(decreasing (depth t))])
(print (size [[] [[]] [[] []]]) (what (lambda () (spin [1]))))
; rest parameters, patterns, annotations, other clauses beside
(define (total [a b] (n : Int) ...more) : Int
  (if (empty? more) (+ a b n) (+ n (apply total [a b] n (tail more)))))
(spec:contract total :requires [(>= a 0)] :ensures [(>= result n)] :invariant [(decreasing (length more))])
(print (total [1 2] 3) (total [1 2] 3 4 5) (what (lambda () (total [-1 2] 3 4))))
; a call with a greater measure is refused, one from outside is not
(define (collatz n) (if (= n 1) 0 (+ 1 (collatz (if (even? n) (quot n 2) (+ 1 (* 3 n)))))))
(spec:contract collatz :invariant [(decreasing n)])
(print (collatz 8) (collatz 16) (what (lambda () (collatz 3))))
; local, shadowed, not recursive at all
(define (outer k)
  (define (go n) (if (> n 100) n (go (+ n k))))
  (spec:contract go :invariant [(decreasing (max 0 (- 110 n)))])
  (go 0))
(print (outer 7) (what (lambda () (outer 0))))
(define (f fun) (+ (fun 1) (let ((f 3)) f)))
(spec:contract f :invariant [(decreasing 2)])
(print (f inc))
; big measures
(define (half n) (if (= n 0) 0 (+ 1 (half (quot n 2)))))
(spec:contract half :invariant [(decreasing n)])
(define big (fold * 1 (map (lambda (_) 10) (range 30))))
(print (half big) (what (lambda () (half (- 0 big)))))
; the data
(define e (try (stuck 3) (catch (e) e)))
(print (get (get e "data") "kind") (get (get e "data") "previous") (get (get e "data") "measure"))
