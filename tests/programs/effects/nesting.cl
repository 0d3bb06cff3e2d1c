; Nested handlers: who takes an operation, what a clause sees, how an abort unwinds.
(define-effect a (x Int -> Any) (y -> Any))
(define-effect b (z Any -> Any))
(define (say ...xs) (apply print xs))

; an operation's clause before its kind's, whatever their order
(print (handler ((a (lambda (op args) (resume [op args]))) (a:x (lambda (n) (resume (* n 2))))) [(a:x 1) (a:y)]))
(print (handler ((a:x (lambda (n) (resume (* n 2)))) (a (lambda (op args) (resume [op args])))) [(a:x 1) (a:y)]))
; a nearer handler of the kind goes before a further one of the operation
(print (handler ((a:x (lambda (n) (resume "far"))))
  (handler ((a (lambda (op args) (resume "near")))) (a:x 1))))
; forwarding: a clause performs the same operation, which reaches the next handler out
(print (handler ((a:x (lambda (n) (resume (+ n 100)))))
  (handler ((a:x (lambda (n) (resume (+ 1 (a:x (* n 10)))))))
    (handler ((a:x (lambda (n) (resume (+ 5 (a:x n)))))) (a:x 2)))))
; a handler inside of a clause
(print (handler ((a:x (lambda (n) (resume (handler ((a:x (lambda (m) (resume (list "inner" m))))) (a:x n)))))) (a:x 3)))
; abort to an outer handler through inner ones, their return clauses do not run, their finally clauses do
(print (handler ((b:z (lambda (v) (list "out" v))) (finally (lambda () (say "outer finally"))))
  (handler ((a:x (lambda (n) (resume n))) (return (lambda (v) (list "ret" v))) (finally (lambda () (say "inner finally"))))
    (try (+ 1 (b:z (a:x 7))) (catch (e) (say "never")) (finally (say "try finally"))))))
; a clause of an inner handler aborts to an outer one: the inner body is left too
(print (handler ((b:z (lambda (v) (list "b" v))))
  (handler ((a:x (lambda (n) (b:z n) (resume 1))))
    (try (a:x 5) (finally (say "left"))))))
; a finally clause may still perform what the handler takes
(print (handler ((a:x (lambda (n) (if (= n 0) "zero" (resume (* n 3))))))
  (try (a:x 0) (finally (say "in finally" (a:x 4))))))
; after an abort the handlers outside are in force again
(print (handler ((a:x (lambda (n) (resume (+ n 1)))))
  (list (handler ((a:x (lambda (n) "gone"))) (list (a:x 1))) (a:x 1))))
; the same after an error that was caught
(print (handler ((a:x (lambda (n) (resume (+ n 1)))))
  (list (try (handler ((a:x (lambda (n) (resume 0)))) (error "e")) (catch (e) "caught")) (a:x 1))))
; deep: the handler stands after a resumption
(print (handler ((a:y (lambda () (resume 1)))) (+ (a:y) (a:y) (a:y))))
; the return clause runs outside of the handler
(print (handler ((a:y (lambda () (resume "outside"))))
  (handler ((a:y (lambda () (resume "inside"))) (return (lambda (v) (list v (a:y))))) (a:y))))
; an abort's value does not go through the return clause
(print (handler ((a:y (lambda () "left")) (return (lambda (v) "returned"))) (a:y)))
; only return, only finally, no clause at all
(print (handler ((return (lambda (v) (* v 2)))) 21))
(print (handler ((finally (lambda () (say "end")))) 1))
(print (handler () 5))
(print (handler ((a:y (lambda () (resume 1))))))
; operations as values
(print (handler ((a:x (lambda (n) (resume (* n n))))) (map a:x [1 2 3])))
; a clause that is no lambda aborts
(define (give n) (list "given" n))
(print (handler ((a:x give)) (+ 1 (a:x 9))))
; clauses see the variables around the handler
(define (counting thunk)
  (let ((n 0))
    (handler ((a:x (lambda (k) (set! n (+ n k)) (resume n)))) (thunk))))
(print (counting (lambda () (a:x 1) (a:x 10) (list (a:x 100)))))
; resume without an argument gives nil
(print (handler ((a:y (lambda () (resume)))) (list (a:y))))
; every path of a clause: cond, match, let, when
(define (paths n)
  (handler ((a:x (lambda (q)
      (cond ((= q 0) "left")
            ((= q 1) (resume "one"))
            (else (let ((y (* q 2))) (match y (4 (resume "two")) (n :when (> n 10) (do (say "big" n) (resume "big"))) (_ (when (= y 6) (resume "three"))))))))))
    (list (a:x n))))
(print (map paths [0 1 2 3 4 6]))
; parameters of all kinds
(print (handler ((a:x (lambda ((n : Int)) (resume n)))) (list (a:x 1))))
(print (handler ((b:z (lambda ([p q]) (resume (+ p q))))) (list (b:z [1 2]))))
(print (handler ((a (lambda (op [...args]) (resume args)))) (a:x 1)))
