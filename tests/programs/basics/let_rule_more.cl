; allow-file: discarded-value
; The let rule: at once a name means the outer one, under a lambda the let's own.
(define a 1)
(define b 2)
(print (let ((a b) (b a)) (list a b)))
(print (let ((a (+ a 10)) (b (+ a 10)) (c (+ a b))) (list a b c)))
; a lambda called at once still names the let's own variable: it has no value yet
(define (kind f) (try (f) (catch (e) (get e "type"))))
(print (kind (lambda () (let ((y ((lambda () z))) (z 5)) y))))
(print (kind (lambda () (let ((y ((lambda () y)))) y))))
; three functions in a ring
(print
  (let ((f (lambda (n) (if (= n 0) :f (g (- n 1)))))
        (g (lambda (n) (if (= n 0) :g (h (- n 1)))))
        (h (lambda (n) (if (= n 0) :h (f (- n 1))))))
    (map f (range 7))))
; a value between functions: evaluated in order, seen by the functions
(print
  (let ((f (lambda () (+ base 1)))
        (base 41)
        (v (f)))
    v))
; set! from a function of the same let
(print
  (let ((bump (lambda () (set! total (+ total 5)) total))
        (total 0))
    (bump)
    (bump)
    total))
; an inner lambda inside an initialiser that also uses the outer name at once
(define k 7)
(print (let ((k (let ((inner (+ k 1))) (lambda () inner)))) (k)))
(print (let ((k (list k (+ k 1)))) k))
; two lets of one name, one in the other's initialiser
(print (let ((k (let ((k (* k 2))) (+ k 1)))) (* k 10)))
; a loop in an initialiser
(print (let ((sum (loop ((i 0) (s 0)) (if (> i 10) s (recur (+ i 1) (+ s i))))) (twice (* sum 2))) (list sum twice)))
; match in an initialiser
(print (let ((p [1 2]) (q (match p ([x y] (+ x y))))) (list p q))) ; allow: incomplete-match
; let with no bindings, and a body of several expressions
(print (let () 1 2 3))
(print (let ((x 1)) (set! x (+ x 1)) (define y (* x 10)) (+ x y)))
; letrec and let* are let
(print (letrec ((x 1) (y (+ x 1))) (list x y)))
(print (let* ((f (lambda (n) (if (= n 0) 0 (+ n (f (- n 1))))))) (f 10)))
; a function bound by let that escapes
(define count-down
  (let ((go-down (lambda (n acc) (if (= n 0) acc (go-down (- n 1) (cons n acc))))))
    (lambda (n) (go-down n []))))
(print (count-down 5))
; deep nesting of lets keeps every level apart
(print (let ((x 1)) (let ((y (+ x 1)) (x 10)) (let ((z (+ x y)) (x 100)) (let ((w (+ x y z))) (list w x y z))))))
