; forall, exists, implies, iff are forms like all others.
(define (hide x) (get (json-parse "{}") 0 x)) ; no compiler sees through this
(print (forall (i 0 3) (< i 3)) (forall (i 0 3) (< i 2)) (forall (i 3 0) false) (exists (i 0 3) (= i 2)) (exists (i 0 0) true))
(print (forall (x [1 2 3]) (> x 0)) (exists (x (array 1 2)) (= x 2)) (forall (x #{1 2}) (int? x)) (exists (c "abc") (= c "b")))
(print (forall ((tuple k v) {:a 1 :b 2}) (int? v)) (exists ([a b] [[1 2] [3 3]]) (= a b)) (forall (x []) false))
(print (forall (i 0 3) (forall (j 0 3) (iff (< i j) (> j i)))) (exists (i 0 10) (exists (j 0 10) (= 42 (* i j)))))
; only as far as needed, and true or false whatever the items gave
(define seen [])
(define (look x v) (set! seen (cons x seen)) v)
(print (forall (i 0 10) (look i (< i 2))) seen)
(set! seen [])
(print (exists (i 0 10) (look i (if (= i 1) "found" nil))) seen)
(set! seen [])
(print (exists (x [5 6 7]) (look x (= x 6))) seen (forall (i 0 2) "yes"))
; connectives
(print (implies true 1) (implies true nil) (implies nil (error "not looked at")) (implies 0 false))
(print (iff 1 "a") (iff nil false) (iff 1 nil) (iff false 0))
; each turn has a variable of its own
(define fs [])
(exists (i 0 3) (do (set! fs (cons (lambda () i) fs)) false))
(print (map (lambda (f) (f)) fs))
; bounds are evaluated once, and must be Ints
(define n 0)
(define (next) (set! n (+ n 1)) n)
(print (forall (i (next) (+ 3 (next))) (> i 0)) n)
(define (kind f) (try (f) (catch (e) (get e "type"))))
(print (kind (lambda () (forall (i (hide 0.5) 3) true))) (kind (lambda () (exists (i 0 (head ["3"])) true))) (kind (lambda () (forall (x (hide 5)) true))))
; they may be shadowed
(define (use forall) (forall 1))
(print (use inc) (let ((implies list)) (implies 1 2)))
