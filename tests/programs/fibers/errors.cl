; Errors and coroutines: what is raised inside and not caught there is raised where the coroutine was resumed.
(import "std/%coroutine" (coroutine-new coroutine-resume coroutine-yield coroutine-status))

(define (next c) (coroutine-resume c nil))
(define (message-of f) (try (f) (catch (e) (get e "message"))))

; Caught inside: nothing is seen outside.
(define careful
  (coroutine-new
    (lambda (_)
      (loop ((n 3))
        (if (= n 0)
          :done
          (do
            (try (error:raise "bad" (str n)) (catch (e) (coroutine-yield (get e "message"))))
            (recur (- n 1))))))))
(print (next careful) (next careful) (next careful) (next careful) (coroutine-status careful))

; Not caught inside: raised at the resume, and the coroutine has ended.
(define careless (coroutine-new (lambda (_) (coroutine-yield 1) (/ 1 0))))
(print (next careless))
(print (message-of (lambda () (next careless))) (coroutine-status careless))
(print (message-of (lambda () (next careless))))

; Through several coroutines; each ends, `finally` runs on the way.
(define (nested depth)
  (coroutine-new
    (lambda (_)
      (try
        (if (= depth 0) (error:raise "deep" "at the bottom") (next (nested (- depth 1))))
        (finally (print "leaving" depth))))))
(print (message-of (lambda () (next (nested 3)))))

; Caught half-way.
(define half
  (coroutine-new
    (lambda (_)
      (coroutine-yield (try (next (nested 1)) (catch (e) (get e "type"))))
      :after)))
(print (next half) (next half))

; An error in the resumer passes a suspended coroutine by: that can be resumed later.
(define waiting (coroutine-new (lambda (_) (coroutine-yield :first) :second)))
(print (message-of (lambda () (next waiting) (error:raise "mine" "of the resumer"))) (next waiting))

; The trace goes from the coroutine on to who resumed it.
(define (failing _) (error:raise "traced" "x"))
(define (resumer c) (list (next c)))
(define trace (try (resumer (coroutine-new failing)) (catch (e) (get e "trace"))))
(define (names trace) (map (lambda (entry) (head (string-split entry " "))) trace))
(print (contains? (names trace) "failing") (contains? (names trace) "resumer"))

; What cannot be done.
(define self-resuming (coroutine-new (lambda (self) (coroutine-resume self nil))))
(print (message-of (lambda () (coroutine-resume self-resuming self-resuming))))
(define outer
  (coroutine-new (lambda (self) (next (coroutine-new (lambda (_) (coroutine-resume self nil)))))))
(print (message-of (lambda () (coroutine-resume outer outer))))
(print (message-of (lambda () (coroutine-yield 1))))
(print (message-of (lambda () (coroutine-resume 5 1))))
(print (message-of (lambda () (coroutine-status "x"))))
