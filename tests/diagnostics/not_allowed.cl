; clc check --allow io,random
; The clock is read three calls away, and once through a function that came out of a Dict.
(define (now) (time:now))
(define (stamp text) (str (now) " " text))
(define (report text) (print (stamp text)))
(report "started")
((get {"f" (lambda () (time:sleep 0))} "f"))
;! error E0410: this program may perform `time:now`, which is not allowed
;!   3:15: `time:now` is performed here
;!   4:27: leads to `now`
;!   5:30: leads to `stamp`
;!   6:1: leads to `report`
;!   = the way to it: top level -> report -> stamp -> now -> time:now
;!   = allowed is: io, random
;!   = help: allow `time:now` or `time`, handle the operation around the call, or take the call out
;! error E0410: this program may perform `time:sleep`, which is not allowed
;!   7:23: `time:sleep` is performed here
;!   7:1: leads to `lambda`
;!   = the way to it: top level -> lambda -> time:sleep
;!   = allowed is: io, random
;!   = help: allow `time:sleep` or `time`, handle the operation around the call, or take the call out
