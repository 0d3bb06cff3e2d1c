; `select`: what it mentions is evaluated once, in order; all kinds of clauses; many channels.
(define c (chan 1))
(define (note name x) (print "evaluates" name) x)
(print (select
  ((receive! (note "channel 1" c)) (note "function 1" (lambda (v) v)))
  ((send! (note "channel 2" c) (note "value" 5)) (note "function 2" (lambda () "sent")))
  ((timeout (note "seconds" 1)) (note "function 3" (lambda () "late")))))
(print (receive! c))
; brackets, named functions, `else` in place of `default`, several expressions there
(send! c 3)
(print (select [(receive! c) inc] [else 0]) (select [(receive! c) inc] [else (print "nothing") 0]))
; nil is a value
(send! c nil)
(print (select ((receive! c) nil?) (default "nothing")))
(send! c false)
(print (select ((receive! c) (lambda (v) (tuple "false is a value" v))) (default "nothing")))
; the value is that of the clause, also in a loop
(define numbers (chan))
(define stop (chan))
(go (dotimes (i 5) (send! numbers i)) (concurrent:close stop))
(print (loop ((sum 0))
  (match (select ((receive! numbers) (lambda (v) v)) ((receive! stop) (lambda (_) :stop)))
    (:stop sum)
    (v (recur (+ sum v))))))
; only a timeout, only a default, one of several that come late
(print (select ((timeout 0) (lambda () "no wait"))) (select (default "default")))
(define chans (map (lambda (_) (chan)) (range 3)))
(go (time:sleep 0.001) (send! (nth chans 2) "third"))
(print (select ((receive! (nth chans 0)) identity) ((receive! (nth chans 1)) identity) ((receive! (nth chans 2)) identity) ((timeout 10) (lambda () "late"))))
; sending: to who waits, into room, not to a full one
(define receiver (go (get (receive! (nth chans 0)) "value")))
(time:sleep 0.0001)
(print (select ((send! (nth chans 0) "to the receiver") (lambda () "sent"))) (concurrent:join receiver))
(define full (chan 1))
(send! full 0)
(print (select ((send! full 1) (lambda () "sent")) ((timeout 0.0001) (lambda () "full"))))
; a select that was served by one channel is gone from the others
(define a (chan))
(define b (chan))
(define both (go (select ((receive! a) (lambda (v) (list :a v))) ((receive! b) (lambda (v) (list :b v))))))
(time:sleep 0.0001)
(send! b 1)
(print (concurrent:join both) (try-send! a 2))
; the same channel twice; sending and receiving on one channel does not meet itself
(define same (chan))
(print (select ((receive! same) (lambda (_) "met itself")) ((send! same 1) (lambda () "met itself")) ((timeout 0.0001) (lambda () "alone"))))
; two selects meet
(define meeting (chan))
(define s (go (select ((send! meeting "hello") (lambda () "said")) ((timeout 5) (lambda () "late")))))
(print (select ((receive! meeting) (lambda (v) v)) ((timeout 5) (lambda () "late"))) (concurrent:join s))
; each of those that are always ready has its turn
(define x (chan 1))
(define y (chan 1))
(define (either) (try-send! x :x) (try-send! y :y) (select ((receive! x) identity) ((receive! y) identity)))
(define picks (map (lambda (_) (either)) (range 100)))
(print (>= (count (lambda (p) (= p :x)) picks) 30) (>= (count (lambda (p) (= p :y)) picks) 30))
; operations in the functions of clauses belong to the fiber
(print (handler ((io:print (lambda (line) (resume (str "handled " line))))) (select (default (print "inside")))))
; `recur` and `resume` may not hide in it, names may
(define default 5)
(print (select ((timeout 0) (lambda () default))))
