; What Array functions raise.
(define (hide x) (get (json-parse "{}") 0 x)) ; no compiler sees through this
(define (kind f) (try (do (f) "no error") (catch (e) (get e "type"))))
(define five (length [1 2 3 4 5]))
(define a (array 1 2 3))
(print (kind (lambda () (array-get a 3))) (kind (lambda () (array-get a (- 0 1)))) (kind (lambda () (array-get a five))) (kind (lambda () (array-get a 100000000000000000000))))
(print (kind (lambda () (array-set! a 3 0))) (kind (lambda () (array-set! a (- five 6) 0))) (kind (lambda () (array-swap! a 0 3))) (kind (lambda () (array-swap! a 3 0))))
(print (kind (lambda () (array-get (hide five) 0))) (kind (lambda () (array-get (hide [1]) 0))) (kind (lambda () (array-get a (hide "0")))) (kind (lambda () (array-get a (hide 1.0)))))
(print (kind (lambda () (array-set! (hide five) 0 0))) (kind (lambda () (array-push! (hide [1]) 0))) (kind (lambda () (array-pop! (hide five)))) (kind (lambda () (array-length (hide "abc")))))
(print (kind (lambda () (array-pop! (array)))) (kind (lambda () (array-get (array) 0))) (kind (lambda () (array-new (hide "3") 0))) (kind (lambda () (list->array (hide five)))))
(print (kind (lambda () (array-map inc (hide [1])))) (kind (lambda () (array-map inc (array "x")))) (kind (lambda () (array-sort! (array 1 "a")))) (kind (lambda () (array-sort! (hide five)))))
(print (kind (lambda () (array-slice (hide five) 0 1))) (kind (lambda () (array-slice a 0 (hide "x")))) (kind (lambda () (array-copy (hide nil)))) (kind (lambda () (array-fill! (hide five) 0))) (kind (lambda () (array->list (hide [1])))))
; a failed operation changes nothing
(print a)
(define b (array 3 "x" 1))
(print (kind (lambda () (array-sort! b))) b)
; messages name the function
(print (string-contains? (try (array-get a five) (catch (e) (get e "message"))) "array-get"))
(print (string-contains? (try (array-push! (hide five) 1) (catch (e) (get e "message"))) "array-push!"))
