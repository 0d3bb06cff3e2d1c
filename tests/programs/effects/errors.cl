; Errors and handlers: the kind `error`, errors in clauses, `try` in between.
(define (hide x) (get (json-parse "{}") 0 x)) ; no compiler sees through this
(define-effect ask (int Int -> Any) (stop -> Never))
(define zero (parse-int "0"))
(define (kind-of body) (try (body) (catch (e) (get e "type"))))

; run-time failures and raised errors come to the same clause
(define (both body) (handler ((error (lambda (e) (get e "type")))) (body)))
(print (both (lambda () (quot 1 zero))) (both (lambda () (error "m"))) (both (lambda () (head (json-parse "[]")))))
(define (parts body) (handler ((error:raise (lambda (type message data) (list type message data)))) (body)))
(print (parts (lambda () (error:raise "t" "m" :d))) (first (parts (lambda () (string-length (hide zero))))))
; with both clauses the operation's takes all errors
(print (handler ((error (lambda (e) "kind")) (error:raise (lambda (t m d) "operation"))) (quot 1 zero)))
; an error in a clause that resumes is the handler's: the body's catch does not see it, its finally runs
(print (kind-of (lambda ()
  (handler ((ask:int (lambda (n) (resume (quot n zero)))))
    (try (ask:int 1) (catch (e) (print "the body saw" (get e "type"))) (finally (print "the body's finally")))))))
; an error in a clause that aborts
(print (kind-of (lambda ()
  (handler ((ask:int (lambda (n) (error:raise "mine" ""))))
    (try (ask:int 1) (catch (e) (print "the body saw it")) (finally (print "the body's finally")))))))
; not even the same handler's own error clause sees it
(print (kind-of (lambda ()
  (handler ((ask:int (lambda (n) (resume (quot n zero)))) (error (lambda (e) "own clause"))) (ask:int 1)))))
; a catch inside of a clause is the clause's own
(print (handler ((ask:int (lambda (n) (resume (try (quot n zero) (catch (e) "saved")))))) (list (ask:int 1))))
; an abort is no error: no catch sees it, error clauses neither
(print (handler ((ask:stop (lambda () "stopped")))
  (handler ((error (lambda (e) "error clause"))) (try (ask:stop) (catch (e) "caught") (finally (print "finally"))))))
(print (handler ((ask:stop (lambda () "stopped"))) (error:handle (ask:stop) (lambda (e) "handled"))))
(define (with-catch) (error:catch :any (lambda (e) "error:catch")) (ask:stop))
(print (handler ((ask:stop (lambda () "stopped"))) (with-catch)))
; an error in finally takes the place of an abort
(print (kind-of (lambda () (handler ((ask:stop (lambda () "stopped"))) (try (ask:stop) (finally (error:raise "in-finally" "")))))))
(print (handler ((ask:stop (lambda () "stopped")))
  (try (try (ask:stop) (finally (error:raise "in-finally" ""))) (catch (e) (list "caught" (get e "type"))))))
; raising again, from a clause
(print (kind-of (lambda () (handler ((error (lambda (e) (error:raise e)))) (error:raise "again" "")))))
; unhandled
(print (kind-of (lambda () (ask:int 1))))
(print (get (try (ask:int 1) (catch (e) e)) "message"))
(print (both (lambda () (ask:stop))))
; a body's error with finally of the handler
(print (kind-of (lambda () (handler ((ask:int (lambda (n) (resume n))) (finally (lambda () (print "own finally")))) (error:raise "e" "")))))
; errors in return and finally clauses are outside
(print (kind-of (lambda () (handler ((error (lambda (e) "own")) (return (lambda (v) (error:raise "in-return" "")))) 1))))
(print (kind-of (lambda () (handler ((error (lambda (e) "own")) (finally (lambda () (error:raise "in-finally" "")))) 1))))
