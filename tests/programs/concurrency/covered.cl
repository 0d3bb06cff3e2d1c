; A clause that always resumes in tail position holds in every fiber that is started inside; one that may not holds for its own only.
(define-effect ask (number Int -> Int))
(define (outside body) (handler ((ask:number (lambda (n) (resume (* 100 n))))) (body)))
(define-syntax covered (syntax-rules () ((_ e) (handler ((ask:number (lambda (n) (if (> n 5) (resume (+ n 1)) (resume (- n)))))) e))))
(define-syntax aborting (syntax-rules () ((_ e) (handler ((ask:number (lambda (n) (if (> n 5) n (resume (- n)))))) e))))
(define-syntax capturing (syntax-rules () ((_ e) (handler ((ask:number (lambda (n) (+ 1 (resume (- n)))))) e))))
(define job (lambda () (ask:number 1)))
(define starters
  [(tuple "go" (lambda () (concurrent:join (go (ask:number 1)))))
   (tuple "go in go" (lambda () (concurrent:join (go (concurrent:join (go (ask:number 1)))))))
   (tuple "async" (lambda () (await ((async () (await (async:delay 0)) (ask:number 1))))))
   (tuple "promise" (lambda () (await (promise (lambda (resolve reject) (time:sleep 0) (resolve (ask:number 1)))))))
   (tuple "then" (lambda () (await (async:then (async:delay 0 1) ask:number))))
   (tuple "catch" (lambda () (await (async:catch (promise (lambda (ok no) (no "no"))) (lambda (e) (ask:number 1))))))
   (tuple "finally" (lambda () (let ((seen 0)) (await (async:finally (async:delay 0) (lambda () (set! seen (ask:number 1))))) seen)))
   (tuple "submit" (lambda () (await (concurrent:submit (concurrent:worker-pool 1) job))))
   (tuple "parallel" (lambda () (match (parallel (ask:number 1) (ask:number 1)) ((tuple a b) (+ a b)))))
   (tuple "scope" (lambda () (scope (concurrent:join (go (ask:number 1))))))])
(for-each ((tuple name start) starters)
  (print name (outside start)
    (outside (lambda () (covered (start))))
    (outside (lambda () (aborting (start))))
    (outside (lambda () (capturing (start))))))
; in the body itself each clause holds
(print (outside (lambda () (aborting (scope (ask:number 1))))) (outside (lambda () (capturing (with-lock (concurrent:mutex) (ask:number 1))))))
; the place where a callback is given counts, not where its promise is settled
(define p (promise (lambda (resolve reject) (time:sleep 0.001) (resolve 7))))
(define q (covered (async:then p ask:number)))
(print (await q))
; the clause of a whole kind, a mocked clock, and one for an operation of channels
(print (handler ((ask (lambda (op args) (resume (list op args))))) (concurrent:join (go (ask:number 3)))))
(print (handler ((time:now (lambda () (resume 5.0)))) (parallel (time:now) (await ((async () (time:now)))))))
(print (handler ((concurrent:join (lambda (g) (resume "not joined")))) (concurrent:join (go 1))))
(print (handler ((async:delay (lambda (ms v) (resume (promise (lambda (resolve reject) (resolve (list ms v)))))))) (await ((async () (await (async:delay 60000 "now")))))))
; an error in a clause that covers ends the fiber: `finally` runs, its `catch` does not
(define g
  (handler ((ask:number (lambda (n) (resume (error:raise "clause" "failed")))))
    (go (try (ask:number 1) (catch (e) (print "not here")) (finally (print "finally"))))))
(print (try (concurrent:join g) (catch (e) (get e "type"))))
; the clause runs outside of its own handler, also there
(print (handler ((ask:number (lambda (n) (resume (+ n 1000)))))
  (handler ((ask:number (lambda (n) (resume (* 2 (ask:number n))))))
    (concurrent:join (go (ask:number 4))))))
; a goroutine that outlives the handler keeps it
(define later (handler ((ask:number (lambda (n) (resume (+ n 7))))) (go (time:sleep 0.001) (ask:number 1))))
(print (concurrent:join later))
