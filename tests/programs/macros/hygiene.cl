; allow-file: unused-name
; Hygiene in both directions, over modules, over special forms, over literals.
(import "lib_control" (while-let swap! (my-or as either) tally define-pair))

; what a template binds does not catch what the user gives
(define (both) (let ((tmp 1) (other 2)) (swap! tmp other) (list tmp other)))
(print (both))
(print (let ((t 5)) (either false t)))
(print (either) (either nil false 7) (either 1 (error "not reached")))

; what a template mentions means what it means where the macro is defined
(define (bump! n) "the user's")
(print (tally) (tally 10) (bump! 1))
(print (let ((if list) (let list) (list nil)) (either false 3)))

; a recursive use keeps its own names apart
(print (let ((t 1)) (either false nil (either false t))))

; loops with names of the user's
(define (drain) (let ((left [1 2 3]) (out []))
  (while-let (x (if (empty? left) nil (head left)))
    (set! left (tail left))
    (set! out (cons x out)))
  out))
(print (drain))

; top-level names from an imported macro
(define-pair corners 1 2)
(print corners)

; a literal is the word where nothing else is meant by it
(define-syntax from (syntax-rules (to by)
  ((from a to b) (range a b))
  ((from a to b by c) (range a b c))
  ((from a x b) (list "between" a x b))))
(print (from 1 to 4) (from 0 to 10 by 5))
(print (let ((to "local")) (from 1 to 4)))

; quoted data in templates are plain symbols
(define-syntax tagged (syntax-rules () ((tagged x) (list 'tag 'x x))))
(define y 3)
(print (tagged y))

; a local macro sees the locals of its definition, also under the same names at the use
(define (scoped n)
  (define-syntax add-n (syntax-rules () ((add-n x) (+ x n))))
  (let ((n 100)) (list (add-n 1) (add-n n))))
(print (scoped 10))

; a macro may hide a function and use it
(define-syntax print-twice (syntax-rules () ((print-twice x) (do (print x) (print x)))))
(let ((print list)) (print-twice (print 1)))
