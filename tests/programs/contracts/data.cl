; What a violation tells.
(define (caught f) (try (f) (catch (e) e)))
(define (withdraw balance n)
  (- balance n))
(spec:contract withdraw
  :requires [(int? n)
             (<= n   ; not more than there is
                 balance)]
  :ensures [(>= result 0) (!= result 13)])
(define (teller balance n)
  (+ 0 (withdraw balance n)))
(define e (caught (lambda () (teller 10 11))))
(print (get e "type"))
(print (get e "message"))
(for-each ((tuple k v) (get e "data")) (print k v))
(print (get e "trace"))
(define after (caught (lambda () (teller 23 10))))
(print (get after "message"))
(print (get after "data"))
(print (get after "trace"))
; patterns, annotations and rest parameters by what they are called
(define (many [a b] (n : Int) {:k k} ...others) n)
(spec:contract many :requires [(< a b) (> n 0) (= k 1) (empty? others)])
(print (many [1 2] 3 {:k 1}))
(print (get (caught (lambda () (many [1 2] 3 {:k 1} 7 8))) "data"))
; no parameters
(define (nothing) 5)
(spec:contract nothing :ensures [(= result 6)])
(print (get (caught nothing) "message"))
; long values are cut in the message, not in the data
(define (long xs) 1)
(spec:contract long :requires [(empty? xs)])
(define whole (caught (lambda () (long (range 1000)))))
(print (get whole "message"))
(print (length (get (get (get whole "data") "arguments") "xs")))
; raised again it keeps its place
(print (= e (caught (lambda () (error:raise e)))))
