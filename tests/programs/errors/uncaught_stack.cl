; Recursion without end is an error like any other, also when it is caught and happens again.
(define (forever n) (+ 1 (forever (+ n 1))))
(print (try (forever 0) (catch (e) (get e "type"))))
(print (try (forever 0) (catch (e) (get e "type"))))
(define (deep n) (if (= n 0) 0 (+ 1 (deep (- n 1)))))
(print (deep 100000))
(forever 0)
