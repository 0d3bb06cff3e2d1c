; Scopes wait for what was started in them, or stop it.
(define log [])
(define (note x) (set! log (cons x log)))
(define (show) (print (reverse log)) (set! log []))
(define (caught f) (try (f) (catch (e) (get e "message"))))
(define never (chan))
; the value is that of the body, after all have ended
(print (scope (dotimes (i 3) (go (time:sleep (* 0.001 (- 3 i))) (note i))) (note :body) "value"))
(show)
; also those that goroutines started, and those of functions that were called
(define (start-two) (go (go (time:sleep 0.001) (note :grandchild)) (note :child)) nil)
(scope (start-two) (note :body))
(show)
; an error of the body stops the goroutines and is raised when they have ended
(print (caught (lambda () (scope
  (go (try (receive! never) (finally (time:sleep 0.001) (note :cleaned))))
  (time:sleep 0.0001)
  (error "body")))))
(show)
; an error of one stops the others and the body
(print (caught (lambda () (scope
  (go (try (receive! never) (finally (note :stopped))))
  (go (time:sleep 0.0001) (error "member"))
  (try (receive! never) (finally (note :body-stopped)))))))
(show)
; the first error counts; a body that ignores the cancellation does not hide it
(print (caught (lambda () (scope
  (go (error "first"))
  (go (error "second"))
  (try (time:sleep 50) (catch (e) (note (get e "type"))))
  "ignored"))))
(show)
; nor one that ended before it came to wait; nothing is left of the cancellation
(print (caught (lambda () (scope (go (error "at once")) (dotimes (i 3) (note i)) "no wait"))))
(show)
(time:sleep 0.0001)
(print "goes on")
; nested: the inner one ends first, its error is the outer one's
(print (scope (go (note :outer)) (scope (go (time:sleep 0.001) (note :inner))) (note :after) "nested"))
(show)
(print (caught (lambda () (scope
  (go (try (receive! never) (finally (note :outer-stopped))))
  (scope
    (go (try (receive! never) (finally (note :inner-stopped))))
    (go (time:sleep 0.0001) (error "inner")))))))
(show)
; an error that the inner one raises may be handled in between
(print (scope (go (note :lives)) (try (scope (go (error "handled"))) (catch (e) (get e "message")))))
(show)
; a scope in a goroutine of a scope
(print (scope (go (scope (go (time:sleep 0.001) (note :deep))) (note :middle)) "outside"))
(show)
; joining inside
(print (scope (sum (map concurrent:join (map (lambda (i) (go (* i i))) (range 5))))))
; without goroutines it is its body
(print (scope (+ 1 2)))
; leaving it by a handler's clause stops the goroutines, too
(define-effect stop (now Any -> Never))
(print (handler ((stop:now (lambda (v) (tuple :left v))))
  (scope
    (go (try (receive! never) (finally (note :left-stopped))))
    (time:sleep 0.0001)
    (stop:now 5))))
(show)
; operations in the body and in the goroutines reach the handlers around
(define-effect ask (number -> Int))
(print (handler ((ask:number (lambda () (resume 42)))) (scope (+ (ask:number) (concurrent:join (go (ask:number)))))))
; many members
(define done 0)
(define lock (concurrent:mutex))
(scope (dotimes (i 10000) (go (with-lock lock (set! done (+ done 1))))))
(print done)
; what an async function or a promise does belongs to no scope; what these start with `go` does
(define work (async () (time:sleep 0.002) (note :async-work)))
(define p nil)
(scope (set! p (work)))
(print log)
(await p)
(show)
; after a scope has ended, what is started on its behalf stands for itself
(define late nil)
(scope (set! late (async:then (async:delay 2 1) (lambda (v) (concurrent:join (go (+ v 1)))))))
(print (await late))
; a deadlock inside stops what waits
(print (try (scope (go (try (receive! never) (finally (note :woken)))) (receive! never)) (catch (e) (get e "type"))))
(show)
; a body that is resumed more than once: the goroutines of its first run belong to the scope
(define-effect pick (one -> Int))
(print (handler ((pick:one (lambda () (resume-many k) (+ (k 1) (k 2)))))
  (scope (go (note :once)) (let ((n (pick:one))) (concurrent:join (go (note n) n)) (* 10 n)))))
(show)
(define kept nil)
(print (handler ((pick:one (lambda () (set! kept resume) "kept"))) (scope (go (note :member)) (+ 1 (pick:one)))))
(print (concurrent:join (go (kept 41))))
(show)
