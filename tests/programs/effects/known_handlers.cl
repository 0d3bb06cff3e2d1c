; Operations whose clause the compiler knows: whether it calls the clause or searches for it must make no difference.
(define-effect store (get -> Int) (put Int -> Nil))
(define-effect out (emit Any -> Nil))
(define-effect env (ask -> Int) (half Int -> Int))

; Recursion, in tail position and not; assigned variables of the clauses.
(define (count-down)
  (let ((i (store:get)))
    (if (= i 0)
      i
      (do (store:put (- i 1)) (count-down)))))
(define (tree n)
  (if (= n 0)
    (do (store:put (+ 1 (store:get))) (store:get))
    (+ (tree (- n 1)) (tree (- n 1)))))
(define (with-state start f)
  (let ((s start))
    (handler ((store:get (lambda () (resume s)))
              (store:put (lambda (v) (set! s v) (resume nil)))
              (return (lambda (x) [x s])))
      (f))))
(print "recursion"
  (let ((s 100000))
    [(handler ((store:get (lambda () (resume s)))
               (store:put (lambda (v) (set! s v) (resume nil))))
       (count-down))
     s])
  (let ((s 0))
    (handler ((store:get (lambda () (resume s)))
              (store:put (lambda (v) (set! s v) (resume nil)))
              (return (lambda (x) [x s])))
      (tree 5)))
  (with-state 7 count-down))

