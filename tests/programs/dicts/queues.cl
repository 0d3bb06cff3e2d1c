; Queues: persistent, first in first out.
(define (hide x) (get (json-parse "{}") 0 x)) ; no compiler sees through this
(define (fill q xs) (fold queue-enqueue q xs))
(define (drain q)
  (loop ((q q) (out []))
    (if (queue-empty? q) (reverse out)
        (match (queue-dequeue q) ((tuple x rest) (recur rest (cons x out)))))))
(define q (fill (queue-new) [1 2 3]))
(print (drain q) (queue-size q) (queue-peek q) (drain q))
(match (queue-dequeue q)
  ((tuple x rest)
    (print x (drain rest) (drain (fill rest [4 5])) (drain (fill rest [6])) (queue-size rest))))
(print (drain (queue-new)) (queue-size (queue-new)) (queue-empty? q) (queue-empty? (queue-new)))
(print (= q (fill (queue-new) [1 2 3])) (= q (queue-new)))
(match (queue-dequeue (fill (queue-new) [0 1 2 3])) ((tuple _ rest) (print (= rest q) (= q rest))))
(define n 20000)
(print (= (drain (fill (queue-new) (range n))) (range n)))
; in and out by turns
(print (loop ((q (fill (queue-new) (range 10))) (i 0) (sum 0))
         (if (= i 1000) sum
             (match (queue-dequeue q) ((tuple x rest) (recur (queue-enqueue rest (+ x 10)) (+ i 1) (+ sum x)))))))
(define (kind f) (try (do (f) "no error") (catch (e) (get e "type"))))
(define five (length [1 2 3 4 5]))
(print (kind (lambda () (queue-dequeue (queue-new)))) (kind (lambda () (queue-peek (queue-new)))) (kind (lambda () (queue-enqueue (hide five) 1))) (kind (lambda () (queue-size (hide [1])))) (kind (lambda () (queue-empty? (hide five)))))
