; While a continuation waits inside of a contract's clause, that contract is checked elsewhere all the same.
(define-effect out (of Any -> Any))
(define (half n) (quot n 2))
(spec:contract half :requires [(out:of n)])
(define kept nil)
(print (handler ((out:of (lambda (v) (set! kept resume) :waits))) (half 8)))
(print (try (handler ((out:of (lambda (v) (resume false)))) (half 6)) (catch (e) (get e "type"))))
(print (kept true))
(print (try (handler ((out:of (lambda (v) (resume false)))) (half 6)) (catch (e) (get e "type"))))
; inside of a contract's clause it is not checked again, also not in the fiber of a handler there
(define (third n) (quot n 3))
(spec:contract third :requires [(handler ((out:of (lambda (v) (print "asked" v) (let ((r (resume v))) r)))) (>= (third (out:of n)) 0))])
(print (third 9))
(print (try (third -9) (catch (e) (get e "type"))))
