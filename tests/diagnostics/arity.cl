; Calls that certainly fail are errors; inside a `try` they are warnings.
(define (area w h) (* w h))
(define (log level ...parts) parts)
(print (area 3))
(print (log) (length))
(print (try (area 1 2 3) (catch (e) (get e "type"))))
(print ((lambda (x) x)))
