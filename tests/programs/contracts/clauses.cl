; Each kind of clause, the order in which they are checked, and errors in them.
(define (hide x) (get (json-parse "{}") 0 x)) ; no compiler sees through this
(define (kind f) (try (f) (catch (e) (get e "type"))))
(define (message f) (try (f) (catch (e) (get e "message"))))
(define log [])
(define (note x v) (set! log (cons x log)) v)
(define (noted)
  (let ((l (reverse log)))
    (set! log [])
    l))

; from left to right, up to the first that does not hold
(define (f n) (note :body (* n 2)))
(spec:contract f
  :requires [(note 1 (int? n)) (note 2 (> n 0))]
  :ensures [(note 4 (= result (* 2 n))) (note 5 (< result 100))]
  :invariant [(note 3 (!= n 7))])
(print (f 3) (noted))
(print (kind (lambda () (f "x"))) (noted))
(print (kind (lambda () (f 0))) (noted))
(print (kind (lambda () (f 7))) (noted))
(print (kind (lambda () (f 60))) (noted))

; everything but nil and false counts as true
(define (g n) n)
(spec:contract g :requires [n] :ensures [result "yes" 0 []])
(print (g 0) (g "") (kind (lambda () (g nil))) (kind (lambda () (g false))))

; an error in a clause is that error
(define (h n) n)
(spec:contract h :requires [(> n 0)] :ensures [(error (str "no " result))])
(print (kind (lambda () (h (hide "a")))) (message (lambda () (h 1))))

; a parameter named `result`, and one that the body assigns
(define (r result) (+ result 1))
(spec:contract r :requires [(> result 0)] :ensures [(> result 1) (= result (+ 1 (old result)))])
(print (kind (lambda () (r 1))) (kind (lambda () (r 0))))
(define (s n) (let ((before n)) (set! n (* n 10)) (+ n before)))
(spec:contract s :ensures [(= n (* 10 (old n))) (= result (+ n (old n)))])
(print (s 4))

; old is evaluated once, on entry
(define counter (array 1))
(define (bump by) (array-set! counter 0 (+ by (array-get counter 0))) (array-get counter 0))
(spec:contract bump :ensures [(= result (+ by (old (note :old (array-get counter 0))))) (> result (old (array-get counter 0)))])
(print (bump 5) (bump 10) (noted))
; in a lambda of the clause too
(define (grow xs) (cons 0 xs))
(spec:contract grow :ensures [(all? (lambda (x) (or (= x 0) (contains? (old xs) x))) result)])
(print (grow [1 2]))

; clauses that are lists, dicts, calls of local functions, lets
(define (t d) (get d :n))
(spec:contract t
  :requires [(let ((n (get d :n))) (and (int? n) (> n 0))) (match d ({:n _} true) (_ false))]
  :ensures [(contains? #{1 2 3} result)])
(print (t {:n 2}) (kind (lambda () (t {:n 9}))) (kind (lambda () (t {:m 1}))))
; no clauses, empty ones, and those that are not checked
(define (u n) n)
(spec:contract u)
(define (v n) n)
(spec:contract v :requires [] :ensures [] :invariant [] :complexity "O(1)" :pure true)
(define (w n) (print n))
(spec:contract w :effects [io] :pure false)
(print (u 1) (v 2) (w 3))