; Mutual recursion, deep: tail calls stay tail calls.
(define (even-steps n)
  (out:emit n)
  (if (= n 0) 'even (odd-steps (- n 1))))
(define (odd-steps n)
  (out:emit 1)
  (if (= n 0) 'odd (even-steps (- n 1))))
(print "mutual"
  (let ((sum 0))
    [(handler ((out:emit (lambda (v) (set! sum (+ sum v)) (resume nil))))
       (even-steps 100001))
     sum]))

; A clause that fails: no `catch` of the body sees it, its `finally` clauses run.
(define (halves n)
  (if (= n 0) 0 (+ (env:half n) (halves (- n 1)))))
(define (caught thunk)
  (try (thunk) (catch (e) ["outside" (get e "type")])))
(define (halve f)
  (handler ((env:half (lambda (n) (resume (div 12 (- n 2))))))
    (f)))
(print "fails"
  (caught (lambda () (handler ((env:half (lambda (n) (resume (div 12 (- n 2)))))) (halves 4))))
  (caught
    (lambda ()
      (handler ((env:half (lambda (n) (resume (div 12 (- n 2))))))
        (try (halves 4) (catch (e) ["inside" (get e "type")])))))
  (caught
    (lambda ()
      (handler ((env:half (lambda (n) (resume (div 12 (- n 2))))))
        (try (env:half 2) (catch (e) "inside") (finally (print "finally")))))))
(define (careful n)
  (try (if (= n 0) (env:half 2) (careful (- n 1))) (catch (e) ["inside" n])))
(print "fails in a callee"
  (caught (lambda () (handler ((env:half (lambda (n) (resume (div 12 (- n 2)))))) (careful 3))))
  (caught (lambda () (halve (lambda () (careful 3))))))
(print "in a catch clause"
  (caught
    (lambda ()
      (handler ((env:half (lambda (n) (resume (div 12 (- n 2))))))
        (try (error:raise "mine" "of the body" nil) (catch (e) (env:half 2)))))))

; Inside of another handler of the same operation, and of other ones, whose errors' clauses see no error of an outer clause.
(define (asked) (+ 1 (env:ask)))
(define (asked-inside)
  (+ (asked)
     (handler ((env:ask (lambda () (resume (* 100 (asked))))))
       (asked))
     (asked)))
(print "nested"
  (handler ((env:ask (lambda () (resume 10)))) (asked-inside))
  (handler ((env:ask (lambda () (resume 10)))
            (env:half (lambda (n) (resume (div n 2)))))
    (+ (env:half (asked))
       (handler ((env:ask (lambda () (resume (env:half 50))))) (+ (asked) (env:half 8)))))
  (caught
    (lambda ()
      (handler ((env:half (lambda (n) (resume (div n 0)))))
        (handler ((error (lambda (e) ["inside" (get e "type")])))
          (env:half 1))))))
(print "one handler for both"
  (caught
    (lambda ()
      (handler ((env:half (lambda (n) (resume (div n 0))))
                (error (lambda (e) ["the handler's own" (get e "type")])))
        (env:half 1)))))

; Lambdas run anywhere: inside, and when the handler is gone.
(define (in-lambdas)
  (map (lambda (x) (+ x (env:ask))) [1 2 3]))
(print "lambdas"
  (handler ((env:ask (lambda () (resume 10))))
    [(in-lambdas) (map (lambda (x) (* x (env:ask))) [1 2 3])])
  (let ((f (handler ((env:ask (lambda () (resume 10)))) (let ((n (env:ask))) (lambda () (+ n (env:ask)))))))
    (handler ((env:ask (lambda () (resume 7)))) (f)))
  (let ((f (handler ((env:ask (lambda () (resume 10)))) (lambda () (env:ask)))))
    (caught f)))

; In a `finally`, left in three ways.
(define (at-end f)
  (try (f) (finally (out:emit (env:ask)))))
(print "finally"
  (let ((seen []))
    [(handler ((out:emit (lambda (v) (set! seen (cons v seen)) (resume nil)))
               (env:ask (lambda () (resume (length seen)))))
       (at-end (lambda () 5))
       (caught (lambda () (at-end (lambda () (error:raise "mine" "x" nil)))))
       (handler ((store:get (lambda () 'left)))
         (at-end (lambda () (store:get)))))
     seen]))

; A handler in a loop, each with clauses over other variables; and one in the function that it covers.
(print "loop"
  (loop ((i 0) (all []))
    (if (= i 4)
      all
      (let ((n (* i i)))
        (recur (+ i 1)
               (cons (handler ((env:ask (lambda () (resume n)))) (if (= i 3) (asked-inside) (asked))) all))))))
(define (depth n)
  (if (= n 0)
    (env:ask)
    (+ (env:ask) (handler ((env:ask (lambda () (resume (* n 10))))) (depth (- n 1))))))
(print "in itself" (handler ((env:ask (lambda () (resume 1)))) (depth 3)))

; Clauses of other kinds in the same handler.
(define (all-kinds n)
  (if (= n 0)
    (do (out:emit 'left) 'never)
    (do (store:put (+ (store:get) n)) (all-kinds (- n 1)))))
(print "aborts"
  (let ((s 0))
    [(handler ((store (lambda (name arguments) (if (= name :get) (resume s) (do (set! s (head arguments)) (resume nil)))))
               (out:emit (lambda (v) v)))
       (all-kinds 4))
     (handler ((store:get (lambda () (resume s)))
               (store (lambda (name arguments) (set! s (head arguments)) (resume nil)))
               (out:emit (lambda (v) v)))
       (all-kinds 4))
     s]))
(print "captures"
  (let ((s 0))
    [(handler ((store:get (lambda () (resume s)))
               (store:put (lambda (v) (set! s v) (resume nil)))
               (out:emit (lambda (v) (let ((r (resume nil))) [v r s]))))
       (all-kinds 4))
     (handler ((out:emit (lambda (v) (let ((r (resume nil))) [v r s]))))
       (handler ((store:get (lambda () (resume s)))
                 (store:put (lambda (v) (set! s v) (resume nil))))
         (all-kinds 4)))]))
(print "leaves"
  (handler ((env:ask (lambda () (resume 5)))
            (env:half (lambda (n) (if (= n 4) "left" (resume n)))))
    (+ (env:ask) (env:half 3) (env:half 4))))

; Built-in operations, which the library performs.
(print "built in"
  (let ((lines []))
    (handler ((io:read-line (lambda () (set! lines (cons "asked" lines)) (resume "line"))))
      (let ((a (read-line)) (b (read-line))) [a b lines]))))

; Globals that clauses assign, and a variable of the body around an operation.
(define total 0)
(define (add-all xs)
  (match xs
    ([] nil)
    ([x ...rest] (do (out:emit x) (add-all rest)))))
(handler ((out:emit (lambda (v) (set! total (+ total v)) (resume nil))))
  (add-all [1 2 3 4])
  (let ((before total)) (add-all [10]) (set! total (+ total before))))
(print "globals" total)

; What a goroutine of the body performs.
(print "goroutine"
  (let ((s 0))
    (handler ((env:ask (lambda () (set! s (+ s 1)) (resume s))))
      (let ((p ((async () (asked))))) [(asked) (await p) s]))))

; Local functions that perform; handlers around one another, with return clauses in tail position.
(define (collect f)
  (let ((seen []))
    (handler ((out:emit (lambda (v) (set! seen (cons v seen)) (resume nil)))
              (return (lambda (x) [x (reverse seen)])))
      (f))))
(print "local functions"
  (let ((seen []))
    (handler ((out:emit (lambda (v) (set! seen (cons v seen)) (resume nil)))
              (return (lambda (x) [x (reverse seen)])))
      (define (up n) (if (> n 3) 'up (do (out:emit n) (down (+ n 1)))))
      (define (down n) (out:emit (- n)) (up n))
      (define (twice f) (f) (f))
      (define (one) (out:emit 'one))
      (up 0)
      (try (up 3) (catch (e) nil))
      (twice one)
      (down 3)))
  (collect (lambda () (out:emit 1))))
(define (work n)
  (if (= n 0)
    (out:emit (store:get))
    (do (out:emit n) (store:put (+ n (store:get))) (work (- n 1)))))
(print "around one another"
  (let ((s 0) (sum 0))
    [(handler ((store:get (lambda () (resume s)))
               (store:put (lambda (v) (set! s v) (resume nil)))
               (return (lambda (x) ['outer x s])))
       (handler ((out:emit (lambda (v) (set! sum (+ sum v)) (resume nil)))
                 (return (lambda (x) ['inner x sum (store:get)])))
         (work 1000)))
     (caught
       (lambda ()
         (handler ((store:get (lambda () (resume (div s 0)))) (store:put (lambda (v) (resume v))))
           (handler ((out:emit (lambda (v) (resume nil))))
             (try (out:emit 1) (catch (e) nil))
             (try (work 0) (catch (e) "inside"))))))
     (caught
       (lambda ()
         (handler ((store:get (lambda () (resume (div s 0)))) (store:put (lambda (v) (resume v))))
           (handler ((out:emit (lambda (v) (resume nil))))
             (work 0)))))]))
(define (rounds n)
  (handler ((env:ask (lambda () (resume n)))
            (return (lambda (x) (if (= x 0) 'done (rounds (- x 1))))))
    (env:ask)))
(print "return clause in tail position" (rounds 1000000))
