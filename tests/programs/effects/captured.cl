; Continuations through library functions, other handlers and across forwarding.
(define-effect ask (int Int -> Int))
(define-effect emit (item Any -> Nil))
(define-effect tick (tock -> Int))

; performing functions given to the library
(define (with-ten body)
  (handler ((ask:int (lambda (q) (let ((r (resume (* q 10)))) (cons :asked r))))) (body)))
(print (with-ten (lambda () (map ask:int [1 2 3]))))
(print (with-ten (lambda () [(fold (lambda (acc x) (+ acc (ask:int x))) 0 [1 2 3])])))
(print (with-ten (lambda () (sort-by (lambda (x) (- (ask:int x))) [3 1 2]))))
(print (with-ten (lambda () (filter (lambda (x) (> (ask:int x) 15)) [1 2 3]))))
(define seen [])
(print (with-ten (lambda () (for-each (x [1 2]) (set! seen (cons (ask:int x) seen))) seen)))

; a generator: what is emitted, as a list
(define (collect body)
  (handler ((emit:item (lambda (x) (cons x (resume nil)))) (return (lambda (_) []))) (body)))
(print (collect (lambda () (for-each (x (range 5)) (when (odd? x) (emit:item x))))))

; generators in generators: the inner one's operation goes to the inner handler
(print (collect (lambda ()
  (emit:item :before)
  (emit:item (collect (lambda () (emit:item 1) (emit:item 2))))
  (emit:item :after))))

; a continuation captured in a clause that resumes in tail position
(print (handler ((ask:int (lambda (q) (let ((r (resume (* q 2)))) (list :outer r)))))
  (handler ((tick:tock (lambda () (resume (ask:int 21)))))
    (list :inner (tick:tock) (tick:tock)))))
; the same with a fiber between the performer and that clause's handler
(define-effect other (op -> Int))
(print (handler ((ask:int (lambda (q) (let ((r (resume (* q 2)))) (list :outer r)))))
  (handler ((tick:tock (lambda () (resume (ask:int 21)))))
    (handler ((other:op (lambda () (list :other (resume 1)))))
      (list :inner (tick:tock) (other:op) (tick:tock))))))

(define (call k v) (k v))
; whole kinds, resume without an argument, no arguments
(print (handler ((ask (lambda (op args) (list op args (resume 5))))) (+ 1 (ask:int 2))))
(print (handler ((ask:int (lambda (q) (list (resume))))) (ask:int 1)))
(print (handler ((ask:int (lambda (q) (list (call (lambda (f) (f)) resume) (list q))))) (list (ask:int 1) 2)))
(print (try (handler ((ask:int (lambda (q) (apply resume [1 2])))) (ask:int 1)) (catch (e) (get e "type"))))

; destructured and rest parameters
(define-effect pair (of Any Any -> Any))
(print (handler ((pair:of (lambda ([a b] {"c" c}) (list a b c (resume (+ a b c)))))) (pair:of [1 2] {"c" 3})))
(print (handler ((pair:of (lambda (a ...rest) (list a rest (resume rest))))) (pair:of 1 2)))

; a result type of a clause is checked
(print (try (handler ((ask:int (lambda (q) : String (resume q)))) (ask:int 1)) (catch (e) (get e "type"))))
