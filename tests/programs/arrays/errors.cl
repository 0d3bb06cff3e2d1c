; What Array functions raise.
(define (kind f) (try (do (f) "no error") (catch (e) (get e "type"))))
(define five (length [1 2 3 4 5]))
(define a (array 1 2 3))
(print (kind (lambda () (array-get a 3))) (kind (lambda () (array-get a (- 0 1)))) (kind (lambda () (array-get a five))) (kind (lambda () (array-get a 100000000000000000000))))
(print (kind (lambda () (array-set! a 3 0))) (kind (lambda () (array-set! a (- five 6) 0))) (kind (lambda () (array-swap! a 0 3))) (kind (lambda () (array-swap! a 3 0))))
(print (kind (lambda () (array-get five 0))) (kind (lambda () (array-get [1] 0))) (kind (lambda () (array-get a "0"))) (kind (lambda () (array-get a 1.0))))
(print (kind (lambda () (array-set! five 0 0))) (kind (lambda () (array-push! [1] 0))) (kind (lambda () (array-pop! five))) (kind (lambda () (array-length "abc"))))
(print (kind (lambda () (array-pop! (array)))) (kind (lambda () (array-get (array) 0))) (kind (lambda () (array-new "3" 0))) (kind (lambda () (list->array five))))
(print (kind (lambda () (array-map inc [1]))) (kind (lambda () (array-map inc (array "x")))) (kind (lambda () (array-sort! (array 1 "a")))) (kind (lambda () (array-sort! five))))
(print (kind (lambda () (array-slice five 0 1))) (kind (lambda () (array-slice a 0 "x"))) (kind (lambda () (array-copy nil))) (kind (lambda () (array-fill! five 0))) (kind (lambda () (array->list [1]))))
; a failed operation changes nothing
(print a)
(define b (array 3 "x" 1))
(print (kind (lambda () (array-sort! b))) b)
; messages name the function
(print (string-contains? (try (array-get a five) (catch (e) (get e "message"))) "array-get"))
(print (string-contains? (try (array-push! five 1) (catch (e) (get e "message"))) "array-push!"))
