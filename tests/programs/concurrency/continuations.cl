; Continuations and goroutines.
(define-effect ask (int Int -> Int))
(define-effect out (of Any -> Any))
(define-effect tick (tock -> Int))
(define (joined f) (concurrent:join (go (f))))

; a continuation captured in one goroutine, resumed in another one
(define (pause body) (handler ((out:of (lambda (v) (tuple v resume))) (return (lambda (x) (tuple :done x)))) (body)))
(match (joined (lambda () (pause (lambda () (+ 1 (out:of 1)))))) ((tuple v k) (print v (k 10) (try (k 11) (catch (e) (get e "type"))))))
(match (pause (lambda () (+ (out:of 1) (ask:int 5)))) ((tuple v k) (print v (joined (lambda () (handler ((ask:int (lambda (q) (resume (* q 2))))) (k 10)))))))

; waiting inside of handlers that capture; channels between them
(define c (chan))
(define (producer) (handler ((out:of (lambda (v) (send! c v) (let ((r (resume nil))) (+ r 1))))) (for-each (x [1 2 3]) (out:of x)) 0))
(define g (go (let ((n (producer))) (concurrent:close c) n)))
(print (loop ((got [])) (let ((r (receive! c))) (if (get r "ok") (recur (cons (get r "value") got)) got))) (concurrent:join g))

; a generator whose body sleeps, in many goroutines at once
(define (emit-slowly n) (handler ((out:of (lambda (v) (cons v (resume nil)))) (return (lambda (_) []))) (dotimes (i n) (time:sleep 0.001) (out:of i))))
(print (map concurrent:join (map (lambda (n) (go (emit-slowly n))) [1 2 3 4])))
(print (parallel (emit-slowly 3) (emit-slowly 2)))
(print (await ((async (n) (emit-slowly n)) 2)))

; what covers: a clause found in a fiber further out, and the rest of what covers outside of it
(define (covered body) (handler ((ask:int (lambda (q) (resume (+ q 1000))))) (body)))
(print (covered (lambda () (handler ((tick:tock (lambda () (+ 1 (resume 5))))) (joined (lambda () (ask:int 1)))))))
(print (covered (lambda () (handler ((tick:tock (lambda () (resume (ask:int 1))))) (handler ((out:of (lambda (v) (list (resume v))))) (joined (lambda () (tick:tock))))))))
(print (covered (lambda () (handler ((out:of (lambda (v) (list (resume v))))) (handler ((tick:tock (lambda () (resume (ask:int 1))))) (joined (lambda () (joined (lambda () (tick:tock))))))))))
; a clause for the operation that may abort, and one for its kind that covers
(print (handler ((ask:int (lambda (q) (if (> q 5) (resume q) :aborted))) (ask (lambda (op args) (resume [op args])))) [(ask:int 6) (joined (lambda () (ask:int 1)))]))
; started in a clause: the handler of the clause does not cover it
(print (covered (lambda () (handler ((tick:tock (lambda () (resume (joined (lambda () (ask:int 1)))))) (ask:int (lambda (q) (resume -1)))) (tick:tock)))))
; an error in a clause that covers leaves the goroutine
(print (try (handler ((ask:int (lambda (q) (resume (parse-int "x"))))) (joined (lambda () (try (ask:int 1) (catch (e) :own) (finally (print "finally")))))) (catch (e) (get e "type"))))
(print (try (handler ((ask:int (lambda (q) (resume (parse-int "x"))))) (joined (lambda () (handler ((tick:tock (lambda () (+ 1 (resume 5))))) (try (ask:int (tick:tock)) (catch (e) :own) (finally (print "finally")))))))  (catch (e) (get e "type"))))
; the first handler that could take it belongs to the goroutine that installed it
(print (try (handler ((ask:int (lambda (q) (+ 1 (resume 1))))) (joined (lambda () (ask:int 1)))) (catch (e) (get e "type"))))

; errors through handlers that capture, to who awaits
(print (try (await ((async () (handler ((out:of (lambda (v) (+ 1 (resume v))))) (out:of 1) (await (promise (lambda (ok no) (no "rejected"))))))) ) (catch (e) (get e "message"))))
