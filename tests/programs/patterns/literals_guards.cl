; Literal patterns, guards, or-patterns, as-patterns, type tests; arms in order.
(define (name-of v)
  (match v
    (nil "nil") (true "true") (false "false") (0 "zero") (1 "one") (-5 "minus five") (1.5 "one and a half")
    ("" "empty text") ("a" "letter a") (:k "keyword k") ('s "symbol s")
    (100000000000000000000 "big") (_ "other")))
(print (map name-of [nil true false 0 1 -5 1.5 "" "a" :k 's (pow 10 20) 0.0 1.0 "b" :j 't [] 2]))
(define (classify n)
  (match n
    (n :when (< n 0) "negative")
    (0 "zero")
    ((or 1 2 3) "small")
    ((as (or 10 20 30) ten) (str "round " ten))
    (n :when (and (int? n) (even? n)) "even")
    (_ "other")))
(print (map classify [-1 0 1 3 10 30 44 45 2.5]))
(define (kind v)
  (match v
    ((: i Int) (str "int " i))
    ((: f Float) (str "float " f))
    ((: s String) (str "string " s))
    ((: _k Keyword) "keyword")
    ((: xs (List Int)) (str "ints " (length xs)))
    ((: xs (List Any)) (str "list " (length xs)))
    ((: _d (Dict String Int)) "counts")
    ((: _b Bool) "bool")
    ((: _n Nil) "nil")
    (_ "else")))
(print (map kind [1 2.0 "s" :k [1 2] [1 "x"] [] {"a" 1} {"a" "b"} true nil (tuple 1) 'x (pow 2 80)]))
; guards see the pattern's variables, and failing guards go on
(define (between [lo hi] x) (match (list lo x hi) ([a _b c] :when (> a c) :empty) ([a b _] :when (< b a) :below) ([_ b c] :when (> b c) :above) (_ :inside)))
(print (between [1 5] 0) (between [1 5] 3) (between [1 5] 9) (between [5 1] 3))
; a guard with effects runs only when its pattern fits, in order
(define seen [])
(define (note! tag v) (set! seen (cons tag seen)) v)
(print (match [1 2] ([] :when (note! :never true) 0) ([_a] :when (note! :never true) 1) ([_a _b] :when (note! :first false) 2) ([_a ..._] :when (note! :second true) 3) (_ 4)) (reverse seen))
; the scrutinee is evaluated once
(define evaluated 0)
(print (match (do (set! evaluated (+ evaluated 1)) evaluated) (5 :five) (2 :two) (1 :one)) evaluated) ; allow: incomplete-match
; or-patterns that bind the same names, nested
(print (map (lambda (v) (match v ((or [:a x] [:b _ x] (tuple x :c)) x) (_ :no))) [[:a 1] [:b 0 2] (tuple 3 :c) [:a] [:c 4]]))
(print (match [1 [2 [3 4]]] ((as [a (as [b (as [c d] inner)] middle)] whole) (list a b c d inner middle whole))))
(print (match {:a 1 :b {:c [10 20]}} ({:b {:c [x y]} :a 1} (+ x y)) (_ :no)))
(print (match {"k" nil} ({"k" v} (list "present" v)) (_ "absent")) (match {} ({"k" v} v) ({} "any dict")) (match [] ({} "dict") (_ "no dict")))
(print (match 5 (x x)) (match [5] ([x] :when false x) (x x)) (match "a" ((or "a" "b") :ab))) ; allow: incomplete-match
; match as an expression in every place
(define (f (tuple a b)) (+ (match a (:one 1) (_ 0)) (match b (:two 2) (_ 0))))
(print (f (tuple :one :two)) (f (tuple :x :two)) (if (match 1 (1 true) (_ false)) :yes :no) [(match 1 (x x))])
(define (no-arm v) (match v ((Some3 x) x))) ; allow: incomplete-match
(data Opt3 (None3) (Some3 Any))
(print (try (no-arm None3) (catch (e) (get e "type"))))
