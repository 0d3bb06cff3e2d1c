; Many handlers: deep nesting, loops, recursion, aborts from far inside.
(define-effect ask (int Int -> Any) (stop Any -> Never))
(define-effect other (op -> Any))
; a hundred thousand handlers inside each other; the outermost is reached, the innermost too
(define (nest n body) (if (= n 0) (body) (handler ((other:op (lambda () (resume n)))) (nest (- n 1) body))))
(print (handler ((ask:int (lambda (n) (resume (* n 2))))) (nest 100000 (lambda () (list (ask:int 21) (other:op))))))
; an abort through all of them, each with a finally clause
(define count 0)
(define (guarded n body)
  (if (= n 0) (body) (handler ((other:op (lambda () (resume n))) (finally (lambda () (set! count (+ count 1))))) (guarded (- n 1) body))))
(print (handler ((ask:stop (lambda (v) (list v count)))) (guarded 100000 (lambda () (ask:stop "out")))))
; an error through all of them
(set! count 0)
(print (try (guarded 100000 (lambda () (error "far"))) (catch (e) (list (get e "message") count))))
; a million handlers one after the other: no stack, no memory
(print (loop ((i 0) (sum 0)) (if (= i 1000000) sum (recur (+ i 1) (handler ((ask:int (lambda (n) (resume (+ n sum))))) (ask:int 1))))))
(print (loop ((i 0) (sum 0)) (if (= i 300000) sum (recur (+ i 1) (handler ((ask:stop (lambda (n) (+ n sum)))) (+ 1 (ask:stop 1)))))))
; the clause of an aborting handler is in tail position
(define (again n) (if (= n 0) "done" (handler ((ask:stop (lambda (v) (again (- n 1))))) (list (ask:stop 1)))))
(print (again 300000))
(define (again-error n) (if (= n 0) "done" (handler ((error (lambda (e) (again-error (- n 1))))) (list (error "x")))))
(print (again-error 100000))
; so is the return clause
(define (returns n) (if (= n 0) "done" (handler ((return (lambda (v) (returns v))) (other:op (lambda () (resume 1)))) (- n (other:op)))))
(print (returns 300000))
; a million operations in one handler
(define (with-counter body) (let ((n 0)) (handler ((ask:int (lambda (k) (set! n (+ n k)) (resume n)))) (body))))
(print (with-counter (lambda () (dotimes (i 1000000) (ask:int 1)) (ask:int 0))))
; operations from deep recursion, and an abort from there
(define (deep n) (if (= n 0) (ask:int 0) (+ 1 (deep (- n 1)))))
(print (with-counter (lambda () (deep 100000))))
(define (dig n) (if (= n 0) (ask:stop "bottom") (+ 1 (dig (- n 1)))))
(print (handler ((ask:stop (lambda (v) v))) (dig 500000)))
; a clause that recurses through operations: each runs outside of its handler
(print (handler ((ask:int (lambda (n) (resume 0))))
  (loop ((i 0) (body (lambda () (ask:int 1)))) (if (= i 2000) (body) (let ((inner body)) (recur (+ i 1) (lambda () (handler ((ask:int (lambda (n) (resume (+ 1 (ask:int n)))))) (inner)))))))))
