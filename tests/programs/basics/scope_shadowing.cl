; Lexical scope: the nearest binding wins, and a closure keeps the one that it was made under.
(define x "top")
(define (read-x) x)
(define (shadowed x) (read-x)) ; allow: unused-name
(print (shadowed "argument"))
(define (nest x)
  (let ((x (str x "+let")))
    ((lambda (x) (loop ((x (str x "+loop")) (n 0))
                   (if (= n 2) x (recur (str x n) (+ n 1)))))
     (str x "+lambda"))))
(print (nest "arg") x)
; a loop variable, a for-each variable and a pattern variable all shadow
(for-each (x [1 2]) (print x))
(dotimes (x 2) (print x))
(print (match 5 (x (* x 2))) x)
(print (match [1 [2 3]] ([x [y ...x2]] (list x y x2))))
; prelude names as parameters and local names
(define (f list head tail) (list head tail)) ; allow: shadowed-function
(print (f (lambda (a b) (+ a b)) 1 2))
(define (g) (define map 1) (define filter (+ map 1)) (+ map filter))
(print (g) (map inc [1 2]))
; top-level shadowing of a prelude name does not reach into the library
(define (reverse _xs) "mine")
(print (reverse [1 2 3]) (sort [3 1 2] :desc) (fold-right cons [] [1 2]))
(define (identity x) (list "own identity" x))
(print (identity 1) (map identity [1]))
; a closure in a loop sees its own turn
(define adders (map (lambda (n) (lambda (m) (+ n m))) [1 10 100]))
(print (map (lambda (f) (f 5)) adders))
; the same name at several depths, assigned at one of them
(define depth 0)
(define (walk n)
  (define depth (* n 10))
  (when (> n 0) (walk (- n 1)))
  (set! depth (+ depth 1))
  depth)
(print (walk 3) depth)
; sibling scopes do not see each other
(define (siblings)
  (define a (let ((t 1)) (set! t (+ t 1)) t))
  (define b (let ((t 10)) (set! t (+ t 1)) t))
  (list a b))
(print (siblings))
; an assignment to a parameter stays in the call
(define (bump n) (set! n (+ n 1)) n)
(define n 1)
(print (bump n) n (bump n) n)
