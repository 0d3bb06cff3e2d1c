; What goes wrong with numbers has a type.
(define (kind f) (try (f) (catch (e) (get e "type"))))
(define zero (parse-int "0"))
; a compiler cannot see what nth gives
(define text (nth ["text" 1] (length [])))
(define nothing (nth [nil 1] (length [])))
(define half (nth [0.5 1] (length [])))
(print (map (lambda (f) (kind (lambda () (f 1 zero)))) [quot rem div mod /]))
(print (map (lambda (f) (kind (lambda () (f (pow 10 30) zero)))) [quot rem div mod /]))
(print (kind (lambda () (+ 1 text))) (kind (lambda () (- text))) (kind (lambda () (* 2 nothing))) (kind (lambda () (< 1 text))) (kind (lambda () (max 1 text))))
(print (kind (lambda () (sqrt (- zero 1)))) (kind (lambda () (log zero))) (kind (lambda () (factorial (- zero 1)))) (kind (lambda () (mean (range zero)))))
(print (kind (lambda () (parse-int text))) (kind (lambda () (parse-int ""))) (kind (lambda () (parse-float "1.2.3"))) (kind (lambda () (parse-int "12" 2))))
(print (kind (lambda () (even? text))) (kind (lambda () (bit-and 1 half))) (kind (lambda () (abs text))) (kind (lambda () (floor text))))
(print (kind (lambda () (int (/ 1.0 zero)))) (kind (lambda () (compare 1 text))) (kind (lambda () (range 1 5 zero))))
; equality never fails
(print (= 1 text) (= nil 0) (not= 1 :one) (= 1 1 1.0) (= 1 2 text))
; + explains itself for Strings
(define e (try (+ text "b") (catch (e) e)))
(print (get e "type") (string-contains? (get e "message") "concat"))
