; An error is a Dict: type, message, data, trace.
(define (hide x) (get (json-parse "{}") 0 x)) ; no compiler sees through this
(define (caught thunk) (try (thunk) (catch (e) e)))
(define e (caught (lambda () (error "plain"))))
(print (dict? e) (error? e) (get e "type") (get e "message") (get e "data") (dict-has? e "trace"))
(define f (caught (lambda () (error:raise "my-type" "my message" {"n" 1 "list" [1 2]}))))
(print (get f "type") (get f "message") (get f "data") (get-in f ["data" "list"]))
(define g (caught (lambda () (error:raise "two-args" "only"))))
(print (get g "type") (get g "data"))
(print (match f ({"type" "my-type" "data" {"n" n}} (str "n is " n)) (_ "other")))
(print (error? 5) (error? {}) (error? {"type" "x"}))
; data may be anything
(print (map (lambda (d) (get (caught (lambda () (error:raise "t" "m" d))) "data")) [nil 0 "s" :k [1] {} (tuple 1)]))
; dispatch on the type
(define (risky n)
  (cond
    ((= n 0) (error "zero"))
    ((= n 1) (error:raise "one" "first" n))
    ((= n 2) (quot n (- n 2)))
    ((= n 3) (head (drop n [1])))
    ((= n 4) (nth [1 2] n))
    ((= n 5) (parse-int "five"))
    ((= n 6) (match n (5 :five))) ; allow: incomplete-match
    (else (str "fine " n))))
(print (map (lambda (n) (try (risky n) (catch (e) (get e "type")))) (range 8)))
; types of failures of the library
(define (kind thunk) (get (caught thunk) "type"))
(define none (drop 1 [1]))
(define any (nth [5 "x" nil] (length none)))
(print (kind (lambda () (head none))) (kind (lambda () (tail none))) (kind (lambda () (first none))) (kind (lambda () (last none))) (kind (lambda () (reduce + none))))
(print (kind (lambda () (nth [1 2] (+ any 4)))) (kind (lambda () (nth [1] (- any 6)))) (nth [1] any "default") (kind (lambda () (tuple-ref (tuple 1) any))))
(print (kind (lambda () (array-get (array 1) any))) (kind (lambda () (array-set! (array) any 1))) (kind (lambda () (array-pop! (array)))) (kind (lambda () (array-get (array 1) (- any 6)))))
(print (kind (lambda () ((hide any)))) (kind (lambda () (head (hide any)))) (kind (lambda () (map (hide any) [1]))) (kind (lambda () (length any))) (kind (lambda () (cons 1 (hide any)))))
(print (kind (lambda () (dict-keys (hide any)))) (kind (lambda () (set (hide any) 1 2))) (kind (lambda () (set-add (hide any) 1))) (kind (lambda () (array-length (hide any)))))
(print (kind (lambda () (sort [any "a"]))) (kind (lambda () (< any "a"))) (kind (lambda () (compare any nil))) (kind (lambda () (apply (hide any) [])))) 
(print (kind (lambda () (queue-dequeue (queue-new)))) (kind (lambda () (chunk (- any 5) [1]))) (kind (lambda () (repeat 1 (hide "x")))))
(define (early) (define (use) later) (define got (use)) (define later 1) got)
(print (kind early))
; annotations blame
(define (int-only (x : Int)) : Int (+ x 1))
(print (int-only 1) (kind (lambda () (int-only (hide (nth ["s"] (length none)))))))
(define (bad-result x) : String x)
(print (bad-result "ok") (kind (lambda () (bad-result any))))
(print (kind (lambda () (: any String))) (: any Int))
