; Many of each: nothing here may be quadratic, or deep.
(define n 100000)
; a chain of promises, each settled after the one before
(define (chain p i) (if (= i 0) p (chain (async:then p inc) (- i 1))))
(print (await (chain (async:delay 1 0) n)))
; an error that passes through a chain
(define (fail) (promise (lambda (resolve reject) (time:sleep 0.001) (reject "far"))))
(print (try (await (chain (fail) n)) (catch (e) (get e "message"))))
; a promise of a promise of a promise …
(define nested (async (i) (if (= i 0) "inside" (nested (- i 1)))))
(print (await (nested 10000)))
; all of many, settled before and settled later
(print (sum (await (async:all (map (lambda (i) ((async () i))) (range n))))))
(define gate (chan))
(define waiting (map (lambda (i) ((async () (receive! gate) i))) (range n)))
(concurrent:close gate)
(print (sum (await (async:all waiting))))
(print (length (await (async:all-settled waiting))) (await (async:race waiting)) (await (async:any waiting)))
; many callbacks on one promise
(define one (async:delay 1 1))
(define callbacks (map (lambda (i) (async:then one (lambda (v) (+ v i)))) (range n)))
(print (sum (map await callbacks)))
; a ring: a value goes once around ten thousand goroutines
(define (ring size)
  (let ((first (chan)))
    (loop ((i 0) (in first))
      (if (= i size)
          (do (go (send! first 0)) (get (receive! in) "value"))
          (let ((out (chan)))
            (go (send! out (+ 1 (get (receive! in) "value"))))
            (recur (+ i 1) out))))))
(print (ring 10000))
; many wait at one barrier, for one lock, for one group, and many branches run at once
(define b (concurrent:barrier 10001))
(define m (concurrent:mutex))
(define wg (concurrent:wait-group))
(define count 0)
(dotimes (i 10000)
  (concurrent:wg-add wg)
  (go (concurrent:wait b) (with-lock m (set! count (+ count 1))) (concurrent:wg-done wg)))
(concurrent:wait b)
(concurrent:wg-wait wg)
(print count)
; many goroutines in a scope that fails
(print (try (scope (dotimes (i 10000) (go (receive! (chan)))) (time:sleep 0.001) (error "all are stopped")) (catch (e) (get e "message"))))
(define (drain c acc) (let ((m (receive! c))) (if (get m "ok") (drain c (+ acc (get m "value"))) acc)))
; many messages through a channel with and without room
(for-each (room [0 1 100])
  (let ((c (chan room)))
    (go (dotimes (i n) (send! c i)) (concurrent:close c))
    (print (drain c 0))))
; a promise that many give up on keeps none of them, and tells those that stay
(define release (chan))
(define patient (promise (lambda (resolve reject) (go (receive! release) (resolve "patience")))))
(define stays (go (await patient)))
(print (all? (lambda (_) (= (try (await patient 0) (catch (e) (get e "type"))) "timeout")) (range 20000)))
(send! release nil)
(print (await patient) (concurrent:join stays))
