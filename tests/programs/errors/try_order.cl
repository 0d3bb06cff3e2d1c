; try, catch, finally: values, order, nesting, and what leaves through them.
(define log [])
(define (note! x) (set! log (cons x log)) x)
(define (show! v) (print v (reverse log)) (set! log []))
(define (fail! type) (note! (str "raise " type)) (error:raise type (str "message of " type)))
(show! (try (note! :body)))
(show! (try (note! :body) (finally (note! :finally))))
(show! (try (note! :body) (catch (e) (note! :catch)) (finally (note! :finally))))
(show! (try (fail! "a") (note! :never) (catch (e) (note! (get e "type")) "caught") (finally (note! :finally) "dropped")))
(show! (try (note! 1) (note! 2) (note! 3)))
; inner finally before outer catch
(show! (try (try (fail! "inner") (finally (note! :inner-finally))) (catch (e) (note! :outer-catch) (get e "type")) (finally (note! :outer-finally))))
; an error in catch leaves through its own finally, to the next one out
(show! (try (try (fail! "first") (catch (e) (note! :catch) (fail! "second")) (finally (note! :finally))) (catch (e) (get e "type"))))
; an error in finally replaces the value, and the error
(show! (try (try 1 (finally (fail! "from finally"))) (catch (e) (get e "type"))))
(show! (try (try (fail! "lost") (finally (fail! "wins"))) (catch (e) (get e "type"))))
; raising the same error again keeps it
(show! (try (try (error:raise "mine" "text" {"k" [1 2]}) (catch (e) (error:raise e))) (catch (e) (list (get e "type") (get e "message") (get-in e ["data" "k"])))))
; a catch that lets others pass
(define (only type thunk) (try (thunk) (catch (e) (if (= (get e "type") type) (str "handled " type) (error:raise e)))))
(show! (only "outer" (lambda () (only "inner" (lambda () (fail! "outer"))))))
(show! (only "outer" (lambda () (only "inner" (lambda () (fail! "inner"))))))
; through calls, loops, and library functions
(define (deep n) (if (= n 0) (fail! "deep") (+ 1 (deep (- n 1)))))
(show! (try (deep 100) (catch (e) (get e "message"))))
(show! (try (for-each (i (range 10)) (when (= i 3) (fail! (str i)))) (catch (e) (get e "type"))))
(show! (try (map (lambda (x) (if (= x 2) (fail! "in map") (note! x))) [1 2 3]) (catch (e) (get e "type"))))
(show! (try (sort-with (lambda (a b) (fail! "in sort")) [2 1]) (catch (e) (get e "type"))))
(show! (loop ((i 0)) (let ((r (try (if (< i 3) (fail! (str i)) :done) (catch (e) nil)))) (or r (recur (+ i 1))))))
; try in an argument: what was evaluated before is kept
(show! (list (note! 1) (try (fail! "x") (catch (e) (note! 2))) (note! 3)))
(show! (+ 1 (try (* 10 (fail! "y")) (catch (e) 20)) 300))
; assignments before the error stay
(define balance 100)
(show! (try (set! balance 50) (fail! "z") (set! balance 0) (catch (e) balance)))
; finally sees and changes variables; the value of try is not changed by it
(define v 1)
(show! (list (try v (finally (set! v 2))) v))
; catch variable shadows and is its own
(define e "outer e")
(show! (list (try (fail! "shadow") (catch (e) (set! e (get e "type")) e)) e))
; closures made inside
(define k nil)
(show! (do (try (set! k (lambda () (fail! "later"))) (catch (e) :wrong)) (try (k) (catch (e) (get e "type")))))
; many errors in a row
(show! (loop ((i 0) (sum 0)) (if (= i 10000) sum (recur (+ i 1) (+ sum (try (if (odd? i) (error "odd") 1) (catch (e) 2)))))))
; try inside catch inside finally
(show! (try (try (fail! "1") (catch (e) (try (fail! "2") (catch (e2) (note! (list (get e "type") (get e2 "type"))))))) (finally (try (fail! "3") (catch (e3) (note! (get e3 "type")))))))
; empty catch body gives nil, several body forms
(show! (list (try (fail! "n") (catch (e))) (try (note! :a) (note! :b) (catch (e) :no))))
