; A bank with queues, customers from a fixed random number generator, statistics at the end.
(define state 12345)
(define (next-random! n)
  (set! state (mod (+ (* state 1103515245) 12345) 2147483648))
  (mod (quot state 65536) n))
(data Event (Arrive Int Int) (Leave Int Int))
(define (time-of e) (match e ((Arrive t _) t) ((Leave t _) t)))
; events in a sorted List
(define (insert events e)
  (match events
    ([] [e])
    ([first-event ...rest] (if (< (time-of e) (time-of first-event)) (cons e events) (cons first-event (insert rest e))))))
(define (simulate customers tellers)
  (define arrivals (loop ((i 0) (t 0) (acc [])) (if (= i customers) (reverse acc) (let ((at (+ t (next-random! 5)))) (recur (+ i 1) at (cons (Arrive at i) acc))))))
  (loop ((events arrivals) (waiting (queue-new)) (free (range tellers)) (served 0) (waited 0) (longest 0) (log []))
    (match events
      ([] {:served served :waited waited :longest longest :log (reverse log)})
      ([(Arrive t who) ...rest]
        (if (empty? free)
          (let ((q (queue-enqueue waiting (tuple who t)))) (recur rest q free served waited (max longest (queue-size q)) log))
          (let ((leave (Leave (+ t 3 (next-random! 6)) (head free)))) (recur (insert rest leave) waiting (tail free) (+ served 1) waited longest (cons (str who "@" t "/" (head free)) log)))))
      ([(Leave t teller) ...rest]
        (if (queue-empty? waiting)
          (recur rest waiting (sort (cons teller free)) served waited longest log)
          (let (((tuple (tuple who since) q) (queue-dequeue waiting))
                (leave (Leave (+ t 3 (next-random! 6)) teller)))
            (recur (insert rest leave) q free (+ served 1) (+ waited (- t since)) longest (cons (str who "@" t "/" teller "+" (- t since)) log))))))))
(define result (simulate 25 2))
(print (get result :served) (get result :waited) (get result :longest))
(print (string-join (get result :log) " "))
(for-each (tellers [1 2 3 4])
  (set! state 777)
  (let ((r (simulate 200 tellers))) (print tellers "tellers:" (get r :served) "served, waited" (get r :waited) "longest queue" (get r :longest))))
