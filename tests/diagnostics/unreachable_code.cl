(define (check n)
  (when (< n 0)
    (error "negative")
    (print "not printed"))
  n)
(define (serve) (loop () (print "request") (recur)))
(print (check 1))
(serve)
(print "done")
;! warning W0301: this code is never reached
;!   4:5: never reached
;!   3:5: this never returns
;!   = help: remove it, or move it to a place that is reached
;! warning W0301: this code is never reached
;!   9:1: never reached
;!   8:1: this never returns
;!   = help: remove it, or move it to a place that is reached
