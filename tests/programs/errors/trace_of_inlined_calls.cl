; Functions that were inlined are in the trace as if they had been called.
(define (average xs) (/ (sum xs) (length xs)))
(define (report d)
  (for-each (k (dict-keys d))
    (print k (average (get d k)))))
(print (try (report {"a" [1 2 3] "b" []}) (catch (e) (get e "trace"))))
(define (main)
  (report {"c" []}))
