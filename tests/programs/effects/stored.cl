; Continuations as values: stored, resumed later, elsewhere, more than once; what is shared and what runs once.
(define-effect ask (int Int -> Int))
(define-effect out (of Any -> Any))
(define-effect cell (read -> Int) (write Int -> Nil))

; stored in data, resumed after the handler has returned, under other handlers
(define (pause body) (handler ((out:of (lambda (v) (tuple v resume))) (return (lambda (x) (tuple :done x)))) (body)))
(define paused (handler ((ask:int (lambda (q) (resume (+ q 1))))) (pause (lambda () (let ((a (ask:int 1))) (out:of a) (+ a (ask:int 10)))))))
(match paused
  ((tuple v k)
    (print v)
    ; the handler around its resumption is found, not the one around its beginning
    (print (handler ((ask:int (lambda (q) (resume (* q 100))))) (k nil)))
    (print (try (k nil) (catch (e) (get e "type"))))))

; a handler inside of what is captured stays there
(match (pause (lambda () (handler ((ask:int (lambda (q) (+ 1 (resume (* q 3)))))) (let ((a (ask:int 1))) (out:of a) (+ a (ask:int 2))))))
  ((tuple v k) (print v (handler ((ask:int (lambda (q) (resume 0)))) (k nil)))))

; resumed by a handler that is itself captured
(define (interleave a b)
  (match a
    ((tuple :done x) (list :a x (match b ((tuple :done y) y) (_ (interleave b a)))))
    ((tuple v k) (cons v (interleave b (k nil))))))
(define (numbers from to) (pause (lambda () (loop ((i from)) (if (> i to) :end (do (out:of i) (recur (+ i 1))))))))
(print (interleave (numbers 1 3) (numbers 10 14)))
(print (pause (lambda () (let ((inner (numbers 1 2))) (match inner ((tuple v k) (list v (k nil))))))))

; state passing, with an error in between
(define (run-cell s0 body)
  ((handler ((cell:read (lambda () (lambda (s) ((resume s) s))))
             (cell:write (lambda (v) (lambda (s) ((resume nil) v))))
             (return (lambda (x) (lambda (s) (tuple x s)))))
     (body)) s0))
(print (run-cell 1 (lambda ()
  (try
    (do (cell:write (+ 1 (cell:read))) (error:raise "oops" "no" nil))
    (catch (e) (cell:write (* 10 (cell:read)))))
  (cell:read))))
(print (run-cell 0 (lambda () (dotimes (i 10000) (cell:write (+ (cell:read) i))) (cell:read))))

; variables are shared between the runs, new bindings are not
(define (both body) (handler ((out:of (lambda (v) (resume-many k) (append (k 1) (k 2)))) (return (lambda (x) [x]))) (body)))
(print (both (lambda () (let ((n 0)) (let ((x (out:of nil))) (set! n (+ n x)) n)))))
(print (both (lambda () (let ((n 0)) (let ((x (out:of nil)) (y (out:of nil))) (set! n (+ n 1)) (list x y n))))))
(print (both (lambda () (let ((x (out:of nil))) (let ((n x)) (out:of nil) (set! n (+ n 10)) n)))))
; a continuation that is kept may be resumed any number of times
(define kept nil)
(print (handler ((out:of (lambda (v) (resume-many k) (set! kept k) (k v)))) (+ 1 (out:of 5) (out:of 6))))
(print (kept 10) (kept 20) (kept 30))
(define first-kept nil)
(print (handler ((out:of (lambda (v) (resume-many k) (unless first-kept (set! first-kept k)) (k v)))) (list (out:of 5) (out:of 6))))
(print (first-kept 1) (first-kept 2))
; copies hold handlers of their own
(print (both (lambda ()
  (handler ((ask:int (lambda (q) (list :clause (resume (* q 2)))))) (let ((x (out:of nil))) (list x (ask:int x)))))))
; a continuation that is no part of the copy is shared by the copies: it can be resumed once
(print (try (both (lambda ()
  (handler ((ask:int (lambda (q) (let ((x (out:of nil))) (list x (resume x)))))) (list (ask:int 7))))) (catch (e) (get e "type"))))

; a finally clause runs once
(print (both (lambda () (try (out:of nil) (finally (print "finally"))))))
; one in the body of a try that is entered after the copy runs in each
(print (both (lambda () (let ((x (out:of nil))) (try x (finally (print "finally" x)))))))
