(data Option a (None) (Some a))

(define (f x)
  (match x
    ((Some _) 1)
    (None 2)
    ((or None (Some 1)) 3)
    (_ 4)))

(define (g n)
  (match n ((or 1 2 1) "few") (_ "many")))

(define (h (b : Bool))
  (match b (true 1) (false 2) (_ 3)))

(print (f None) (g 1) (h true))
;! warning W0001: this arm cannot be reached
;!   7:6: the arms before take all of this
;!   5:6: this takes a part of them
;!   6:6: this takes a part of them
;!   = help: move it before the more general arm, or remove it
;! warning W0001: this alternative cannot be reached
;!   11:21: what stands before takes all of this
;!   11:17: this takes every such value
;!   = help: remove it from the `or`
;! warning W0001: this arm cannot be reached
;!   14:32: the arms before take all of this
;!   14:13: this takes a part of them
;!   14:22: this takes a part of them
;!   = help: move it before the more general arm, or remove it
