; syntax-rules: patterns, ellipses, literals, recursion and hygiene.
(define-syntax my-if
  (syntax-rules (then else)
    ((_ c then a else b) (cond (c a) (else b)))
    ((_ c then a) (when c a))))
(print (my-if true then 1 else 2) (my-if false then 1 else 2) (my-if false then 1))
(define-syntax inc-all!
  (syntax-rules () ((_ v ...) (do (set! v (+ v 1)) ...))))
(define a 1)
(define b 10)
(inc-all! a b a)
(print a b)
(define-syntax my-cond
  (syntax-rules (otherwise)
    ((_ (otherwise e)) e)
    ((_ (c e) clause ...) (if c e (my-cond clause ...)))))
(define (sign n) (my-cond ((< n 0) :negative) ((= n 0) :zero) (otherwise :positive)))
(print (map sign [-5 0 5]))
(define-syntax swap!
  (syntax-rules () ((_ x y) (let ((tmp x)) (set! x y) (set! y tmp)))))
(define tmp "tmp")
(define other "other")
(swap! tmp other)
(print tmp other)
(let ((tmp 1) (x 2)) (swap! tmp x) (print tmp x))
(define-syntax my-let*
  (syntax-rules ()
    ((_ () body ...) (let () body ...))
    ((_ ((n e) more ...) body ...) (let ((n e)) (my-let* (more ...) body ...)))))
(print (my-let* ((x 1) (y (+ x 1)) (z (* y 10))) (list x y z)))
(define-syntax repeat-times
  (syntax-rules () ((_ n body ...) (loop ((i n)) (when (> i 0) body ... (recur (- i 1)))))))
(define i 100)
(repeat-times 2 (print "i is" i) (set! i (+ i 1)))
; a template's free names mean what they mean at the definition
(define (helper x) (* x 2))
(define-syntax twice-helped (syntax-rules () ((_ e) (helper (helper e)))))
(print (let ((helper (lambda (x) "captured"))) (twice-helped 5))) ; allow: unused-name
; a macro that defines
(define-syntax define-getter
  (syntax-rules () ((_ name key) (define (name d) (get d key)))))
(define-getter get-name :name)
(define-getter get-age :age)
(print (get-name {:name "Ada" :age 36}) (get-age {:name "Ada" :age 36}))
; nested ellipses
(define-syntax table
  (syntax-rules () ((_ (k v ...) ...) [(tuple (quote k) [v ...]) ...])))
(print (table (x 1 2) (y) (z 3)))
; macros that use macros, and lists as patterns
(define-syntax my-and (syntax-rules () ((_) true) ((_ e) e) ((_ e r ...) (if e (my-and r ...) false))))
(define-syntax all-of (syntax-rules () ((_ (p ...) x) (my-and (p x) ...))))
(print (all-of (int? positive? even?) 4) (all-of (int? positive? even?) -4) (all-of () 1))
(define-syntax while-let
  (syntax-rules () ((_ (n e) body ...) (loop () (let ((n e)) (when n body ... (recur)))))))
(define queue [1 2 3])
(define (pop!) (if (empty? queue) nil (let ((h (head queue))) (set! queue (tail queue)) h)))
(while-let (item (pop!)) (print "item" item))
; a local macro
(define (local n)
  (define-syntax square (syntax-rules () ((_ e) (let ((v e)) (* v v)))))
  (square (+ n 1)))
(print (local 4))
(define-syntax my-list (syntax-rules () ((_ e ...) (list (quote e) ...))))
(print (my-list a 1 "s" :k (f x)))
