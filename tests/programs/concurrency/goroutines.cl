; Handles, values and errors of goroutines, and the order in which they run on one worker.
(define g (go (print "runs") :value))
(print "started")
(print (concurrent:join g) (concurrent:join g))
(print g (type-of g) (= g g) (= g (go 1)) (get {g "key"} g))
; several expressions, local definitions, variables that are shared
(define n 0)
(define h (go (define step 5) (set! n (+ n step)) (set! n (+ n 1)) n))
(print (concurrent:join h) n)
; an error is raised at each join
(define bad (go (error:raise "my-error" "failed" [1 2])))
(define (caught f) (try (f) (catch (e) (tuple (get e "type") (get e "message") (get e "data")))))
(print (caught (lambda () (concurrent:join bad))) (caught (lambda () (concurrent:join bad))))
; several wait for one
(define slow (go (time:sleep 0.005) 7))
(print (map concurrent:join (map (lambda (i) (go (* i (concurrent:join slow)))) (range 4))))
; goroutines start goroutines
(define (tree depth)
  (if (= depth 0)
      1
      (let ((left (go (tree (- depth 1)))) (right (go (tree (- depth 1)))))
        (+ (concurrent:join left) (concurrent:join right)))))
(print (tree 8))
; all of what they note is there
(define log [])
(define noting (concurrent:mutex))
(define (note x) (with-lock noting (set! log (cons x log))))
(define gs (map (lambda (i) (go (note i) (time:sleep 0) (note (+ 10 i)))) (range 3)))
(for-each (g gs) (concurrent:join g))
(print (sort log))
; each initialiser of a `let` is visible in the bodies of goroutines beside it
(define begin! (chan))
(let ((ping (go (receive! begin!) (get (receive! line) "value"))) (line (chan)))
  (send! begin! true)
  (send! line "through let")
  (print (concurrent:join ping)))
; a goroutine sees errors of its own only
(define inner (go (try (concurrent:join (go (error "inside"))) (catch (e) (str "caught " (get e "message"))))))
(print (concurrent:join inner))
; macros may expand to them
(define-syntax later (syntax-rules () ((_ e ...) (let ((g (go e ...))) (lambda () (concurrent:join g))))))
(print ((later (+ 1 1) (* 2 3))))
