(data Option a (None) (Some a))
(data Result a e (Ok a) (Err e))

(define (value x)
  (match x
    ((Some (Ok v)) v)
    (None 0)))

(define (sign (n : Int))
  (match n
    (0 "zero")
    (m :when (> m 0) "positive")))

(define (second xs)
  (match xs ([_ b ..._] b)))

(define (both p)
  (match p ((tuple true _) 1) ((tuple _ true) 2)))

(print (value None) (sign 1) (second [1 2]) (both (tuple true false)))
;! warning W0002: this match does not take every value: `(Some (Err _))` is missing
;!   5:3: such a value raises `match-error` here
;!   = help: add an arm for it, or a last arm `(_ …)` for everything else
;! warning W0002: this match does not take every value: any other Int is missing
;!   10:3: such a value raises `match-error` here
;!   = an arm with `:when` counts as refusing, since its condition may be false
;!   = help: add an arm for it, or a last arm `(_ …)` for everything else
;! warning W0002: this match does not take every value: `[]` is missing
;!   15:3: such a value raises `match-error` here
;!   = help: add an arm for it, or a last arm `(_ …)` for everything else
;! warning W0002: this match does not take every value: `(tuple false false)` is missing
;!   18:3: such a value raises `match-error` here
;!   = help: add an arm for it, or a last arm `(_ …)` for everything else
