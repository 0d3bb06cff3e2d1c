; An error that the program raised may be resumed with a value; a failure may not.
(define zero (parse-int "0"))
(define (with-default v body) (handler ((error (lambda (e) (resume v)))) (body)))
(print (with-default 5 (lambda () (+ 1 (error "x")))))
(print (with-default 5 (lambda () (+ 1 (error:raise "t" "m")))))
(print (handler ((error:raise (lambda (type message data) (resume (list type message data))))) (list (error:raise "t" "m" 1) (error "n"))))
; a nearer catch goes first, and so does a nearer clause that aborts
(print (with-default 5 (lambda () (try (+ 1 (error "x")) (catch (e) "caught")))))
(print (with-default 5 (lambda () (handler ((error (lambda (e) "aborted"))) (+ 1 (error "x"))))))
; but not a catch around the handler, and not one that has ended
(print (try (with-default 5 (lambda () (+ 1 (error "x")))) (catch (e) "caught")))
(print (with-default 5 (lambda () (try (error "a") (catch (e) 1)) (+ 1 (error "x")))))
(print (with-default 5 (lambda () (try 1 (catch (e) 1)) (+ 1 (error "x")))))
; finally is no catch
(print (with-default 5 (lambda () (try (+ 1 (error "x")) (finally (print "finally"))))))
; a clause that passes on what is not its business, and resumes the rest
(define (only type v body)
  (handler ((error (lambda (e) (if (= (get e "type") type) (resume v) (error:raise e))))) (body)))
(print (only "a" 1 (lambda () (only "b" 2 (lambda () (list (error:raise "a" "") (error:raise "b" "")))))))
(print (try (only "a" 1 (lambda () (error:raise "c" ""))) (catch (e) (get e "type"))))
; a clause that leaves on some path
(define (some body) (handler ((error (lambda (e) (if (= (get e "message") "stop") "left" (resume "went on"))))) (body)))
(print (some (lambda () (list (error "go")))) (some (lambda () (list (error "stop")))))
; a caught error, raised again with its value given
(print (with-default 7 (lambda () (list (try (error "x") (catch (e) (error:raise e)))))))
; a failure cannot be resumed: there is no place that waits for the value
(print (try (with-default 5 (lambda () (+ 1 (quot 1 zero)))) (catch (e) (list (get e "type") (get-in e ["data" "type"])))))
(print (some (lambda () (handler ((error (lambda (e) (error "stop")))) (quot 1 zero)))))
(print (handler ((error (lambda (e) (if (= (get e "type") "divide-by-zero") "left" (resume 1))))) (list (quot 1 zero))))
; an error in the clause of an inner handler
(define-effect ask (int -> Any))
(print (with-default 5 (lambda () (handler ((ask:int (lambda () (resume (+ 1 (error "in clause")))))) (list (ask:int))))))
(print (try (with-default 5 (lambda () (handler ((ask:int (lambda () (resume (quot 1 zero))))) (list (ask:int))))) (catch (e) (get e "type"))))
; error:handle and error:catch are catches
(print (with-default 5 (lambda () (error:handle (error "x") (lambda (e) "handled")))))
(define (f) (error:catch "t" (lambda (e) "error:catch")) (error:raise "t" ""))
(print (with-default 5 f))
(define (g) (error:catch "u" (lambda (e) "error:catch")) (list (error:raise "t" "")))
(print (with-default 5 g))
; in a loop
(print (with-default 2 (lambda () (loop ((i 0) (sum 0)) (if (= i 1000) sum (recur (+ i 1) (+ sum (try (error "x") (finally nil)))))))))
