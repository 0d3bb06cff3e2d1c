; Contracts and handlers.
(define (half n) (quot n 2))
(spec:contract half :requires [(even? n)] :ensures [(= n (* 2 result))])
(print (handler ((error (lambda (err) (get err "type")))) (half 3)))
(print (handler ((error:raise (lambda (type message data) (str type " " (get data "clause"))))) (half 3)))
(print (try (half 5) (catch (e) (get (get e "data") "arguments")) (finally (print "left"))))
; a clause may perform operations, and a handler may leave it
(define-effect ask (limit -> Int))
(define (below n) n)
(spec:contract below :requires [(< n (ask:limit))])
(define (with limit f) (handler ((ask:limit (lambda () (resume limit)))) (f)))
(print (with 5 (lambda () (below 4))))
(print (with 5 (lambda () (try (below 6) (catch (e) (get e "message"))))))
(define (asks n) (< n (ask:limit)))
(define (below2 n) n)
(spec:contract below2 :requires [(asks n)])
(print (handler ((ask:limit (lambda () :left))) (below2 1)))
; after that it is checked as before
(print (with 5 (lambda () (try (below2 6) (catch (e) (get e "type"))))))
; operations of the body are not in the way
(define (noisy n) (print "in" n) (* n 2))
(spec:contract noisy :ensures [(> result n)])
(print (handler ((io:print (lambda (...xs) (resume nil)))) (noisy 1)))
